// Choosing an emoji.
import { h, replace } from "./dom.js";
import { canDraw, emojiGroups, findEmoji } from "./emoji.js";
import { openPopup } from "./popup.js";

export function openEmojiPicker(anchor, choose) {
  const search = h("input", {
    type: "search",
    class: "text-input",
    "aria-label": "Find emoji",
    placeholder: "Find emoji",
  });
  const grid = h("div", { class: "emoji-grid" });
  const box = h("div", { class: "emoji-picker", role: "dialog", "aria-label": "Choose an emoji" }, search, grid);
  const popup = openPopup(anchor, box, { align: "end", onClose: () => anchor.isConnected && anchor.focus() });
  const button = ({ name, character }) =>
    h(
      "button",
      {
        type: "button",
        class: "emoji-button",
        title: `:${name}:`,
        "aria-label": name.replaceAll("_", " "),
        onclick: () => {
          popup.close();
          choose(name);
        },
      },
      canDraw(character) ? character : h("span", { class: "emoji-name" }, name.replaceAll("_", " ")),
    );
  const draw = () => {
    const wanted = search.value.trim();
    if (wanted) replace(grid, findEmoji(wanted, 48).map(button));
    else
      replace(
        grid,
        [...emojiGroups()].map(([name, list]) => [h("div", { class: "emoji-heading" }, name), list.map(button)]),
      );
  };
  search.addEventListener("input", draw);
  box.addEventListener("keydown", (event) => walk(event, box, search));
  draw();
  popup.place();
  search.focus();
}

function walk(event, box, search) {
  const buttons = [...box.querySelectorAll(".emoji-button")];
  const at = buttons.indexOf(document.activeElement);
  const perRow = Math.max(1, Math.floor(box.querySelector(".emoji-grid").clientWidth / 36));
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: at < 0 ? 1 : perRow, ArrowUp: -perRow }[event.key];
  if (event.key === "Enter" && at < 0) buttons[0]?.click();
  else if (step && !(at < 0 && event.key.match(/Left|Right/)))
    (buttons[at + step] ?? (step < 0 ? search : buttons.at(-1)))?.focus();
  else return;
  event.preventDefault();
}
