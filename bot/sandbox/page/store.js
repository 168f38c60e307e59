// What the page knows: the workspace as one person may see it. Parts of the page listen for what concerns
// them (`store.on("message", ...)`) and draw only that.

const PAGE = 100;

class Store {
  constructor() {
    this.listeners = new Map();
    this.forget();
  }

  forget() {
    this.listeners.clear();
    Object.assign(this, {
      api: null,
      workspace: null,
      me: null,
      people: new Map(),
      apps: new Map(),
      channels: new Map(),
      usergroups: new Map(),
      views: [],
      homes: new Map(),
      timelines: new Map(),
      threads: new Map(),
      details: new Map(),
      clock: null,
      clockReadAt: 0,
      online: true,
      seq: 0,
    });
  }

  on(name, listener) {
    if (!this.listeners.has(name)) this.listeners.set(name, new Set());
    this.listeners.get(name).add(listener);
    return () => this.listeners.get(name)?.delete(listener);
  }

  emit(name, detail) {
    for (const listener of [...(this.listeners.get(name) ?? [])]) listener(detail);
  }

  load(boot) {
    this.workspace = boot.workspace;
    this.people = byId(boot.people);
    this.apps = byId(boot.apps);
    this.setClock(boot.clock);
    if (!boot.me) return;
    this.me = boot.me;
    this.channels = byId(boot.channels);
    this.usergroups = byId(boot.usergroups ?? []);
    this.views = boot.views ?? [];
    this.homes = new Map(Object.entries(boot.homes ?? {}));
    this.seq = boot.seq;
  }

  person(id) {
    return this.people.get(id) ?? null;
  }

  /** Who a message is from: a person, an app under its own or a custom name, or the workspace itself. */
  author(message) {
    const person = this.person(message.user);
    const app = this.apps.get(message.app_id ?? person?.app_id);
    const name = message.username ?? person?.name ?? app?.name ?? message.bot_profile?.name ?? "Workspace";
    return {
      id: app?.id ?? message.user ?? message.bot_id,
      name,
      isApp: Boolean(message.bot_id || person?.is_bot),
      person,
      picture: message.icons?.image_url ?? null,
    };
  }

  /** How this person reads dates; `now` is the sandbox's clock, which tests may move. */
  reader() {
    return { tz: this.me?.tz ?? "UTC", locale: this.me?.locale ?? "en-GB", now: () => this.now() };
  }

  setClock(clock) {
    this.clock = clock ?? null;
    this.clockReadAt = Date.now() / 1000;
  }

  now() {
    const here = Date.now() / 1000;
    if (!this.clock) return here;
    if (this.clock.frozen) return this.clock.now;
    return this.clock.now + (here - this.clockReadAt) * (this.clock.scale ?? 1);
  }

  address(channel, thread = "") {
    return `#/${this.me.id}/${channel}${thread ? `/${thread}` : ""}`;
  }

  /** The direct message between this person and an app. */
  appChannel(app) {
    return (
      [...this.channels.values()].find((channel) => channel.kind === "im" && channel.user === app.bot_user_id) ?? null
    );
  }

  timeline(id) {
    // What comes over the live line while the first page is on its way waits in `early`.
    if (!this.timelines.has(id)) this.timelines.set(id, { messages: [], hasMore: true, loaded: false, early: [] });
    return this.timelines.get(id);
  }

  async loadMessages(id, earlier = false) {
    const line = this.timeline(id);
    const before = earlier ? line.messages[0]?.ts : undefined;
    const answer = await this.api.get(`/sandbox/channels/${id}/messages`, { before, limit: PAGE });
    const known = new Set(line.messages.map((message) => message.ts));
    const fresh = answer.messages.filter((message) => !known.has(message.ts));
    line.messages = [...fresh, ...line.messages].sort(byTs);
    line.hasMore = answer.has_more;
    line.loaded = true;
    line.early.splice(0).forEach((message) => insert(line.messages, message));
    return fresh;
  }

  async loadThread(id, ts) {
    const thread = { channel: id, ts, messages: [] };
    this.threads.set(threadKey(id, ts), thread);
    const answer = await this.api.get(`/sandbox/channels/${id}/thread/${ts}`);
    const early = thread.messages;
    thread.messages = answer.messages.sort(byTs);
    early.forEach((message) => insert(thread.messages, message));
    return thread;
  }

  async loadDetails(id) {
    const answer = await this.api.get(`/sandbox/channels/${id}`);
    this.details.set(id, answer);
    this.putChannel(answer.channel);
    this.emit("details", id);
    return answer;
  }

  putChannel(channel) {
    this.channels.set(channel.id, { ...this.channels.get(channel.id), ...channel });
    this.emit("channels", channel.id);
  }

  setViews(views) {
    this.views = views;
    this.emit("views", views);
  }

  setHome(app, view) {
    this.homes.set(app, view);
    this.emit("home", app);
  }

  putMessage(message) {
    const isReply = message.thread_ts && message.thread_ts !== message.ts;
    const thread = this.threads.get(threadKey(message.channel, message.thread_ts ?? message.ts));
    if (thread) insert(thread.messages, message);
    if (thread) this.emit("reply", { thread, message });
    if (isReply && message.subtype !== "thread_broadcast") return;
    const line = this.timelines.get(message.channel);
    if (!line?.loaded) {
      line?.early.push(message);
      return;
    }
    // An older message than the page holds would leave a gap: it comes with its own page.
    if (line.hasMore && line.messages.length && message.ts < line.messages[0].ts) return;
    const isNew = insert(line.messages, message);
    this.emit("message", { message, isNew });
  }

  dropMessage(channel, ts) {
    const line = this.timelines.get(channel);
    if (line) line.messages = line.messages.filter((message) => message.ts !== ts);
    for (const thread of this.threads.values()) {
      if (thread.channel === channel) thread.messages = thread.messages.filter((message) => message.ts !== ts);
    }
    this.emit("message_deleted", { channel, ts });
  }

  findMessage(channel, ts) {
    const all = [
      this.timelines.get(channel)?.messages ?? [],
      ...[...this.threads.values()].filter((thread) => thread.channel === channel).map((thread) => thread.messages),
    ];
    return all.flat().find((message) => message.ts === ts) ?? null;
  }
}

function byId(items) {
  return new Map(items.map((item) => [item.id, item]));
}

function byTs(one, other) {
  return one.ts < other.ts ? -1 : 1;
}

export function threadKey(channel, ts) {
  return `${channel}/${ts}`;
}

// Insert in order, or replace; true when it was new. Found from the end: new messages are nearly always last.
function insert(messages, message) {
  const before = messages.findLastIndex((other) => other.ts <= message.ts);
  const isNew = before < 0 || messages[before].ts !== message.ts;
  if (isNew) messages.splice(before + 1, 0, message);
  else messages[before] = message;
  return isNew;
}

export const store = new Store();
