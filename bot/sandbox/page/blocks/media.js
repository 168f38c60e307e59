// Video, file and markdown blocks.
import { h, outsideLink, picture } from "../dom.js";
import { icon } from "../icons.js";
import { markdown } from "../markdown.js";
import { store } from "../store.js";
import { plain } from "../text.js";

export function markdownBlock(block) {
  return markdown(block.text ?? "");
}

/** A video stays a picture with a link: the page plays nothing from another host. */
export function video(block) {
  const title = plain(block.title?.text ?? "Video");
  return h(
    "figure",
    { class: "block-video" },
    h(
      "figcaption",
      {},
      outsideLink(block.title_url ?? block.video_url, h("strong", {}, title)),
      block.author_name || block.provider_name
        ? h("span", { class: "muted" }, [block.author_name, block.provider_name].filter(Boolean).join(" · "))
        : null,
      block.description ? h("div", {}, plain(block.description.text)) : null,
    ),
    outsideLink(
      block.video_url,
      h(
        "span",
        { class: "video-still" },
        picture(block.thumbnail_url, block.alt_text),
        h("span", { class: "video-play" }, icon("play", 30)),
      ),
    ),
  );
}

export function file(block) {
  const known = block.file ?? (block.file_id ? { id: block.file_id, name: block.external_id ?? block.file_id } : null);
  if (known?.id)
    return h(
      "a",
      { class: "file-card", href: store.api.fileAddress(known.id, true), download: known.name },
      icon("file"),
      known.name,
    );
  return h("div", { class: "file-card" }, icon("file"), h("span", {}, `Remote file ${block.external_id ?? ""}`));
}
