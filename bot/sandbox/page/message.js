// One message.
import { attachment } from "./attachments.js";
import { avatar } from "./avatar.js";
import { renderBlocks } from "./blocks/index.js";
import { fullTime, timeOf } from "./dates.js";
import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { fileCard } from "./files.js";
import { gesture, send } from "./gestures.js";
import { icon } from "./icons.js";
import { store } from "./store.js";
import { Surface } from "./surface.js";
import { mrkdwn, plain } from "./text.js";

const TOGETHER = 300;
// What the workspace says of itself ("joined the channel"), shown quietly.
const HAPPENINGS = /^(channel|group)_|^bot_(add|remove)|^pinned_item/;

/** True when the message follows one of the same author closely enough to need no name of its own. */
export function isContinued(before, message) {
  const quiet = HAPPENINGS.test(message.subtype ?? "") || HAPPENINGS.test(before.subtype ?? "");
  return (
    !quiet &&
    !message.ephemeral &&
    !before.ephemeral &&
    before.user === message.user &&
    before.username === message.username &&
    before.bot_id === message.bot_id &&
    message.subtype !== "thread_broadcast" &&
    Number(message.ts) - Number(before.ts) < TOGETHER
  );
}

/** `{node, surface}`; `before` is the surface of the message's last drawing, whose choices live on. */
export function drawMessage(message, { list, continued, before }) {
  const author = store.author(message);
  const surface = new Surface({
    kind: "message",
    container: { type: "message", channel: message.channel, ts: message.ts },
    appId: message.app_id,
    channel: message.channel,
    before,
    gesture,
  });
  const seconds = Number(message.ts);
  const quiet = HAPPENINGS.test(message.subtype ?? "");
  const time = h(
    "time",
    {
      class: "message-time",
      datetime: new Date(seconds * 1000).toISOString(),
      title: fullTime(seconds, store.reader()),
    },
    timeOf(seconds, store.reader()),
  );
  const head = h(
    "div",
    { class: "message-head" },
    name(author, message),
    author.isApp ? h("span", { class: "app-mark" }, "App") : null,
    time,
    message.pinned_to?.length ? h("span", { class: "muted pinned" }, icon("pin", 14), "Pinned") : null,
  );
  const node = h(
    "article",
    {
      class: `message${continued ? " continued" : ""}${message.ephemeral ? " ephemeral" : ""}${quiet ? " happening" : ""}`,
      tabindex: "-1",
      dataset: { ts: message.ts },
      "aria-label": `${author.name}, ${timeOf(seconds, store.reader())}`,
    },
    h("div", { class: "message-side" }, continued ? time.cloneNode(true) : avatar(author)),
    h(
      "div",
      { class: "message-main" },
      message.ephemeral ? h("div", { class: "ephemeral-note" }, icon("eye", 15), "Only you can see this") : null,
      message.subtype === "thread_broadcast" && !list.thread
        ? h("div", { class: "broadcast-note" }, "replied to a thread")
        : null,
      continued ? null : head,
      content(message, surface),
      (message.attachments ?? []).map((item) => attachment(item, surface)),
      message.files?.length ? h("div", { class: "message-files" }, message.files.map(fileCard)) : null,
      reactions(message),
      threadLink(message, list),
      message.ephemeral ? dismiss(message) : null,
    ),
  );
  return { node, surface };
}

function name(author, message) {
  if (!author.person) return h("strong", { class: "author" }, author.name);
  return h("button", { type: "button", class: "author", dataset: { person: message.user } }, author.name);
}

function content(message, surface) {
  const edited = message.edited
    ? h("span", { class: "edited", title: fullTime(Number(message.edited.ts), store.reader()) }, " (edited)")
    : null;
  // What a person typed is drawn from its text: their signs of style stand there as they typed them.
  const typed = !message.bot_id && message.text;
  if (message.blocks?.length && !typed) return h("div", {}, renderBlocks(message.blocks, surface), edited);
  if (!message.text) return edited;
  return h(
    "div",
    {
      class: `message-text${message.subtype === "me_message" ? " me-message" : ""}${onlyEmoji(message.text) ? " big-emoji" : ""}`,
    },
    mrkdwn(message.text),
    edited,
  );
}

function onlyEmoji(text) {
  return text.length < 80 && /^(\s*:[\w+'-]+:\s*)+$/.test(text);
}

function reactions(message) {
  if (!message.reactions?.length) return null;
  return h(
    "div",
    { class: "reactions", role: "group", "aria-label": "Reactions" },
    message.reactions.map(({ name: sign, users, count }) => {
      const mine = users.includes(store.me.id);
      const who = users.map((id) => store.person(id)?.name ?? id).join(", ");
      return h(
        "button",
        {
          type: "button",
          class: "reaction",
          "aria-pressed": String(mine),
          title: `${who} reacted with :${sign}:`,
          dataset: { element: `reaction:${sign}` },
          onclick: () => send("/sandbox/react", { channel: message.channel, ts: message.ts, name: sign, remove: mine }),
        },
        emoji(sign),
        h("span", {}, String(count ?? users.length)),
      );
    }),
  );
}

function threadLink(message, list) {
  if (list.thread || !message.reply_count) return null;
  const faces = (message.reply_users ?? [])
    .slice(0, 4)
    .map((id) => avatar(store.person(id) ?? { name: id, id }, "tiny"));
  const last = message.latest_reply ? `last reply ${timeOf(Number(message.latest_reply), store.reader())}` : "";
  return h(
    "a",
    { class: "thread-link", href: store.address(message.channel, message.ts), dataset: { element: "thread" } },
    h("span", { class: "faces" }, faces),
    h("strong", {}, message.reply_count === 1 ? "1 reply" : `${message.reply_count} replies`),
    h("span", { class: "muted" }, last),
  );
}

function dismiss(message) {
  return h(
    "button",
    {
      type: "button",
      class: "link-button",
      onclick: () => send("/sandbox/delete", { channel: message.channel, ts: message.ts }),
    },
    "Dismiss message",
  );
}

/** The message in one line, for headings and lists. */
export function messageLine(message) {
  return (
    plain(message.text ?? "") || (message.files?.length ? message.files.map((file) => file.name).join(", ") : "Message")
  );
}
