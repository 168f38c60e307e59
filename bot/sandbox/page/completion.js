// Completion in the composer: `/` commands at the start, `@` people, `#` channels, `:` emoji.
import { avatar } from "./avatar.js";
import { commandsOf } from "./commands.js";
import { h, replace, uniqueId } from "./dom.js";
import { findEmoji } from "./emoji.js";
import { icon } from "./icons.js";
import { openPopup } from "./popup.js";
import { personNotes } from "./people.js";
import { store } from "./store.js";

const MOST = 10;

// What stands before the caret, and what it may become: `{found: [{insert, draw}], length}`.
const KINDS = [
  [
    /^(\/\S*)$/,
    (letters) =>
      commandsOf()
        .filter((one) => one.command.startsWith(letters.toLowerCase()))
        .map((one) => ({
          insert: `${one.command} `,
          whole: one.command,
          draw: () => [
            h("strong", {}, one.command),
            one.usage_hint ? h("code", {}, one.usage_hint) : null,
            h("span", { class: "option-note" }, one.description),
            h("span", { class: "option-source" }, one.app?.name ?? "Workspace"),
          ],
        })),
  ],
  [
    /(?:^|[\s(])@([\p{L}\p{N}._-]*)$/u,
    (letters) =>
      mentionable()
        .filter((one) => one.search.includes(letters.toLowerCase()))
        .map((one) => ({
          insert: `@${one.handle} `,
          draw: () => [one.sign(), h("strong", {}, one.name), h("span", { class: "option-note" }, one.note)],
        })),
  ],
  [
    /(?:^|[\s(])#([\p{L}\p{N}_-]*)$/u,
    (letters) =>
      [...store.channels.values()]
        .filter((one) => one.kind === "public" || one.kind === "private")
        .filter((one) => one.name.includes(letters.toLowerCase()))
        .map((one) => ({
          insert: `#${one.name} `,
          draw: () => [icon(one.kind === "private" ? "lock" : "hash", 15), h("span", {}, one.name)],
        })),
  ],
  [
    /(?:^|\s):([\w+-]{2,})$/,
    (letters) =>
      findEmoji(letters, MOST).map((one) => ({
        insert: `:${one.name}: `,
        draw: () => [h("span", { class: "emoji" }, one.character), h("span", {}, `:${one.name}:`)],
      })),
  ],
];

function mentionable() {
  const people = [...store.people.values()]
    .filter((person) => !person.deleted)
    .map((person) => ({
      handle: person.handle,
      name: person.name,
      note: personNotes(person),
      sign: () => avatar(person, "tiny"),
      search: `${person.name} ${person.handle} ${person.title ?? ""}`.toLowerCase(),
    }));
  const groups = [...store.usergroups.values()].map((group) => ({
    handle: group.handle,
    name: group.handle,
    note: group.name,
    sign: () => icon("people", 15),
    search: `${group.handle} ${group.name}`.toLowerCase(),
  }));
  const all = ["channel", "here"].map((word) => ({
    handle: word,
    name: `@${word}`,
    note: word === "here" ? "Everybody who is here now" : "Everybody in this channel",
    sign: () => icon("people", 15),
    search: word,
  }));
  return [...people, ...groups, ...all];
}

export class Completion {
  constructor(text, anchor) {
    Object.assign(this, { text, anchor, popup: null, found: [], at: 0, id: uniqueId("complete") });
    text.setAttribute("aria-autocomplete", "list");
    text.addEventListener("input", () => this.look());
    text.addEventListener("blur", () => this.close());
  }

  look() {
    const before = this.text.value.slice(0, this.text.selectionStart);
    for (const [pattern, find] of KINDS) {
      const match = pattern.exec(before);
      if (!match) continue;
      this.from = before.length - match[1].length - (pattern.source.startsWith("^(\\/") ? 0 : 1);
      this.found = find(match[1]).slice(0, MOST);
      this.at = 0;
      if (this.found.length) return this.show();
    }
    return this.close();
  }

  show() {
    if (!this.popup) {
      this.box = h("div", { class: "options completions", role: "listbox", id: this.id, "aria-label": "Suggestions" });
      this.box.addEventListener("mousedown", (event) => event.preventDefault());
      this.popup = openPopup(this.anchor, this.box, {
        matchWidth: true,
        onClose: () => {
          this.popup = null;
        },
      });
      this.text.setAttribute("aria-controls", this.id);
    }
    this.draw();
    this.popup.place();
  }

  draw() {
    replace(
      this.box,
      this.found.map((item, index) =>
        h(
          "div",
          {
            role: "option",
            id: `${this.id}-${index}`,
            class: `option${index === this.at ? " active" : ""}`,
            "aria-selected": String(index === this.at),
            onclick: () => this.take(item),
          },
          item.draw(),
        ),
      ),
    );
    this.text.setAttribute("aria-activedescendant", `${this.id}-${this.at}`);
    this.box.children[this.at]?.scrollIntoView({ block: "nearest" });
  }

  close() {
    this.popup?.close();
    this.text.removeAttribute("aria-activedescendant");
  }

  take(item) {
    this.close();
    this.text.setRangeText(item.insert, this.from, this.text.selectionStart, "end");
    this.text.dispatchEvent(new Event("input"));
    this.text.focus();
  }

  /** True when the key was meant for the list. Enter on a command written in full sends it. */
  key(event) {
    if (!this.popup) return false;
    const item = this.found[this.at];
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move) {
      this.at = (this.at + move + this.found.length) % this.found.length;
      this.draw();
    } else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey)) {
      if (event.key === "Enter" && item.whole === this.text.value.trim()) {
        this.close();
        return false;
      }
      this.take(item);
    } else return false;
    event.preventDefault();
    return true;
  }
}
