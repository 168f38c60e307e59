// Attachments, the older way to add to a message: a coloured bar with a title, text, fields or blocks.
import { renderBlocks } from "./blocks/index.js";
import { h, outsideLink, picture } from "./dom.js";
import { mrkdwn } from "./text.js";

const NAMED = { good: "var(--good)", warning: "var(--warn)", danger: "var(--bad)" };

export function attachment(item, surface) {
  const colour =
    NAMED[item.color] ??
    (/^#?[0-9a-f]{3,8}$/i.test(item.color ?? "") ? `#${item.color.replace("#", "")}` : "var(--line-strong)");
  const title = item.title
    ? h("strong", {}, item.title_link ? outsideLink(item.title_link, item.title) : item.title)
    : null;
  return h(
    "div",
    {},
    item.pretext ? h("div", {}, mrkdwn(item.pretext)) : null,
    h(
      "div",
      { class: "attachment", style: `border-left-color:${colour}` },
      item.author_name ? h("div", { class: "muted" }, item.author_name) : null,
      title,
      item.blocks?.length ? renderBlocks(item.blocks, surface) : item.text ? h("div", {}, mrkdwn(item.text)) : null,
      item.fields?.length
        ? h(
            "div",
            { class: "section-fields" },
            item.fields.map((field) =>
              h(
                "div",
                { class: "section-field" },
                h("strong", {}, field.title),
                h("div", {}, mrkdwn(field.value ?? "")),
              ),
            ),
          )
        : null,
      item.image_url ? picture(item.image_url, item.fallback ?? "") : null,
      item.footer ? h("div", { class: "muted" }, item.footer) : null,
    ),
  );
}
