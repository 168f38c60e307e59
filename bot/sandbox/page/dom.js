// Building the page's elements. Text always enters as text nodes: nothing here, or anywhere in the page,
// parses a string as HTML, so what an app or a person wrote can never become markup.

const SVG = "http://www.w3.org/2000/svg";

/** Make an element: `h("button", {class: "quiet", onclick: go, "aria-label": "Go"}, child, "text")`. */
export function h(tag, props = {}, ...children) {
  return fill(document.createElement(tag), props, children);
}

/** The same for a drawing. */
export function svg(tag, props = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

function fill(node, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) setProperty(node, name, value);
  append(node, children);
  return node;
}

function setProperty(node, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name === "class") node.setAttribute("class", value);
  else if (name === "dataset") Object.assign(node.dataset, value);
  else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "value" || name === "checked" || name === "indeterminate") node[name] = value;
  else node.setAttribute(name, value === true ? "" : value);
}

/** Append children; arrays are flattened, empty ones left out, strings become text. */
export function append(node, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : String(child));
  }
  return node;
}

export function replace(node, ...children) {
  node.replaceChildren();
  return append(node, children);
}

let counter = 0;

/** An id nobody else on the page has, for labels and descriptions. */
export function uniqueId(prefix = "x") {
  counter += 1;
  return `${prefix}-${counter}`;
}

/** Text for screen readers alone. */
export function hidden(text) {
  return h("span", { class: "for-readers" }, text);
}

const SAFE_SCHEMES = ["http:", "https:", "mailto:", "tel:"];

/** A full address, or one of this server, when a person may safely follow it; else null: `javascript:` is refused. */
export function safeUrl(address) {
  try {
    const url = address?.startsWith("/") ? new URL(address, location.origin) : new URL(address);
    return SAFE_SCHEMES.includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** A link that opens elsewhere; without a safe address it stays plain text. */
export function outsideLink(address, ...children) {
  const url = safeUrl(address);
  if (!url) return h("span", {}, ...children);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

/** An image that says what it shows when it cannot be loaded (the page works without any network). */
export function picture(address, alt, className = "") {
  const url = safeUrl(address);
  const missing = () =>
    h("span", { class: `picture-missing ${className}`, role: "img", "aria-label": alt || "Image" }, alt || "Image");
  if (!url) return missing();
  const image = h("img", { src: url, alt: alt ?? "", class: className, loading: "lazy" });
  image.addEventListener("error", () => image.replaceWith(missing()), { once: true });
  return image;
}

/** Run the last of a burst of calls once the burst is over. */
/** Runs `work` once nothing was asked for so long; `flush()` runs at once what still waits, and answers with it. */
export function debounce(milliseconds, work) {
  let timer = 0;
  let waiting = null;
  const flush = () => {
    clearTimeout(timer);
    const args = waiting;
    waiting = null;
    return args ? work(...args) : undefined;
  };
  const later = (...args) => {
    clearTimeout(timer);
    waiting = args;
    timer = setTimeout(flush, milliseconds);
  };
  return Object.assign(later, { flush });
}

export function isTyping(target) {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
