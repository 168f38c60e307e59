// What went wrong or is worth knowing, said beside the work and to screen readers.
import { h } from "./dom.js";
import { icon } from "./icons.js";

const STAYS = { error: 20000, info: 6000 };
const recent = new Map();
const SAME_WITHIN = 1500;

/** Say something; the same words twice in a moment are said once (an answer and the live line may both bring them). */
export function notify(text, level = "error") {
  if (Date.now() - (recent.get(text) ?? 0) < SAME_WITHIN) return;
  recent.set(text, Date.now());
  const region = document.getElementById("notices");
  const note = h(
    "div",
    { class: `notice notice-${level}`, role: level === "error" ? "alert" : "status" },
    icon(level === "error" ? "warning" : "info"),
    h("span", {}, text),
    h(
      "button",
      { type: "button", class: "icon-button", "aria-label": "Dismiss notice", onclick: () => note.remove() },
      icon("close", 14),
    ),
  );
  // In a modal dialog the page below is inert: the notice belongs where the person can reach it.
  (document.querySelector("dialog[open]:last-of-type .dialog-body") ?? region).prepend(note);
  setTimeout(() => note.remove(), STAYS[level] ?? STAYS.info);
}

/** Somebody else looks from now on. */
export function clearNotices() {
  document.getElementById("notices").replaceChildren();
  recent.clear();
}

/** For screen readers alone, for instance a new message elsewhere. */
export function announce(text) {
  const region = document.getElementById("announcer");
  // Emptied first, so that the same words are read again.
  region.textContent = "";
  requestAnimationFrame(() => {
    region.textContent = text;
  });
}
