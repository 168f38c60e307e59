// The frame: side bar, the place one is at, the pane beside it, and the inspector.
import { AppPage } from "./app_page.js";
import { Conversation } from "./conversation.js";
import { DetailsPane } from "./details.js";
import { h, replace } from "./dom.js";
import { icon } from "./icons.js";
import { Inspector } from "./inspector.js";
import { announce } from "./notices.js";
import { go, readRoute } from "./route.js";
import { Sidebar } from "./sidebar.js";
import { store } from "./store.js";
import { ThreadPane } from "./thread.js";

export class Shell {
  constructor(root, wantLog) {
    this.inspector = new Inspector({ onClose: () => this.toggleInspector(false) });
    this.wantLog = wantLog;
    this.sidebar = new Sidebar(() => this.toggleInspector());
    this.offline = h(
      "div",
      { class: "offline", role: "alert", hidden: true },
      icon("warning"),
      "The sandbox is not answering; retrying…",
    );
    this.main = h("main", { class: "main", "aria-label": "Conversation" });
    this.pane = h("aside", { class: "pane", "aria-label": "Beside the conversation", hidden: true });
    this.frame = h(
      "div",
      { class: "frame" },
      this.sidebar.element,
      h("div", { class: "scrim", onclick: () => this.toggleDrawer(false) }),
      this.main,
      this.pane,
    );
    replace(root, this.offline, this.frame, this.inspector.element);
    this.place = null;
    store.on("online", (online) => {
      this.offline.hidden = online;
    });
    store.on("channels", (id) => id === this.channelId && !store.channels.has(id) && go(store.me.id));
    store.on("message", (event) => this.hear(event));
    store.on("drawer", () => this.toggleDrawer());
    store.on("details-wanted", (id) => this.showDetails(id));
  }

  follow(route) {
    const place = this.resolve(route.place);
    this.toggleDrawer(false);
    if (!place) {
      this.channelId = null;
      replace(this.main, h("p", { class: "page-note" }, "Nothing to see here yet for this person."));
      return;
    }
    const tab = place.app ? (route.tab ?? place.tab ?? "home") : null;
    const key = `${place.app?.id ?? place.channel.id}/${tab}`;
    if (this.key !== key) this.show(place, tab, key);
    this.showThread(this.channelId, route.thread);
    this.sidebar.draw();
  }

  // What a place in the address means for this person: an app, or a channel they may see; else where to begin.
  resolve(id) {
    const app = store.apps.get(id);
    if (app) return { app };
    const channel = store.channels.get(id);
    const owner =
      channel?.kind === "im" ? [...store.apps.values()].find((one) => one.bot_user_id === channel.user) : null;
    if (owner) return { app: owner, tab: "messages" };
    if (channel) return { channel };
    const joined = [...store.channels.values()].filter(
      (one) => one.is_member !== false && !one.is_archived && one.kind !== "im",
    );
    const first = joined.find((one) => one.is_general) ?? joined[0];
    return first ? { channel: first } : [...store.apps.values()][0] ? { app: [...store.apps.values()][0] } : null;
  }

  show(place, tab, key) {
    this.key = key;
    this.place?.end();
    this.place = place.app ? new AppPage(place.app, tab) : new Conversation(place.channel.id);
    this.channelId = place.app ? (store.appChannel(place.app)?.id ?? null) : place.channel.id;
    this.main.setAttribute("aria-label", place.app?.name ?? place.channel.name);
    replace(this.main, this.place.element);
    this.closePane();
    this.place.start();
  }

  showThread(channel, ts) {
    if (!ts) return this.paneKind === "thread" && this.closePane();
    if (this.paneKind === "thread" && this.paneKey === ts) return undefined;
    return this.openPane(
      "thread",
      ts,
      new ThreadPane(channel, ts, () => go(store.me.id, readRoute().place ?? channel)),
    );
  }

  showDetails(id) {
    this.openPane("details", id, new DetailsPane(id, () => this.closePane()));
  }

  openPane(kind, key, pane) {
    this.paneContent?.end?.();
    Object.assign(this, { paneKind: kind, paneKey: key, paneContent: pane });
    this.pane.hidden = false;
    this.pane.setAttribute("aria-label", kind === "thread" ? "Thread" : "Details");
    replace(this.pane, pane.element);
    pane.start?.();
  }

  closePane() {
    this.paneContent?.end?.();
    Object.assign(this, { paneKind: null, paneKey: null, paneContent: null });
    this.pane.hidden = true;
    this.pane.replaceChildren();
    return undefined;
  }

  toggleDrawer(open = !this.frame.classList.contains("drawer-open")) {
    this.frame.classList.toggle("drawer-open", open);
    if (open) this.sidebar.element.querySelector("[aria-current], button")?.focus();
  }

  toggleInspector(open = !this.inspector.isOpen) {
    this.inspector.toggle(open);
    this.sidebar.inspect.setAttribute("aria-pressed", String(open));
    this.wantLog(open);
  }

  // That somebody wrote is told to screen readers, once; the words are in the list.
  hear({ message, isNew }) {
    if (!isNew || message.user === store.me.id || message.channel !== this.channelId) return;
    announce(`New message from ${store.author(message).name}`);
  }
}
