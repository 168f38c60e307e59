// A list of messages that only ever draws what changed: one entry per message, kept in order of time. It
// stays at the newest while one is there, keeps its place when earlier ones come, and is walked with the arrows.
import { dayKey, dayName } from "./dates.js";
import { h, replace } from "./dom.js";
import { icon } from "./icons.js";
import { MessageTools } from "./message_tools.js";
import { drawMessage, isContinued } from "./message.js";
import { store } from "./store.js";

const NEAR_END = 60;
const NEAR_START = 400;

export class MessageList {
  constructor({ label, channel, thread = null, lastRead = null, onEarlier = null, empty = null }) {
    Object.assign(this, {
      channel,
      thread,
      lastRead,
      onEarlier,
      empty,
      messages: [],
      entries: new Map(),
      surfaces: new Map(),
      stuck: true,
      hasMore: false,
    });
    this.feed = h(
      "div",
      { class: "feed", role: "feed", "aria-label": label, "aria-busy": "true" },
      h("p", { class: "page-note", role: "status" }, "Loading messages…"),
    );
    this.pill = h(
      "button",
      { type: "button", class: "new-pill", hidden: true, onclick: () => this.toEnd() },
      icon("down", 15),
      "New messages",
    );
    this.scroller = h("div", { class: "scroller", tabindex: "-1" }, this.feed);
    this.element = h("div", { class: "message-list" }, this.scroller, this.pill);
    this.tools = new MessageTools(this);
    this.scroller.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.feed.addEventListener("keydown", (event) => this.walk(event));
    this.resized = new ResizeObserver(() => this.stuck && this.toEnd());
    this.resized.observe(this.feed);
    this.resized.observe(this.scroller);
  }

  end() {
    this.resized.disconnect();
  }

  set(messages, hasMore) {
    this.messages = [...messages];
    this.hasMore = hasMore;
    this.entries.clear();
    this.firstUnread = this.lastRead
      ? this.messages.find((message) => message.ts > this.lastRead && message.user !== store.me.id)?.ts
      : null;
    this.feed.setAttribute("aria-busy", "false");
    replace(
      this.feed,
      this.messages.map((message, index) => this.entry(message, index)),
    );
    this.drawEdge();
    this.toEnd();
  }

  fail(words) {
    replace(this.feed, h("p", { class: "page-note", role: "alert" }, words));
  }

  redraw() {
    this.messages.forEach((message, index) => this.renew(index));
  }

  /** Earlier messages, given with all that follow; what is on the screen stays where it is. */
  prepend(messages, hasMore) {
    const first = this.messages[0]?.ts ?? "\uffff";
    const fresh = messages.filter((message) => message.ts < first);
    this.hasMore = hasMore;
    this.messages = [...fresh, ...this.messages];
    const height = this.scroller.scrollHeight;
    const top = this.scroller.scrollTop;
    const nodes = fresh.map((message, index) => this.entry(message, index));
    this.edge?.remove();
    this.feed.prepend(...nodes);
    if (this.messages[fresh.length]) this.renew(fresh.length);
    this.drawEdge();
    this.scroller.scrollTop = top + this.scroller.scrollHeight - height;
  }

  put(message) {
    const before = this.messages.findLastIndex((other) => other.ts <= message.ts);
    if (this.messages[before]?.ts === message.ts) {
      this.messages[before] = message;
      this.renew(before);
      return;
    }
    const at = before + 1;
    this.messages.splice(at, 0, message);
    const next = this.messages[at + 1] ? this.entries.get(this.messages[at + 1].ts) : null;
    this.feed.insertBefore(this.entry(message, at), next);
    if (next) this.renew(at + 1);
    this.drawEdge();
    if (this.stuck || message.user === store.me.id) this.toEnd();
    else this.pill.hidden = false;
  }

  drop(ts) {
    const at = this.messages.findIndex((message) => message.ts === ts);
    if (at < 0) return;
    this.messages.splice(at, 1);
    this.entries.get(ts)?.remove();
    this.entries.delete(ts);
    this.surfaces.delete(ts);
    if (this.messages[at]) this.renew(at);
    this.drawEdge();
  }

  entry(message, index) {
    const before = this.messages[index - 1];
    const zone = store.me.tz;
    const newDay = !before || dayKey(Number(before.ts), zone) !== dayKey(Number(message.ts), zone);
    const fresh = message.ts === this.firstUnread;
    const drawn = drawMessage(message, {
      list: this,
      continued: !newDay && !fresh && !(this.thread && index === 1) && isContinued(before, message),
      before: this.surfaces.get(message.ts),
    });
    this.surfaces.set(message.ts, drawn.surface);
    const node = h(
      "div",
      { class: "entry" },
      newDay && !this.thread
        ? h("div", { class: "day", role: "separator" }, h("span", {}, dayName(Number(message.ts), store.reader())))
        : null,
      fresh ? h("div", { class: "fresh", role: "separator" }, h("span", {}, "New")) : null,
      drawn.node,
    );
    this.entries.set(message.ts, node);
    return node;
  }

  // Draw one entry anew; who was on a control of it stays on that control.
  renew(index) {
    const message = this.messages[index];
    const old = this.entries.get(message.ts);
    const focused = old?.contains(document.activeElement) ? document.activeElement : null;
    const key = focused?.closest("[data-element]")?.dataset.element;
    const held = old?.contains(this.tools.element);
    const node = this.entry(message, index);
    old?.replaceWith(node);
    if (held) this.tools.attach(node.querySelector("article"));
    if (!focused) return;
    const same = key && [...node.querySelectorAll("[data-element]")].find((other) => other.dataset.element === key);
    (focusable(same) ?? node.querySelector("article")).focus({ preventScroll: true });
  }

  drawEdge() {
    this.edge?.remove();
    this.edge = null;
    if (this.hasMore) this.edge = h("p", { class: "page-note", role: "status" }, "Loading earlier messages…");
    else if (!this.messages.length && this.empty) this.edge = this.empty();
    if (this.edge) this.feed.prepend(this.edge);
    this.feed.querySelector("article[tabindex='0']")?.setAttribute("tabindex", "-1");
    this.entries.get(this.messages.at(-1)?.ts)?.querySelector("article")?.setAttribute("tabindex", "0");
  }

  toEnd() {
    this.stuck = true;
    this.pill.hidden = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.onSeen?.();
  }

  async scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    this.stuck = scrollHeight - scrollTop - clientHeight < NEAR_END;
    if (this.stuck) {
      this.pill.hidden = true;
      this.onSeen?.();
    }
    if (scrollTop > NEAR_START || !this.hasMore || this.loading || !this.onEarlier) return;
    this.loading = true;
    try {
      await this.onEarlier();
    } finally {
      this.loading = false;
    }
  }

  walk(event) {
    if (event.target.tagName !== "ARTICLE") return;
    const articles = [...this.feed.querySelectorAll("article.message")];
    const at = articles.indexOf(event.target);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: articles.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    articles[Math.max(0, Math.min(to, articles.length - 1))].focus();
  }
}

function focusable(node) {
  if (!node) return null;
  const query = "button, a[href], input:not([type=hidden]), textarea, [contenteditable]";
  return node.matches(query) ? node : node.querySelector(query);
}
