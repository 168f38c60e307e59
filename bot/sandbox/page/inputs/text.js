// Typed inputs: text of one line or several, e-mail, web address, number.
import { h } from "../dom.js";
import { described, placeholder } from "./field.js";

const LINES_AT_LEAST = 3;

function typed(item, field, props = {}) {
  const node = h(item.multiline ? "textarea" : "input", {
    ...described(item, field),
    class: "text-input",
    placeholder: placeholder(item),
    autocomplete: "off",
    ...(item.multiline ? { rows: LINES_AT_LEAST } : { type: "text" }),
    ...props,
    value: field.value ?? "",
  });
  const read = () => (node.value === "" ? null : node.value);
  node.addEventListener("input", () => field.change(read(), "character"));
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || item.multiline) return;
    event.preventDefault();
    field.change(read(), "enter");
  });
  return node;
}

export function plainTextInput(item, field) {
  const node = typed(item, field);
  if (!item.max_length && !item.min_length) return h("div", { class: "text-field" }, node);
  const counter = h("span", { class: "text-counter" });
  const count = () => {
    const length = [...node.value].length;
    const tooLong = item.max_length && length > item.max_length;
    const tooShort = item.min_length && length > 0 && length < item.min_length;
    counter.classList.toggle("over", Boolean(tooLong || tooShort));
    counter.textContent = tooShort
      ? `${length}, at least ${item.min_length}`
      : item.max_length
        ? `${length} / ${item.max_length}`
        : `${length}`;
  };
  node.addEventListener("input", count);
  count();
  return h("div", { class: "text-field" }, node, counter);
}

export function email(item, field) {
  return h(
    "div",
    { class: "text-field" },
    typed(item, field, { type: "email", placeholder: placeholder(item, "name@example.org") }),
  );
}

export function url(item, field) {
  return h(
    "div",
    { class: "text-field" },
    typed(item, field, { type: "url", placeholder: placeholder(item, "https://") }),
  );
}

/** A number stays text here: the sandbox says what is wrong with it, and the typed text is kept. */
export function number(item, field) {
  const bounds = [
    item.min_value !== undefined && `from ${item.min_value}`,
    item.max_value !== undefined && `to ${item.max_value}`,
  ]
    .filter(Boolean)
    .join(" ");
  return h(
    "div",
    { class: "text-field number-field" },
    typed(
      item,
      { ...field, value: field.value === null ? null : String(field.value) },
      { inputmode: item.is_decimal_allowed ? "decimal" : "numeric" },
    ),
    bounds ? h("span", { class: "text-counter" }, bounds) : null,
  );
}
