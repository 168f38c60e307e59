// Blocks that hold others or stand out: card, carousel, container, alert.
import { h, picture, uniqueId } from "../dom.js";
import { icon } from "../icons.js";
import { element } from "../inputs/index.js";
import { textObject } from "../text.js";
import { imageAddress, mayPress } from "./basic.js";
import { richText } from "./rich_text.js";

const ALERTS = { default: "info", info: "info", warning: "warning", error: "warning", success: "check" };

export function alert(block) {
  const level = block.level in ALERTS ? block.level : "default";
  const word = level === "default" ? null : h("span", { class: "for-readers" }, `${level}: `);
  return h(
    "div",
    { class: `block-alert alert-${level}`, role: level === "error" ? "alert" : "note" },
    icon(ALERTS[level]),
    h("div", {}, word, textObject(block.text)),
  );
}

export function card(block, surface) {
  const titles = h(
    "div",
    { class: "card-titles" },
    block.title ? h("div", { class: "card-title" }, textObject(block.title)) : null,
    block.subtitle ? h("div", { class: "card-subtitle" }, textObject(block.subtitle)) : null,
  );
  return h(
    "article",
    { class: "block-card" },
    block.hero_image ? picture(imageAddress(block.hero_image), block.hero_image.alt_text, "card-hero") : null,
    h(
      "div",
      { class: "card-heading" },
      block.icon ? picture(imageAddress(block.icon), block.icon.alt_text, "card-icon") : null,
      titles,
    ),
    block.body ? h("div", { class: "card-body" }, textObject(block.body)) : null,
    block.actions?.length
      ? h(
          "div",
          { class: "block-actions" },
          block.actions.filter(mayPress).map((item) => element(item, block, surface)),
        )
      : null,
  );
}

export function carousel(block, surface) {
  const track = h(
    "div",
    { class: "carousel-track", tabindex: "0", role: "group", "aria-label": `${block.elements.length} cards` },
    block.elements.map((item) => card(item, surface)),
  );
  const move = (by) => () => track.scrollBy({ left: by * track.clientWidth * 0.8, behavior: "smooth" });
  return h(
    "div",
    { class: "block-carousel" },
    track,
    block.elements.length > 1
      ? h(
          "div",
          { class: "carousel-buttons" },
          h(
            "button",
            { type: "button", class: "icon-button", "aria-label": "Earlier cards", onclick: move(-1) },
            icon("left"),
          ),
          h(
            "button",
            { type: "button", class: "icon-button", "aria-label": "Further cards", onclick: move(1) },
            icon("right"),
          ),
        )
      : null,
  );
}

export function container(block, surface, render) {
  const width = ["narrow", "standard", "wide", "full"].includes(block.width) ? block.width : "standard";
  const body = h(
    "div",
    { id: uniqueId("container"), class: "container-body" },
    block.child_blocks.map((child) => render(child, surface)),
  );
  const title = h(
    "div",
    { class: "container-title" },
    block.rich_text_title ? richText(block.rich_text_title) : textObject(block.title),
  );
  const heading = h(
    "div",
    { class: "card-heading" },
    block.icon ? picture(imageAddress(block.icon), block.icon.alt_text, "card-icon") : null,
    h(
      "div",
      { class: "card-titles" },
      title,
      block.subtitle ? h("div", { class: "card-subtitle" }, textObject(block.subtitle)) : null,
    ),
  );
  const node = h("section", {
    class: `block-container width-${width}${block.has_header_divider ? " with-divider" : ""}`,
  });
  node.append(block.is_collapsible ? fold(heading, body, block.default_collapsed) : heading, body);
  return node;
}

function fold(heading, body, collapsed) {
  body.hidden = Boolean(collapsed);
  const button = h(
    "button",
    {
      type: "button",
      class: "container-fold",
      "aria-controls": body.id,
      "aria-expanded": String(!collapsed),
      onclick: () => {
        body.hidden = !body.hidden;
        button.setAttribute("aria-expanded", String(!body.hidden));
      },
    },
    icon("down"),
    heading,
  );
  return button;
}
