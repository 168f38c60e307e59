// Things to press: buttons, icon buttons, feedback buttons, overflow menus.
import { h, safeUrl } from "../dom.js";
import { icon } from "../icons.js";
import { openMenu } from "../menu.js";
import { plain, textObject } from "../text.js";

const ICONS = { trash: "trash", edit: "edit" };

/** While the app has not answered, the button shows it and cannot be pressed again. */
async function busy(node, work) {
  if (node.getAttribute("aria-busy") === "true") return;
  node.setAttribute("aria-busy", "true");
  try {
    await work();
  } finally {
    node.removeAttribute("aria-busy");
  }
}

export function button(item, field) {
  const style = { primary: " primary", danger: " danger" }[item.style] ?? "";
  const link = item.url ? safeUrl(item.url) : null;
  const press = () => busy(node, () => field.surface.act(field.block, item));
  const props = { class: `button small${style}`, "aria-label": item.accessibility_label, onclick: press };
  const node = link
    ? h("a", { ...props, href: link, target: "_blank", rel: "noopener noreferrer" }, textObject(item.text))
    : h("button", { ...props, type: "button" }, textObject(item.text));
  return node;
}

export function iconButton(item, field) {
  const name = item.accessibility_label ?? plain(item.text?.text ?? item.icon);
  const node = h(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": name,
      title: name,
      onclick: () => busy(node, () => field.surface.act(field.block, item)),
    },
    icon(ICONS[item.icon] ?? "bolt"),
  );
  return node;
}

export function feedbackButtons(item, field) {
  const make = (choice, sign) => {
    const name = choice.accessibility_label ?? plain(choice.text?.text ?? "");
    const node = h(
      "button",
      {
        type: "button",
        class: "icon-button feedback",
        "aria-label": name,
        title: plain(choice.text?.text ?? name),
        "aria-pressed": "false",
        onclick: () =>
          busy(node, async () => {
            await field.surface.act(field.block, item, { value: choice.value });
            node.parentNode
              .querySelectorAll(".feedback")
              .forEach((other) => other.setAttribute("aria-pressed", String(other === node)));
          }),
      },
      icon(sign),
    );
    return node;
  };
  return h(
    "span",
    { class: "feedback-buttons" },
    make(item.positive_button, "up"),
    make(item.negative_button, "thumbdown"),
  );
}

export function overflow(item, field) {
  const node = h(
    "button",
    {
      type: "button",
      class: "icon-button overflow",
      "aria-label": "More options",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
    },
    icon("dots"),
  );
  node.addEventListener("click", () =>
    openMenu(
      node,
      item.options.map((option) => ({
        label: plain(option.text.text),
        note: option.description ? plain(option.description.text) : null,
        href: option.url ? safeUrl(option.url) : null,
        run: () => busy(node, () => field.surface.act(field.block, item, { value: option.value })),
      })),
      { label: "More options", align: "end" },
    ),
  );
  return node;
}
