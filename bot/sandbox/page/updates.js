// What the sandbox pushes, applied to what the page knows.
import { store } from "./store.js";

const APPLY = {
  message: (event) => store.putMessage({ ...event.message, channel: event.channel }),
  message_changed: (event) => store.putMessage({ ...event.message, channel: event.channel }),
  message_deleted: (event) => store.dropMessage(event.channel, event.ts),
  reaction: (event) => {
    const message = store.findMessage(event.channel, event.ts);
    if (message) store.putMessage({ ...message, reactions: event.reactions });
  },
  channel: (event) => store.putChannel(event.channel),
  channel_gone: (event) => {
    store.channels.delete(event.channel);
    store.timelines.delete(event.channel);
    store.emit("channels", event.channel);
  },
  unread: ({ channel, unread, mentions, last_read: lastRead }) => {
    if (store.channels.has(channel)) store.putChannel({ id: channel, unread, mentions, last_read: lastRead });
  },
  pins: (event) => refreshDetails(event.channel),
  bookmarks: (event) => refreshDetails(event.channel),
  canvas: (event) => refreshDetails(event.channel),
  views: (event) => store.setViews(event.views),
  view_errors: (event) => store.emit("view_errors", event),
  home: (event) => store.setHome(event.app, event.view),
  notice: (event) => store.emit("notice", event),
  person: (event) => {
    store.people.set(event.person.id, event.person);
    if (event.person.id === store.me.id) store.me = { ...store.me, ...event.person };
    store.emit("people", event.person.id);
  },
  app: (event) => {
    store.apps.set(event.app.id, event.app);
    store.emit("apps", event.app.id);
  },
  clock: (event) => store.setClock(event.clock),
  log: (event) => store.emit("log", event.entry),
  reset: () => store.emit("reload"),
  reload: () => store.emit("reload"),
};

function refreshDetails(channel) {
  if (store.details.has(channel)) store.loadDetails(channel).catch(() => {});
}

export function applyLive(event) {
  APPLY[event.type]?.(event);
}
