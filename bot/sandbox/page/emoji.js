// Emoji by their Slack names: drawing, completing and choosing them.
import { h } from "./dom.js";
import { GROUPS } from "./emoji_table.js";

const SKIN_TONES = ["", "", "🏻", "🏼", "🏽", "🏾", "🏿"];
const characters = new Map();
const groups = new Map();

for (const [group, table] of Object.entries(GROUPS)) {
  const words = table.trim().split(/\s+/);
  const entries = [];
  for (let at = 0; at < words.length; at += 2) {
    const names = words[at].split("|");
    names.forEach((name) => characters.set(name, words[at + 1]));
    entries.push({ name: names[0], character: words[at + 1] });
  }
  groups.set(group, entries);
}

/** The character of `name` (also `+1::skin-tone-3`), or null when the table does not have it. */
export function emojiCharacter(name) {
  const [base, tone] = name.split("::");
  const character = characters.get(base);
  if (!character) return null;
  return character + (SKIN_TONES[Number(tone?.slice("skin-tone-".length))] ?? "");
}

/** A drawn emoji; an unknown name stays readable as `:name:`. */
export function emoji(name, unicode = "") {
  const character = emojiCharacter(name) ?? fromCodePoints(unicode);
  if (!character) return document.createTextNode(`:${name}:`);
  return h("span", { class: "emoji", role: "img", "aria-label": `${name.replaceAll("_", " ")} emoji`, title: `:${name}:` }, character);
}

function fromCodePoints(unicode) {
  if (!/^[0-9a-f]+(-[0-9a-f]+)*$/i.test(unicode)) return null;
  return String.fromCodePoint(...unicode.split("-").map((point) => Number.parseInt(point, 16)));
}

/** Names for completion: those that begin with the letters first, then those that contain them. */
export function findEmoji(letters, most = 8) {
  const wanted = letters.toLowerCase();
  const names = [...characters.keys()];
  const starting = names.filter((name) => name.startsWith(wanted));
  const holding = names.filter((name) => !name.startsWith(wanted) && name.includes(wanted));
  return [...starting, ...holding].slice(0, most).map((name) => ({ name, character: characters.get(name) }));
}

export function emojiGroups() {
  return groups;
}
