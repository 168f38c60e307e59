// Reading the rich text editor: its elements as a rich_text block.

const STYLE_TAGS = {
  B: "bold",
  STRONG: "bold",
  I: "italic",
  EM: "italic",
  S: "strike",
  STRIKE: "strike",
  DEL: "strike",
  CODE: "code",
};
const BREAKING = new Set(["DIV", "P"]);

/** The editor's content as a `rich_text` block, or null when nothing is written. */
export function readRichText(editor) {
  const blocks = [];
  let section = null;
  const close = () => {
    if (section?.elements.length) blocks.push(trimmed(section));
    section = null;
  };
  for (const node of editor.childNodes) {
    const special = specialBlocks(node);
    if (special) {
      close();
      blocks.push(...special);
      continue;
    }
    section ??= { type: "rich_text_section", elements: [] };
    if (BREAKING.has(node.nodeName) && section.elements.length) push(section.elements, "\n", {});
    read(node, {}, section.elements);
  }
  close();
  const written = blocks.filter((block) => block.elements.length);
  return written.length ? { type: "rich_text", elements: written } : null;
}

function specialBlocks(node) {
  if (node.nodeName === "UL" || node.nodeName === "OL") return lists(node, 0);
  if (node.nodeName === "BLOCKQUOTE") return [trimmed({ type: "rich_text_quote", elements: inlineOf(node) })];
  if (node.nodeName === "PRE") return [trimmed({ type: "rich_text_preformatted", elements: inlineOf(node) })];
  return node.childNodes.length === 1 && BREAKING.has(node.nodeName) ? specialBlocks(node.firstChild) : null;
}

// A list inside a list becomes a list of its own with an indent, which is how Slack keeps them.
function lists(node, indent) {
  const style = node.nodeName === "OL" ? "ordered" : "bullet";
  const out = [];
  for (const item of node.children) {
    const inner = [...item.children].filter((child) => /^[OU]L$/.test(child.nodeName));
    const own = [...item.childNodes].filter((child) => !inner.includes(child));
    if (item.nodeName === "LI") {
      if (out.at(-1)?.indent !== indent) out.push({ type: "rich_text_list", style, indent, elements: [] });
      const elements = [];
      own.forEach((child) => read(child, {}, elements));
      out.at(-1).elements.push(trimmed({ type: "rich_text_section", elements }));
    } else if (/^[OU]L$/.test(item.nodeName)) out.push(...lists(item, indent + 1));
    inner.forEach((child) => out.push(...lists(child, indent + 1)));
  }
  return out;
}

function inlineOf(node) {
  const out = [];
  for (const child of node.childNodes) {
    if (BREAKING.has(child.nodeName) && out.length) push(out, "\n", {});
    read(child, {}, out);
  }
  return out;
}

function read(node, style, out) {
  if (node.nodeType === Node.TEXT_NODE) return push(out, node.data.replaceAll("\u00a0", " "), style);
  if (node.nodeName === "BR") return push(out, "\n", style);
  const known = mention(node);
  if (known) return out.push(known);
  if (node.nodeName === "A") {
    const link = { type: "link", url: node.href, text: node.textContent };
    return out.push(Object.keys(style).length ? { ...link, style } : link);
  }
  const name = STYLE_TAGS[node.nodeName];
  const inner = name ? { ...style, [name]: true } : style;
  return [...node.childNodes].forEach((child) => read(child, inner, out));
}

// A mention or an emoji that was in the text before stays one.
function mention(node) {
  if (node.dataset?.person) return { type: "user", user_id: node.dataset.person };
  const emoji = node.classList?.contains("emoji") ? /^:(.+):$/.exec(node.title) : null;
  return emoji ? { type: "emoji", name: emoji[1] } : null;
}

function push(out, text, style) {
  if (!text) return;
  const last = out.at(-1);
  const same = last?.type === "text" && JSON.stringify(last.style ?? {}) === JSON.stringify(style);
  if (same) last.text += text;
  else out.push({ type: "text", text, ...(Object.keys(style).length ? { style } : {}) });
}

// The browser ends a line being written with a break nobody typed.
function trimmed(block) {
  const last = block.elements.at(-1);
  if (last?.type === "text") last.text = last.text.replace(/\n+$/, "");
  return { ...block, elements: block.elements.filter((element) => element.type !== "text" || element.text) };
}
