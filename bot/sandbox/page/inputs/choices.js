// Checkboxes and radio buttons.
import { h, uniqueId } from "../dom.js";
import { textObject } from "../text.js";
import { described } from "./field.js";

function group(item, field, role, rows) {
  return h("div", { ...described(item, field), role, class: "choices", tabindex: null }, rows);
}

function choice(option, input) {
  const id = uniqueId("choice");
  const note = option.description
    ? h("span", { class: "choice-note", id: `${id}-note` }, textObject(option.description))
    : null;
  input.id = id;
  if (note) input.setAttribute("aria-describedby", note.id);
  return h("div", { class: "choice" }, input, h("div", {}, h("label", { for: id }, textObject(option.text)), note));
}

export function checkboxes(item, field) {
  let held = [...(field.value ?? [])];
  const rows = item.options.map((option) => {
    const box = h("input", { type: "checkbox", value: option.value, checked: held.includes(option.value) });
    box.addEventListener("change", async () => {
      const before = held;
      held = item.options
        .map((other) => other.value)
        .filter((value) => (value === option.value ? box.checked : held.includes(value)));
      if (await field.change(held)) return;
      held = before;
      box.checked = held.includes(option.value);
    });
    return choice(option, box);
  });
  return group(item, field, "group", rows);
}

export function radioButtons(item, field) {
  const name = uniqueId("radio");
  let held = field.value;
  const buttons = [];
  const rows = item.options.map((option) => {
    const button = h("input", { type: "radio", name, value: option.value, checked: held === option.value });
    button.addEventListener("change", async () => {
      const before = held;
      held = option.value;
      if (await field.change(held)) return;
      held = before;
      buttons.forEach((other) => {
        other.checked = other.value === held;
      });
    });
    buttons.push(button);
    return choice(option, button);
  });
  return group(item, field, "radiogroup", rows);
}
