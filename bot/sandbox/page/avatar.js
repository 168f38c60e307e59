// A face for everybody: their picture, or their initials on a colour that stays theirs.
import { h, picture } from "./dom.js";

const HUES = 12;

export function avatar({ name, id, image, isApp }, size = "") {
  if (image) return h("span", { class: `avatar ${size}`, "aria-hidden": "true" }, picture(image, ""));
  const words = name.split(/[\s-]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const initials = (words.length > 1 ? words[0][0] + words.at(-1)[0] : name.slice(0, 2)).toUpperCase();
  return h("span", { class: `avatar ${size} hue-${hash(id ?? name) % HUES}${isApp ? " avatar-app" : ""}`, "aria-hidden": "true" }, initials);
}

function hash(text) {
  let value = 7;
  for (const character of text) value = (value * 31 + character.codePointAt(0)) % 9973;
  return value;
}
