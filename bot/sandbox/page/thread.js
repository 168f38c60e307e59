// The thread pane: a message, its replies, and a composer for another.
import { Composer } from "./composer.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { MessageList } from "./messages.js";
import { store } from "./store.js";

export class ThreadPane {
  constructor(channel, ts, onClose) {
    Object.assign(this, { channel, ts });
    this.list = new MessageList({ label: "Thread", channel, thread: ts });
    this.composer = new Composer({ channel, thread: ts, label: "Reply" });
    const name = store.channels.get(channel)?.name ?? "";
    this.element = h(
      "div",
      { class: "thread" },
      h(
        "header",
        { class: "pane-head" },
        h("div", { class: "place-words" }, h("h2", {}, "Thread"), h("div", { class: "topic" }, name)),
        h(
          "button",
          { type: "button", class: "icon-button", "aria-label": "Close thread", onclick: onClose },
          icon("close"),
        ),
      ),
      this.list.element,
      h("div", { class: "foot" }, this.composer.element),
    );
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      onClose();
    });
    this.ends = [
      store.on(
        "reply",
        ({ thread, message }) => thread.channel === channel && thread.ts === ts && this.list.put(message),
      ),
      store.on("message_deleted", (event) => event.channel === channel && this.list.drop(event.ts)),
    ];
  }

  async start() {
    try {
      const thread = await store.loadThread(this.channel, this.ts);
      this.list.set(thread.messages, false);
    } catch (error) {
      this.list.fail(error.message);
    }
    this.composer.focus();
  }

  end() {
    this.ends.forEach((end) => end());
    this.list.end();
    this.composer.end();
  }
}
