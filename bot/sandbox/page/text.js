// Slack's mrkdwn, as messages and text objects carry it, turned into elements. The text arrives with & < >
// escaped; everything a person or an app wrote is put on the page as text, never as markup.
import { h, outsideLink } from "./dom.js";
import { dateTokens } from "./dates.js";
import { emoji } from "./emoji.js";
import { store } from "./store.js";

const WORD = "[\\p{L}\\p{N}]";

/** One style: its sign, not glued to a word outside nor to a space inside; a <reference> inside is one unit. */
function styled(sign) {
  const mark = `[${sign}]`;
  return `(?<!${WORD}|${mark})${mark}(?=\\S)((?:<[^<>\\n]*>|[^\\n${sign}<])*?(?:<[^<>\\n]*>|[^\\s${sign}<]))${mark}(?!${WORD}|${mark})`;
}

const INLINE = new RegExp(
  [
    "`([^`\\n]+)`",
    "<([^<>\\n]+)>",
    ":([\\w+'-]+(?:::skin-tone-[2-6])?):",
    styled("*"),
    styled("_"),
    styled("~"),
    "(https?://[^\\s<>|*~`]+[^\\s<>|*~`.,;:!?)\"'])",
  ].join("|"),
  "gu",
);

export function unescape(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** What somebody may read aloud or find in a list: mentions as names, no signs of style. */
export function plain(text) {
  const holder = h("div");
  holder.append(mrkdwn(text ?? ""));
  return holder.textContent.replace(/\s+/g, " ").trim();
}

/** A text object (`plain_text` or `mrkdwn`), or a plain string, as a fragment. */
export function textObject(object) {
  if (!object) return document.createDocumentFragment();
  if (typeof object === "string") return plainText(object);
  return object.type === "mrkdwn"
    ? mrkdwn(object.text ?? "", { links: !object.verbatim })
    : plainText(object.text ?? "", object.emoji !== false);
}

/** Plain text with emoji names drawn. */
export function plainText(text, withEmoji = true) {
  const out = document.createDocumentFragment();
  if (!withEmoji) {
    out.append(text);
    return out;
  }
  let last = 0;
  for (const match of text.matchAll(/:([\w+'-]+(?:::skin-tone-[2-6])?):/g)) {
    out.append(text.slice(last, match.index), emoji(match[1]));
    last = match.index + match[0].length;
  }
  out.append(text.slice(last));
  return out;
}

/** mrkdwn to a fragment: fences, then quotes and bullets by line, then styles within a line. */
export function mrkdwn(text, { links = true } = {}) {
  const out = document.createDocumentFragment();
  text.split(/```/).forEach((part, index, all) => {
    const closed = index < all.length - 1 || all.length % 2 === 1;
    if (index % 2 === 1 && closed) out.append(h("pre", {}, h("code", {}, inCode(part.replace(/^\n|\n$/g, "")))));
    else lines(out, index % 2 === 1 ? `\`\`\`${part}` : trimAround(part, index, all.length), links);
  });
  return out;
}

// A fence stands on its own lines: the line breaks beside it belong to the fence.
function trimAround(part, index, count) {
  let text = part;
  if (index > 0) text = text.replace(/^\n/, "");
  if (index < count - 1) text = text.replace(/\n$/, "");
  return text;
}

function lines(out, text, links) {
  if (!text) return;
  const all = text.split("\n");
  let open = null;
  all.forEach((line, index) => {
    const rest = index < all.length - 1;
    const quote = /^(?:&gt;|>) ?(.*)$/.exec(line);
    const bullet = /^(\s*)([•◦▪‣]) +(.*)$/.exec(line);
    if (quote) {
      if (!open) out.append((open = h("blockquote")));
      else open.append(h("br"));
      inline(open, quote[1], links);
      return;
    }
    open = null;
    if (bullet) {
      const item = h(
        "div",
        { class: "bullet", style: `--depth:${Math.floor(bullet[1].length / 2)}` },
        h("span", { class: "bullet-sign" }, bullet[2]),
      );
      const body = h("span");
      inline(body, bullet[3], links);
      item.append(body);
      out.append(item);
      return;
    }
    inline(out, line, links);
    const next = all[index + 1] ?? "";
    if (rest && !/^(?:&gt;|>)/.test(next) && !(/^\s*[•◦▪‣] /.test(next) && line)) out.append(h("br"));
  });
}

function inline(out, text, links) {
  let last = 0;
  for (const match of text.matchAll(INLINE)) {
    const node = inlineNode(match, links);
    if (!node) continue;
    out.append(unescape(text.slice(last, match.index)), node);
    last = match.index + match[0].length;
  }
  out.append(unescape(text.slice(last)));
}

function inlineNode([, code, reference, name, bold, italic, strike, url], links) {
  if (code !== undefined) return h("code", {}, inCode(code));
  if (reference !== undefined) return angle(reference);
  if (name !== undefined) return emoji(name);
  if (bold !== undefined) return within("strong", bold, links);
  if (italic !== undefined) return within("em", italic, links);
  if (strike !== undefined) return within("s", strike, links);
  return links ? outsideLink(unescape(url), unescape(url)) : null;
}

function within(tag, text, links) {
  const node = h(tag);
  inline(node, text, links);
  return node;
}

// Inside code a reference shows its label, as in Slack.
function inCode(text) {
  return unescape(text.replace(/<(?:[^<>|\n]+\|)?([^<>\n]+)>/g, "$1"));
}

function angle(reference) {
  const bar = reference.indexOf("|");
  const target = bar < 0 ? reference : reference.slice(0, bar);
  const label = bar < 0 ? "" : unescape(reference.slice(bar + 1));
  if (target.startsWith("@")) return mentionPerson(target.slice(1), label);
  if (target.startsWith("#")) return mentionChannel(target.slice(1), label);
  if (target.startsWith("!")) return special(target.slice(1), label);
  return outsideLink(unescape(target), plainText(label || unescape(target).replace(/^mailto:/, "")));
}

function special(target, label) {
  const [kind, ...rest] = target.split("^");
  if (kind === "date") return dateNode(Number(rest[0]), unescape(rest[1] ?? ""), label, rest[2]);
  if (kind === "subteam") return mentionGroup(rest[0], label);
  return broadcast(kind, label);
}

export function dateNode(seconds, pattern, fallback, link) {
  const shown = dateTokens(seconds, pattern, fallback, store.reader());
  const time = h(
    "time",
    Number.isFinite(seconds) ? { datetime: new Date(seconds * 1000).toISOString(), title: fallback } : {},
    shown,
  );
  return link ? outsideLink(unescape(link), time) : time;
}

export function broadcast(range, label = "") {
  return h("span", { class: "mention mention-me" }, label || `@${range}`);
}

/** A person's name; pressing it opens who they are (the page listens for `data-person`). */
export function mentionPerson(id, label = "") {
  const person = store.person(id);
  const name = person?.name ?? (label.replace(/^@/, "") || id);
  const mine = id === store.me?.id ? " mention-me" : "";
  if (!person) return h("span", { class: `mention${mine}` }, `@${name}`);
  return h("button", { type: "button", class: `mention${mine}`, dataset: { person: id } }, `@${name}`);
}

export function mentionChannel(id, label = "") {
  const channel = store.channels.get(id);
  if (!channel) return h("span", { class: "mention" }, label ? `#${label}` : "a private channel");
  return h("a", { class: "mention", href: store.address(id) }, `#${channel.name}`);
}

export function mentionGroup(id, label = "") {
  const group = store.usergroups.get(id);
  const mine = group?.users?.includes(store.me?.id) ? " mention-me" : "";
  return h("span", { class: `mention${mine}`, title: group?.name }, group ? `@${group.handle}` : label || "@group");
}
