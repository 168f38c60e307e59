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

/** A drawn emoji; an unknown name, or one this machine's fonts lack, stays readable as `:name:`. */
export function emoji(name, unicode = "") {
  const character = emojiCharacter(name) ?? fromCodePoints(unicode);
  if (!character) return document.createTextNode(`:${name}:`);
  return h(
    "span",
    { class: "emoji", role: "img", "aria-label": `${name.replaceAll("_", " ")} emoji`, title: `:${name}:` },
    canDraw(character) ? character : `:${name}:`,
  );
}

const drawable = new Map();
let canvas = null;

/** False when the fonts here would show an empty box: it is drawn and compared with what nobody can draw. */
export function canDraw(character) {
  const first = String.fromCodePoint(character.codePointAt(0));
  if (!drawable.has(first)) drawable.set(first, pixels(first) !== pixels("\u{10FFFD}"));
  return drawable.get(first);
}

function pixels(character) {
  canvas ??= Object.assign(document.createElement("canvas"), { width: 24, height: 24 }).getContext("2d", {
    willReadFrequently: true,
  });
  canvas.clearRect(0, 0, 24, 24);
  canvas.font = '16px "Noto Color Emoji", "Apple Color Emoji", "Segoe UI Emoji", system-ui, sans-serif';
  canvas.fillText(character, 2, 18);
  return canvas.getImageData(0, 0, 24, 24).data.join();
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
