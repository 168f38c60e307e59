// Editing one's own message in its place.
import { h } from "./dom.js";
import { send } from "./gestures.js";
import { unescape } from "./text.js";

export function editMessage(entry, { channel, ts, text }) {
  const main = entry?.querySelector(".message-main");
  if (!main) return;
  const field = h("textarea", {
    class: "text-input",
    rows: 3,
    "aria-label": "Edit message",
    value: unescape(text ?? ""),
  });
  const box = h(
    "div",
    { class: "edit-box" },
    field,
    h(
      "div",
      { class: "edit-buttons" },
      h("button", { type: "button", class: "button small", onclick: () => box.remove() }, "Cancel"),
      h("button", { type: "button", class: "button small primary", onclick: () => save() }, "Save"),
    ),
  );
  const save = async () => {
    const answer = await send("/sandbox/edit", { channel, ts, text: field.value });
    if (answer) box.remove();
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") box.remove();
    else if (event.key === "Enter" && !event.shiftKey) save();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  main.append(box);
  field.focus();
}
