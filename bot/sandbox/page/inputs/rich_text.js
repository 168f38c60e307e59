// The rich text input: a small editor whose content is told to the app as a rich_text block.
import { append, h, safeUrl } from "../dom.js";
import { icon } from "../icons.js";
import { openPopup } from "../popup.js";
import { richText } from "../blocks/rich_text.js";
import { described, placeholder } from "./field.js";
import { readRichText } from "./rich_text_reader.js";

const STYLES = [
  ["bold", "Bold", "B"],
  ["italic", "Italic", "I"],
  ["strikeThrough", "Strikethrough", "S"],
];
const BLOCKS = [
  ["insertUnorderedList", "Bulleted list", "list"],
  ["insertOrderedList", "Numbered list", "numbers"],
];
const LINE_HEIGHT = 1.5;

export function richTextInput(item, field) {
  const editor = h("div", {
    ...described(item, field),
    class: "rich-editor",
    contenteditable: "true",
    role: "textbox",
    "aria-multiline": "true",
    "data-placeholder": placeholder(item, "Write here"),
    style: `min-height:${(item.min_lines ?? 4) * LINE_HEIGHT}em;max-height:${(item.max_lines ?? 12) * LINE_HEIGHT + 1}em`,
  });
  if (typeof field.value === "string")
    append(
      editor,
      field.value.split("\n").map((line) => h("div", {}, line || h("br"))),
    );
  else if (field.value) editor.append(...richText(field.value).childNodes);
  const changed = () => {
    const value = readRichText(editor);
    editor.classList.toggle("empty", value === null);
    field.change(value, "character");
  };
  editor.classList.toggle("empty", readRichText(editor) === null);
  editor.addEventListener("input", changed);
  editor.addEventListener("paste", (event) => {
    event.preventDefault();
    document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
  });
  editor.addEventListener("keydown", (event) => {
    const command = { b: "bold", i: "italic" }[event.key.toLowerCase()];
    if (!(event.ctrlKey || event.metaKey) || !command) return;
    event.preventDefault();
    document.execCommand(command);
  });
  return h("div", { class: "rich-input" }, toolbar(editor, changed), editor);
}

function toolbar(editor, changed) {
  const tool = (label, content, run) =>
    h(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": label,
        title: label,
        onmousedown: (event) => event.preventDefault(),
        onclick: (event) => run(event.currentTarget),
      },
      content,
    );
  const command = (name) => () => {
    editor.focus();
    document.execCommand("styleWithCSS", false, false);
    document.execCommand(name);
  };
  return h(
    "div",
    { class: "rich-toolbar", role: "toolbar", "aria-label": "Formatting" },
    STYLES.map(([name, label, sign]) => tool(label, h("span", { class: `tool-${name}` }, sign), command(name))),
    tool("Code", icon("code"), () => wrapSelection(editor, "code", changed)),
    tool("Link", icon("link"), (anchor) => askLink(anchor, editor)),
    BLOCKS.map(([name, label, sign]) => tool(label, icon(sign), command(name))),
    tool("Quote", icon("quote"), () => {
      editor.focus();
      document.execCommand("formatBlock", false, "blockquote");
    }),
  );
}

function wrapSelection(editor, tag, changed) {
  editor.focus();
  const range = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
  if (!range || range.collapsed || !editor.contains(range.commonAncestorContainer)) return;
  const node = h(tag, {}, range.toString());
  range.deleteContents();
  range.insertNode(node);
  getSelection().collapse(node.nextSibling ?? node, node.nextSibling ? 0 : 1);
  changed();
}

function askLink(anchor, editor) {
  editor.focus();
  const range = getSelection().rangeCount ? getSelection().getRangeAt(0).cloneRange() : null;
  const field = h("input", { type: "url", class: "text-input", placeholder: "https://", "aria-label": "Link address" });
  const use = () => {
    const url = safeUrl(field.value);
    popup.close();
    editor.focus();
    if (!url || !range) return;
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    if (range.collapsed) document.execCommand("insertText", false, field.value);
    else document.execCommand("createLink", false, url);
  };
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    use();
  });
  const popup = openPopup(
    anchor,
    h(
      "div",
      { class: "link-popup" },
      field,
      h("button", { type: "button", class: "button primary small", onclick: use }, "Add"),
    ),
  );
  field.focus();
}
