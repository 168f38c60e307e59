// What one can do with a message: one small tool bar that follows the pointer or the focus.
import { copyText } from "./clipboard.js";
import { h } from "./dom.js";
import { openEmojiPicker } from "./emoji_picker.js";
import { gesture, send } from "./gestures.js";
import { icon } from "./icons.js";
import { showJson } from "./json.js";
import { openMenu } from "./menu.js";
import { editMessage } from "./message_edit.js";
import { askConfirm } from "./confirm.js";
import { go } from "./route.js";
import { store } from "./store.js";

export class MessageTools {
  constructor(list) {
    this.list = list;
    this.element = h(
      "div",
      { class: "message-tools", role: "toolbar", "aria-label": "Message actions" },
      this.button("Add reaction", "smile", (anchor) => this.react(anchor)),
      list.thread ? null : this.button("Reply in thread", "thread", () => this.reply()),
      this.button("More actions", "dots", (anchor) => this.more(anchor)),
    );
    list.feed.addEventListener("pointerover", (event) => this.attach(event.target.closest?.("article.message")));
    list.feed.addEventListener("focusin", (event) => this.attach(event.target.closest?.("article.message")));
    list.feed.addEventListener("keydown", (event) => this.key(event));
  }

  button(label, sign, run) {
    return h(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": label,
        title: label,
        "aria-haspopup": label === "Reply in thread" ? null : "true",
        onclick: (event) => run(event.currentTarget),
      },
      icon(sign),
    );
  }

  attach(article) {
    if (!article || this.element.parentNode === article) return;
    article.append(this.element);
    const message = this.message;
    // Slack takes no reaction and no thread for what only one person sees.
    this.element.classList.toggle("for-ephemeral", Boolean(message?.ephemeral));
  }

  get message() {
    const ts = this.element.closest("article")?.dataset.ts;
    return this.list.messages.find((message) => message.ts === ts);
  }

  key(event) {
    if (event.target.tagName !== "ARTICLE" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "t" && !this.list.thread) this.reply();
    else if (event.key === "r") this.react(this.element.firstChild);
    else if (event.key === "m" || event.key === "Enter") this.more(this.element.lastChild);
    else return;
    event.preventDefault();
  }

  react(anchor) {
    const { channel, ts, ephemeral } = this.message;
    if (ephemeral) return;
    openEmojiPicker(anchor, (name) => send("/sandbox/react", { channel, ts, name }));
  }

  reply() {
    const { channel, ts, thread_ts: thread, ephemeral } = this.message;
    if (!ephemeral) go(store.me.id, channel, thread ?? ts);
  }

  more(anchor) {
    openMenu(anchor, [...this.shortcuts(), ...this.own(), ...this.common()], {
      label: "Message actions",
      align: "end",
    });
  }

  shortcuts() {
    const { channel, ts, ephemeral } = this.message;
    if (ephemeral) return [];
    const items = [...store.apps.values()].flatMap((app) =>
      app.shortcuts
        .filter((one) => one.type === "message")
        .map((one) => ({
          label: one.name,
          note: one.description || app.name,
          icon: "bolt",
          run: () => gesture("/sandbox/shortcut", { callback_id: one.callback_id, app: app.id, channel, ts }),
        })),
    );
    return items.length ? [...items, null] : [];
  }

  own() {
    const message = this.message;
    const { channel, ts } = message;
    if (message.ephemeral)
      return [{ label: "Dismiss message", icon: "close", run: () => send("/sandbox/delete", { channel, ts }) }];
    if (message.user !== store.me.id || message.subtype?.startsWith("channel_")) return [];
    return [
      { label: "Edit message", icon: "edit", run: () => editMessage(this.list.entries.get(ts), message) },
      { label: "Delete message", icon: "trash", danger: true, run: () => deleteMessage(message) },
    ];
  }

  common() {
    const message = this.message;
    const { channel, ts } = message;
    const pinned = message.pinned_to?.includes(channel);
    const link = new URL(store.address(channel, message.thread_ts ?? ""), location.href).href;
    return [
      message.ephemeral
        ? undefined
        : {
            label: pinned ? "Unpin from channel" : "Pin to channel",
            icon: "pin",
            run: () => send("/sandbox/pin", { channel, ts, remove: pinned }),
          },
      { label: "Copy link", icon: "link", run: () => copyText(link) },
      { label: "View as JSON", icon: "code", run: () => showJson(`Message ${ts}`, message) },
    ].filter((item) => item !== undefined);
  }
}

async function deleteMessage({ channel, ts }) {
  const agreed = await askConfirm({
    title: { text: "Delete message" },
    text: "It will be gone for everybody.",
    confirm: { text: "Delete" },
    style: "danger",
  });
  if (agreed) await send("/sandbox/delete", { channel, ts });
}
