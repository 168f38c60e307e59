// A face for everybody: their initials on a colour that stays theirs, or the picture an app chose for a message.
import { h, picture } from "./dom.js";

const HUES = 12;

/** Of a person, an app (`isApp`) or a message's author (who may carry a `picture`). */
export function avatar({ name, id, picture: address, isApp }, size = "") {
  if (address) return h("span", { class: `avatar ${size}`, "aria-hidden": "true" }, picture(address, ""));
  const words = name.split(/[\s-]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const initials = (words.length > 1 ? words[0][0] + words.at(-1)[0] : name.slice(0, 2)).toUpperCase();
  return h(
    "span",
    { class: `avatar ${size} hue-${hash(id ?? name) % HUES}${isApp ? " avatar-app" : ""}`, "aria-hidden": "true" },
    initials,
  );
}

function hash(text) {
  let value = 7;
  for (const character of text) value = (value * 31 + character.codePointAt(0)) % 9973;
  return value;
}
