// Menus of actions: opened by a button, walked with the arrows, closed with Escape.
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { openPopup } from "./popup.js";

/**
 * Open a menu beside `anchor`. Items: `{label, note, icon, danger, checked, href, run}`, a string (a heading),
 * or null (a divider).
 */
export function openMenu(anchor, items, { label, align = "start" } = {}) {
  const menu = h("div", { class: "menu", role: "menu", "aria-label": label });
  const rows = [];
  for (const item of items) {
    if (item === null) menu.append(h("hr", { role: "separator" }));
    else if (typeof item === "string") menu.append(h("div", { class: "menu-heading", role: "presentation" }, item));
    else {
      const row = menuRow(item, () => finish(item));
      rows.push(row);
      menu.append(row);
    }
  }
  anchor.setAttribute("aria-expanded", "true");
  const popup = openPopup(anchor, menu, {
    align,
    onClose: () => {
      anchor.setAttribute("aria-expanded", "false");
      if (!document.activeElement || document.activeElement === document.body) anchor.focus();
    },
  });
  const finish = (item) => {
    popup.close();
    anchor.focus();
    item.run?.();
  };
  menu.addEventListener("keydown", (event) => walk(event, rows, popup));
  rows[0]?.focus();
  return popup;
}

function menuRow(item, run) {
  const kind =
    item.checked === undefined ? { role: "menuitem" } : { role: "menuitemradio", "aria-checked": String(item.checked) };
  return h(
    item.href ? "a" : "button",
    {
      ...(item.href ? { href: item.href, target: "_blank", rel: "noopener noreferrer" } : { type: "button" }),
      ...kind,
      class: `menu-item${item.danger ? " danger" : ""}`,
      tabindex: "-1",
      onclick: run,
    },
    item.icon ? icon(item.icon) : null,
    h(
      "span",
      { class: "menu-text" },
      h("span", {}, item.label),
      item.note ? h("span", { class: "menu-note" }, item.note) : null,
    ),
    item.checked ? icon("check") : null,
  );
}

function walk(event, rows, popup) {
  const at = rows.indexOf(document.activeElement);
  const moves = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 };
  if (event.key in moves) {
    event.preventDefault();
    rows.at((moves[event.key] + rows.length) % rows.length)?.focus();
  } else if (event.key === "Tab") {
    popup.close();
  } else if (event.key.length === 1 && event.key !== " ") {
    const letter = event.key.toLowerCase();
    const ordered = [...rows.slice(at + 1), ...rows.slice(0, at + 1)];
    ordered.find((row) => row.textContent.trim().toLowerCase().startsWith(letter))?.focus();
  }
}
