// What every control says about itself to screen readers and to tests: its name, hint, error, and need.
import { plain } from "../text.js";

/** Attributes of the one focusable part of a control. */
export function described(item, field) {
  const name = field.labelledBy
    ? { "aria-labelledby": field.labelledBy }
    : { "aria-label": plain(item.placeholder?.text ?? "") || field.label || item.action_id };
  return {
    id: field.id,
    ...name,
    "aria-describedby": field.describedBy,
    "aria-invalid": field.invalid ? "true" : null,
    "aria-required": field.inForm && field.required ? "true" : null,
  };
}

export function placeholder(item, otherwise = "") {
  return item.placeholder ? plain(item.placeholder.text) : otherwise;
}
