// The markdown block: ordinary Markdown (headings, lists, tables, code, links), not Slack's mrkdwn.
import { h, outsideLink, picture } from "./dom.js";
import { emoji } from "./emoji.js";

const INLINE = new RegExp(
  [
    "`([^`]+)`",
    "!\\[([^\\]]*)\\]\\(([^)\\s]+)\\)",
    "\\[([^\\]]+)\\]\\(([^)\\s]+)\\)",
    "\\*\\*(.+?)\\*\\*",
    "~~(.+?)~~",
    "(?<![*\\w])\\*(?=\\S)([^*]+?)\\*(?!\\w)",
    "(?<![_\\w])_(?=\\S)([^_]+?)_(?!\\w)",
    ":([\\w+-]+):",
    "(https?://[^\\s<>()]+[^\\s<>().,;:!?])",
  ].join("|"),
  "gu",
);

const LIST_ITEM = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/;

/** Each reader takes the lines it recognises from line `at`, or answers null; the last one takes anything. */
const READERS = [blank, fence, heading, rule, table, quote, list, paragraph];

export function markdown(text) {
  return read(text.replaceAll("\r\n", "\n").split("\n"), h("div", { class: "markdown" }));
}

function read(lines, out) {
  let at = 0;
  while (at < lines.length) {
    for (const reader of READERS) {
      const taken = reader(lines, at);
      if (!taken) continue;
      if (taken.node) out.append(taken.node);
      at = taken.next;
      break;
    }
  }
  return out;
}

function blank(lines, at) {
  return lines[at].trim() ? null : { next: at + 1 };
}

function fence(lines, at) {
  if (!lines[at].startsWith("```")) return null;
  const end = lines.findIndex((line, index) => index > at && line.startsWith("```"));
  const last = end < 0 ? lines.length : end;
  return { node: h("pre", {}, h("code", {}, lines.slice(at + 1, last).join("\n"))), next: last + 1 };
}

function heading(lines, at) {
  const match = /^(#{1,6})\s+(.*?)\s*#*$/.exec(lines[at]);
  if (!match) return null;
  const level = Math.min(match[1].length + 2, 6);
  return { node: inline(h(`h${level}`, { class: `md-h${match[1].length}` }), match[2]), next: at + 1 };
}

function rule(lines, at) {
  return /^\s*([-*_])(\s*\1){2,}\s*$/.test(lines[at]) ? { node: h("hr"), next: at + 1 } : null;
}

function cells(line) {
  return line
    .trim()
    .replace(/^\||\|$/g, "")
    .split("|")
    .map((cell) => cell.trim());
}

function table(lines, at) {
  const divider = lines[at + 1] ?? "";
  if (
    !lines[at].includes("|") ||
    !/^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(divider) ||
    !divider.includes("-")
  )
    return null;
  const aligns = cells(divider).map((cell) =>
    cell.endsWith(":") ? (cell.startsWith(":") ? "center" : "right") : "left",
  );
  const row = (tag, line) =>
    h(
      "tr",
      {},
      cells(line).map((cell, index) => inline(h(tag, { class: `align-${aligns[index] ?? "left"}` }), cell)),
    );
  let end = at + 2;
  while (end < lines.length && lines[end].includes("|") && lines[end].trim()) end += 1;
  const node = h(
    "div",
    { class: "table-scroll" },
    h(
      "table",
      {},
      h("thead", {}, row("th", lines[at])),
      h(
        "tbody",
        {},
        lines.slice(at + 2, end).map((line) => row("td", line)),
      ),
    ),
  );
  return { node, next: end };
}

function quote(lines, at) {
  if (!/^\s*>/.test(lines[at])) return null;
  let end = at;
  while (end < lines.length && /^\s*>/.test(lines[end])) end += 1;
  return {
    node: read(
      lines.slice(at, end).map((line) => line.replace(/^\s*>\s?/, "")),
      h("blockquote"),
    ),
    next: end,
  };
}

function list(lines, at) {
  const first = LIST_ITEM.exec(lines[at]);
  if (!first) return null;
  const ordered = /\d/.test(first[2]);
  const node = h(ordered ? "ol" : "ul", ordered ? { start: Number.parseInt(first[2], 10) } : {});
  let next = at;
  while (next < lines.length) {
    const match = LIST_ITEM.exec(lines[next]);
    if (!match || match[1].length < first[1].length) break;
    if (match[1].length > first[1].length + 1) {
      const inner = list(lines, next);
      (node.lastChild ?? node).append(inner.node);
      next = inner.next;
      continue;
    }
    if (/\d/.test(match[2]) !== ordered) break;
    node.append(listItem(match[3]));
    next += 1;
  }
  return { node, next };
}

function listItem(text) {
  const task = /^\[([ xX])\]\s+(.*)$/.exec(text);
  if (!task) return inline(h("li"), text);
  const item = h(
    "li",
    { class: "task-item" },
    h("input", { type: "checkbox", disabled: true, checked: task[1] !== " ", "aria-label": "Done" }),
    " ",
  );
  return inline(item, task[2]);
}

function paragraph(lines, at) {
  const node = h("p");
  let next = at;
  while (next < lines.length && lines[next].trim() && (next === at || !startsSomething(lines, next))) {
    if (next > at) node.append(h("br"));
    inline(node, lines[next]);
    next += 1;
  }
  return { node, next };
}

function startsSomething(lines, at) {
  return /^(```|#{1,6}\s|\s*>)/.test(lines[at]) || LIST_ITEM.test(lines[at]);
}

function inline(out, text) {
  let last = 0;
  for (const match of text.matchAll(INLINE)) {
    out.append(text.slice(last, match.index), inlineNode(match));
    last = match.index + match[0].length;
  }
  out.append(text.slice(last));
  return out;
}

function inlineNode([, code, alt, source, label, target, bold, strike, italic, italicToo, name, url]) {
  if (code !== undefined) return h("code", {}, code);
  if (source !== undefined) return picture(source, alt, "md-image");
  if (target !== undefined) return outsideLink(target, inline(h("span"), label));
  if (bold !== undefined) return inline(h("strong"), bold);
  if (strike !== undefined) return inline(h("s"), strike);
  if (name !== undefined) return emoji(name);
  if (url !== undefined) return outsideLink(url, url);
  return inline(h("em"), italic ?? italicToo);
}
