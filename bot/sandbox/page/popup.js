// Small layers beside a control: menus, lists of options, the emoji chooser.
import { topLayer } from "./overlay.js";

const GAP = 4;
const EDGE = 8;

/**
 * Show `node` beside `anchor`, kept within the window and above everything. It goes when the person presses
 * elsewhere or Escape, scrolls the page away, or `close()` is called; `onClose` hears it.
 */
export function openPopup(anchor, node, { onClose, matchWidth = false, align = "start", keep = [] } = {}) {
  node.classList.add("popup");
  node.setAttribute("popover", "manual");
  (anchor.closest("dialog") ?? topLayer()).append(node);
  node.showPopover();
  const place = () => placeBeside(anchor, node, matchWidth, align);
  place();
  const away = new AbortController();
  const close = () => {
    if (away.signal.aborted) return;
    away.abort();
    node.remove();
    onClose?.();
  };
  const options = { signal: away.signal, capture: true };
  document.addEventListener(
    "pointerdown",
    (event) => {
      if (![node, anchor, ...keep].some((own) => own.contains(event.target))) close();
    },
    options,
  );
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      close();
    },
    options,
  );
  window.addEventListener("resize", place, options);
  document.addEventListener(
    "scroll",
    (event) => {
      if (!node.contains(event.target)) place();
    },
    options,
  );
  return { close, place };
}

function placeBeside(anchor, node, matchWidth, align) {
  const at = anchor.getBoundingClientRect();
  if (matchWidth) node.style.width = `${at.width}px`;
  node.style.maxHeight = "";
  const below = window.innerHeight - at.bottom - GAP - EDGE;
  const above = at.top - GAP - EDGE;
  const upwards = node.offsetHeight > below && above > below;
  node.style.maxHeight = `${Math.max(120, upwards ? above : below)}px`;
  const top = upwards ? at.top - GAP - node.offsetHeight : at.bottom + GAP;
  const wanted = align === "end" ? at.right - node.offsetWidth : at.left;
  const left = Math.min(Math.max(EDGE, wanted), Math.max(EDGE, window.innerWidth - node.offsetWidth - EDGE));
  node.style.top = `${Math.max(EDGE, top)}px`;
  node.style.left = `${left}px`;
}
