// Dialogs: the browser's own modal dialog, which keeps the focus inside and gives it back when closed.
import { h, uniqueId } from "./dom.js";
import { icon } from "./icons.js";

/**
 * Open a modal dialog. `onDismiss` hears Escape and the close button; the caller closes it.
 * Returns `{dialog, header, body, footer, close}`.
 */
export function openDialog({ title, className = "", role = "dialog", onDismiss, closeLabel = "Close" }) {
  const titleId = uniqueId("title");
  const heading = h("h2", { id: titleId, class: "dialog-title" }, title);
  const header = h(
    "header",
    { class: "dialog-header" },
    heading,
    h(
      "button",
      { type: "button", class: "icon-button", "aria-label": closeLabel, onclick: () => onDismiss("button") },
      icon("close"),
    ),
  );
  const body = h("div", { class: "dialog-body" });
  const footer = h("footer", { class: "dialog-footer" });
  const dialog = h("dialog", { class: `dialog ${className}`, role, "aria-labelledby": titleId }, header, body, footer);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    onDismiss("escape");
  });
  document.body.append(dialog);
  dialog.showModal();
  return { dialog, heading, header, body, footer, close: () => closeDialog(dialog) };
}

function closeDialog(dialog) {
  if (!dialog.isConnected) return;
  dialog.close();
  dialog.remove();
}

/** The innermost open dialog, where menus and lists must live to be above it, else the page. */
export function topLayer() {
  return [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
}
