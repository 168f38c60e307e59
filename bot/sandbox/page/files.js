// Files in messages.
import { h, picture } from "./dom.js";
import { icon } from "./icons.js";
import { store } from "./store.js";

const UNITS = ["bytes", "kB", "MB", "GB"];

export function fileSize(bytes) {
  if (!Number.isFinite(bytes)) return "";
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  const value = bytes / 1000 ** power;
  return `${power ? value.toFixed(value < 10 ? 1 : 0) : value} ${UNITS[power]}`;
}

/** A file as a card that downloads it; images show themselves. */
export function fileCard(file) {
  if (file.mode === "tombstone")
    return h("div", { class: "file-card" }, icon("file"), h("span", { class: "muted" }, "This file was deleted."));
  const name = file.title || file.name;
  const card = h(
    "a",
    {
      class: "file-card",
      href: store.api.fileAddress(file.id, true),
      download: file.name,
      "aria-label": `Download ${file.name}`,
    },
    icon("file", 22),
    h(
      "span",
      { class: "file-words" },
      h("span", { class: "file-name" }, name),
      h(
        "span",
        { class: "muted" },
        [file.pretty_type || file.filetype, fileSize(file.size)].filter(Boolean).join(" · "),
      ),
    ),
    icon("download"),
  );
  if (!file.mimetype?.startsWith("image/")) return card;
  return h("div", { class: "file-image" }, picture(store.api.fileAddress(file.id), file.alt_txt || name), card);
}
