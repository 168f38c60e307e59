// rich_text blocks: what Slack's own composer makes of a text.
import { h, outsideLink } from "../dom.js";
import { emoji } from "../emoji.js";
import { broadcast, dateNode, mentionChannel, mentionGroup, mentionPerson } from "../text.js";

const BULLETS = ["disc", "circle", "square"];
const NUMBERS = ["decimal", "lower-alpha", "lower-roman"];

export function richText(block) {
  return h("div", { class: "block-rich-text" }, (block.elements ?? []).map(part));
}

function part(item) {
  if (item.type === "rich_text_list") return list(item);
  if (item.type === "rich_text_quote")
    return h("blockquote", { class: item.border ? "bordered" : "" }, parts(item.elements));
  if (item.type === "rich_text_preformatted") return h("pre", {}, h("code", {}, parts(item.elements)));
  return h("div", { class: "rich-section" }, parts(item.elements));
}

function list(item) {
  const ordered = item.style === "ordered";
  const indent = item.indent ?? 0;
  const signs = ordered ? NUMBERS : BULLETS;
  return h(
    ordered ? "ol" : "ul",
    {
      class: item.border ? "bordered" : "",
      start: ordered ? (item.offset ?? 0) + 1 : null,
      style: `margin-left:${indent * 1.4}em;list-style-type:${signs[indent % signs.length]}`,
    },
    (item.elements ?? []).map((entry) => h("li", {}, parts(entry.elements))),
  );
}

function parts(items) {
  return (items ?? []).map((item) => styled(item.style, inlinePart(item)));
}

function inlinePart(item) {
  switch (item.type) {
    case "text":
      return withBreaks(item.text ?? "");
    case "link":
      return outsideLink(item.url, item.text || item.url);
    case "user":
      return mentionPerson(item.user_id);
    case "channel":
      return mentionChannel(item.channel_id);
    case "usergroup":
      return mentionGroup(item.usergroup_id);
    case "emoji":
      return emoji(item.skin_tone ? `${item.name}::skin-tone-${item.skin_tone}` : item.name, item.unicode ?? "");
    case "broadcast":
      return broadcast(item.range);
    case "date":
      return dateNode(item.timestamp, item.format, item.fallback ?? "", item.url);
    case "team":
      return h("span", { class: "mention" }, item.team_id);
    case "color":
      return colour(item.value);
    default:
      return document.createTextNode(item.text ?? "");
  }
}

function withBreaks(text) {
  const out = document.createDocumentFragment();
  text.split("\n").forEach((line, index) => {
    if (index) out.append(h("br"));
    out.append(line);
  });
  return out;
}

function colour(value) {
  const safe = /^#[0-9a-f]{3,8}$/i.test(value) ? value : "transparent";
  return h("span", {}, h("span", { class: "colour-chip", style: `background:${safe}`, "aria-hidden": "true" }), value);
}

function styled(style, node) {
  let out = node;
  for (const [name, tag] of [
    ["code", "code"],
    ["strike", "s"],
    ["underline", "u"],
    ["italic", "em"],
    ["bold", "strong"],
    ["highlight", "mark"],
    ["client_highlight", "mark"],
  ]) {
    if (style?.[name]) out = h(tag, {}, out);
  }
  return out;
}
