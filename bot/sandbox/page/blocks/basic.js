// The blocks every app uses: section, context, header, divider, image, actions.
import { append, h, picture } from "../dom.js";
import { element } from "../inputs/index.js";
import { store } from "../store.js";
import { mrkdwn, plain, plainText, textObject } from "../text.js";

const LONG_TEXT = 900;

export function section(block, surface) {
  const main = h("div", { class: "section-main" });
  if (block.text) main.append(foldable(block, h("div", { class: "section-text" }, textObject(block.text))));
  if (block.fields) {
    main.append(
      h(
        "div",
        { class: "section-fields" },
        block.fields.map((field) => h("div", { class: "section-field" }, textObject(field))),
      ),
    );
  }
  const node = h("div", { class: "block-section" }, main);
  if (block.accessory && mayPress(block.accessory)) {
    const className = block.accessory.type === "image" ? "accessory accessory-image" : "accessory";
    node.append(
      h(
        "div",
        { class: className },
        element(block.accessory, block, surface, { label: plain(block.text?.text ?? "") }),
      ),
    );
  }
  return node;
}

// Slack folds a long section unless told to expand it.
function foldable(block, node) {
  if (block.expand || (block.text.text ?? "").length < LONG_TEXT) return node;
  node.classList.add("folded");
  const more = h(
    "button",
    {
      type: "button",
      class: "link-button",
      "aria-expanded": "false",
      onclick: () => {
        const folded = node.classList.toggle("folded");
        more.textContent = folded ? "See more" : "See less";
        more.setAttribute("aria-expanded", String(!folded));
      },
    },
    "See more",
  );
  return append(h("div"), [node, more]);
}

/** A button may be meant for some people only; the others do not see it. */
export function mayPress(item) {
  return !item.visible_to_user_ids?.length || item.visible_to_user_ids.includes(store.me?.id);
}

export function context(block) {
  return h(
    "div",
    { class: "block-context" },
    block.elements.map((item) =>
      item.type === "image"
        ? picture(item.image_url ?? item.slack_file?.url, item.alt_text, "context-image")
        : h("span", { class: "context-text" }, item.type === "mrkdwn" ? mrkdwn(item.text) : plainText(item.text)),
    ),
  );
}

export function header(block) {
  const level = block.level ?? 3;
  return h("h3", { class: `block-header level-${level}` }, plainText(block.text?.text ?? ""));
}

export function divider() {
  return h("hr", { class: "block-divider" });
}

export function image(block) {
  const title = block.title ? h("figcaption", {}, textObject(block.title)) : null;
  return h("figure", { class: "block-image" }, title, picture(imageAddress(block), block.alt_text));
}

/** An image's address: its own, or that of a file in this workspace. */
export function imageAddress(item) {
  if (item.image_url) return item.image_url;
  return item.slack_file?.id ? store.api.fileAddress(item.slack_file.id) : item.slack_file?.url;
}

export function actions(block, surface) {
  const items = (block.elements ?? []).filter(mayPress);
  return h(
    "div",
    { class: "block-actions" },
    items.map((item) => element(item, block, surface)),
  );
}

export function contextActions(block, surface) {
  const items = (block.elements ?? []).filter(mayPress);
  return h(
    "div",
    { class: "block-actions block-context-actions" },
    items.map((item) => element(item, block, surface)),
  );
}
