// An input block: label, control, hint, and the error beside it.
import { h, uniqueId } from "../dom.js";
import { icon } from "../icons.js";
import { element, labelsItself } from "../inputs/index.js";
import { textObject } from "../text.js";

export function input(block, surface) {
  const ids = { control: uniqueId("in"), label: uniqueId("label"), hint: uniqueId("hint"), error: uniqueId("error") };
  const error = surface.errors[block.block_id];
  const control = element(block.element, block, surface, {
    id: ids.control,
    labelledBy: ids.label,
    invalid: Boolean(error),
    required: !block.optional,
    describedBy: [error && ids.error, block.hint && ids.hint].filter(Boolean).join(" ") || null,
  });
  const label = labelsItself(block.element)
    ? h("span", { id: ids.label, class: "field-label" }, textObject(block.label))
    : h("label", { id: ids.label, class: "field-label", for: ids.control }, textObject(block.label));
  return h(
    "div",
    { class: `block-input${error ? " has-error" : ""}` },
    h(
      "div",
      { class: "field-heading" },
      label,
      block.optional ? [" ", h("span", { class: "field-optional" }, "(optional)")] : null,
    ),
    control,
    error
      ? h("p", { id: ids.error, class: "field-error", role: "alert" }, icon("warning", 16), h("span", {}, error))
      : null,
    block.hint ? h("p", { id: ids.hint, class: "field-hint" }, textObject(block.hint)) : null,
  );
}
