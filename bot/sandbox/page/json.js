// JSON for reading: indented, foldable, coloured by kind.
import { h } from "./dom.js";
import { copyText } from "./clipboard.js";
import { openDialog } from "./overlay.js";

const LONG = 400;

/** A value as a tree; `open` levels are unfolded. */
export function jsonTree(value, open = 2) {
  return h("div", { class: "json" }, node(value, open));
}

function node(value, open) {
  if (value === null || typeof value !== "object") return leaf(value);
  const entries = Array.isArray(value) ? value.map((item, index) => [index, item]) : Object.entries(value);
  const [left, right] = Array.isArray(value) ? "[]" : "{}";
  if (!entries.length) return h("span", { class: "json-sign" }, left + right);
  return h(
    "details",
    { open: open > 0 },
    h(
      "summary",
      {},
      h("span", { class: "json-sign" }, left),
      h("span", { class: "json-count" }, ` ${entries.length} `),
      h("span", { class: "json-sign" }, right),
    ),
    h(
      "ul",
      {},
      entries.map(([key, item]) => h("li", {}, h("span", { class: "json-key" }, `${key}: `), node(item, open - 1))),
    ),
  );
}

function leaf(value) {
  const kind = value === null ? "null" : typeof value;
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return h(
    "span",
    { class: `json-${kind}` },
    text.length > LONG ? `${text.slice(0, LONG)}… (${text.length} characters)` : text,
  );
}

export function showJson(title, value) {
  const { body, footer, close } = openDialog({ title, className: "dialog-wide", onDismiss: () => close() });
  body.append(jsonTree(value, 3));
  footer.append(
    h("button", { type: "button", class: "button", onclick: () => copyText(JSON.stringify(value, null, 2)) }, "Copy"),
    h("button", { type: "button", class: "button primary", onclick: close }, "Done"),
  );
}
