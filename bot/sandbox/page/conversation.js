// One conversation: its heading and bookmarks, its messages, and the composer (or why there is none).
import { Composer } from "./composer.js";
import { h, outsideLink, replace } from "./dom.js";
import { emoji } from "./emoji.js";
import { icon } from "./icons.js";
import { MessageList } from "./messages.js";
import { send } from "./gestures.js";
import { store } from "./store.js";
import { mrkdwn } from "./text.js";

const SIGNS = { public: "hash", private: "lock", im: "at", mpim: "people" };

export function drawerButton() {
  return h(
    "button",
    {
      type: "button",
      class: "icon-button drawer-button",
      "aria-label": "Open the side bar",
      onclick: () => store.emit("drawer"),
    },
    icon("menu"),
  );
}

export class Conversation {
  /** `withHeader` false: inside an app's page, which has its own. */
  constructor(id, { withHeader = true } = {}) {
    this.id = id;
    this.heading = h("header", { class: "place-head", hidden: !withHeader });
    this.bookmarks = h("div", { class: "bookmarks", hidden: true });
    this.foot = h("div", { class: "foot" });
    this.list = new MessageList({
      label: `Messages in ${this.channel.name}`,
      channel: id,
      lastRead: this.channel.last_read,
      onEarlier: () => this.earlier(),
      empty: () => this.emptyNote(),
    });
    this.element = h("div", { class: "conversation" }, this.heading, this.bookmarks, this.list.element, this.foot);
    this.ends = [
      store.on("message", (event) => event.message.channel === id && this.list.put(event.message)),
      store.on("message_deleted", (event) => event.channel === id && this.list.drop(event.ts)),
      store.on("channels", (changed) => changed === id && store.channels.has(id) && this.drawAround()),
      store.on("details", (changed) => changed === id && this.drawAround()),
      store.on("people", () => this.list.redraw()),
    ];
    this.drawAround();
  }

  get channel() {
    return store.channels.get(this.id);
  }

  async start() {
    document.addEventListener("visibilitychange", this.seen);
    this.composer?.focus();
    const line = store.timeline(this.id);
    try {
      if (!line.loaded) await store.loadMessages(this.id);
      this.list.set(line.messages, line.hasMore);
      this.list.onSeen = this.seen;
      this.seen();
      await store.loadDetails(this.id);
    } catch (error) {
      this.list.fail(error.message);
    }
  }

  end() {
    document.removeEventListener("visibilitychange", this.seen);
    this.ends.forEach((end) => end());
    this.list.end();
    this.composer?.end();
  }

  // What is on the screen is read; asked at most once per newest message.
  seen = () => {
    const newest = store.timeline(this.id).messages.at(-1)?.ts;
    if (document.hidden || !newest || newest === this.readTo || !this.channel || this.channel.is_member === false)
      return;
    if (!this.channel.unread && !this.channel.mentions && newest <= (this.channel.last_read ?? "")) return;
    this.readTo = newest;
    store.api.post("/sandbox/read", { channel: this.id, ts: newest }).catch(() => {});
  };

  async earlier() {
    await store.loadMessages(this.id, true);
    const line = store.timeline(this.id);
    this.list.prepend(line.messages, line.hasMore);
  }

  emptyNote() {
    const channel = this.channel;
    const words =
      channel.kind === "im"
        ? `This is the beginning of your messages with ${channel.name}.`
        : `This is the very beginning of ${channel.name}.`;
    return h(
      "div",
      { class: "empty-channel" },
      h("h2", {}, words),
      channel.purpose ? h("p", { class: "muted" }, mrkdwn(textOf(channel.purpose))) : null,
      h("p", { class: "muted" }, "Write a message, or type / to see what the apps can do here."),
    );
  }

  drawAround() {
    this.drawHeading();
    this.drawBookmarks();
    this.drawFoot();
  }

  drawHeading() {
    const channel = this.channel;
    const details = store.details.get(this.id);
    const pins = details?.pins?.length ?? 0;
    const other = channel.kind === "im" ? store.person(channel.user) : null;
    replace(
      this.heading,
      drawerButton(),
      h(
        "div",
        { class: "place-words" },
        h(
          "h2",
          {},
          icon(SIGNS[channel.kind]),
          h("span", {}, channel.name),
          channel.kind === "private" ? h("span", { class: "for-readers" }, " private channel") : null,
        ),
        h("div", { class: "topic" }, other ? (other.title ?? "") : mrkdwn(textOf(channel.topic))),
      ),
      pins
        ? h(
            "button",
            { type: "button", class: "head-button", onclick: () => store.emit("details-wanted", this.id) },
            icon("pin", 16),
            `${pins} pinned`,
          )
        : null,
      h(
        "button",
        {
          type: "button",
          class: "head-button",
          "aria-label": "Channel details",
          onclick: () => store.emit("details-wanted", this.id),
        },
        icon("people", 16),
        String(channel.num_members ?? details?.members?.length ?? ""),
      ),
    );
  }

  drawBookmarks() {
    const links = store.details.get(this.id)?.bookmarks ?? [];
    this.bookmarks.hidden = !links.length;
    replace(
      this.bookmarks,
      links.map((mark) =>
        outsideLink(
          mark.link,
          mark.emoji ? emoji(mark.emoji.replaceAll(":", "")) : icon("bookmark", 15),
          ` ${mark.title}`,
        ),
      ),
    );
  }

  // Drawn anew only when what one may do here changes, so that what is being typed stays.
  drawFoot() {
    const channel = this.channel;
    const kind = channel.is_archived ? "archived" : channel.is_member === false ? "outside" : "member";
    if (this.footKind === kind) return;
    this.footKind = kind;
    this.composer?.end();
    this.composer = null;
    if (kind === "member") {
      this.composer = new Composer({
        channel: this.id,
        label: `Message ${channel.kind === "im" || channel.kind === "mpim" ? "" : "#"}${channel.name}`,
      });
      replace(this.foot, this.composer.element);
    } else if (kind === "archived") {
      replace(
        this.foot,
        h("div", { class: "foot-note" }, icon("lock"), "This channel is archived: it can be read, not written in."),
      );
    } else {
      replace(
        this.foot,
        h(
          "div",
          { class: "foot-note" },
          `You are looking at #${channel.name} without being in it.`,
          h(
            "button",
            {
              type: "button",
              class: "button primary",
              onclick: () => send("/sandbox/channel/join", { channel: this.id }),
            },
            "Join channel",
          ),
        ),
      );
    }
  }
}

/** Topic and purpose come as Slack's `{value}` object or as plain text. */
export function textOf(value) {
  return typeof value === "string" ? value : (value?.value ?? "");
}
