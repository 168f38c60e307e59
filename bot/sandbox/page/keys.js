// Keys that work everywhere, and the list of them.
import { h, isTyping } from "./dom.js";
import { openDialog } from "./overlay.js";
import { store } from "./store.js";
import { openSwitcher } from "./switcher.js";

const HELP = [
  ["Ctrl K", "Jump to a channel, app or person"],
  ["F6", "Next region: side bar, messages, composer, pane"],
  ["↑ from an empty composer", "To the newest message"],
  ["↑ ↓ Home End", "Walk the messages"],
  ["T", "Reply in thread, on a message"],
  ["R", "Add a reaction, on a message"],
  ["M or Enter", "All actions, on a message"],
  ["Enter", "Send"],
  ["Shift Enter", "A new line"],
  ["Tab or Enter", "Take the suggestion"],
  ["Ctrl Enter", "Submit a form"],
  ["Esc", "Close what is open"],
  ["?", "This list"],
];

export function listenToKeys() {
  document.addEventListener("keydown", (event) => {
    if (!store.me) return;
    const control = event.ctrlKey || event.metaKey;
    if (control && event.key.toLowerCase() === "k" && !document.querySelector("dialog[open]")) openSwitcher();
    else if (event.key === "F6") nextRegion(event.shiftKey ? -1 : 1);
    else if (event.key === "?" && !isTyping(event.target) && !document.querySelector("dialog[open]")) showHelp();
    else return;
    event.preventDefault();
  });
}

function nextRegion(step) {
  const regions = [
    ".sidebar .side-row[aria-current], .sidebar .side-row",
    ".main article[tabindex='0'], .app-panel",
    ".main .composer-text",
    ".pane:not([hidden]) .composer-text, .pane:not([hidden]) button",
    ".inspector:not([hidden]) .log-list",
  ]
    .map((query) => document.querySelector(query))
    .filter(Boolean);
  const at = regions.findIndex((node) =>
    node.closest(".sidebar, .message-list, .composer-area, .pane, .inspector")?.contains(document.activeElement),
  );
  const next = regions[(at + step + regions.length) % regions.length];
  if (next?.matches(".app-panel")) next.tabIndex = -1;
  next?.focus();
}

function showHelp() {
  const { body, footer, close } = openDialog({ title: "Keys", className: "dialog-small", onDismiss: () => close() });
  body.append(
    h(
      "dl",
      { class: "keys-list" },
      HELP.map(([keys, words]) => [h("dt", {}, h("kbd", {}, keys)), h("dd", {}, words)]),
    ),
  );
  footer.append(h("button", { type: "button", class: "button primary", onclick: close }, "Done"));
}
