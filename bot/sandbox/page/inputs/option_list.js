// The open list of a select: drawn beside it, filtered while typing, walked with the arrows.
import { h, replace, uniqueId } from "../dom.js";
import { icon } from "../icons.js";
import { openPopup } from "../popup.js";
import { matching } from "./sources.js";

const PAUSE = 220;

export class OptionList {
  constructor(input, anchor, { many, source, isChosen, isFull, choose }) {
    Object.assign(this, {
      input,
      anchor,
      many,
      source,
      isChosen,
      isFull,
      choose,
      popup: null,
      rows: [],
      active: -1,
      asked: 0,
    });
    this.id = uniqueId("options");
  }

  toggle(query) {
    if (this.popup) this.close();
    else this.open(query);
  }

  async open(query) {
    if (!this.popup) this.show();
    const asked = ++this.asked;
    if (query.trim().length < this.source.needs) {
      this.message(`Type at least ${this.source.needs} ${this.source.needs === 1 ? "letter" : "letters"}.`);
      return;
    }
    if (!this.source.local) {
      this.message("Looking…");
      await new Promise((resolve) => {
        setTimeout(resolve, PAUSE);
      });
      if (asked !== this.asked || !this.popup) return;
    }
    try {
      const groups = await this.source.load(query);
      if (asked === this.asked && this.popup) this.fill(this.source.local ? matching(groups, query) : groups);
    } catch (error) {
      if (asked === this.asked && this.popup) this.message(error.message);
    }
  }

  show() {
    this.box = h("div", {
      class: "options",
      role: "listbox",
      id: this.id,
      "aria-multiselectable": this.many ? "true" : null,
    });
    this.box.addEventListener("mousedown", (event) => event.preventDefault());
    this.popup = openPopup(this.anchor, this.box, {
      matchWidth: this.anchor.offsetWidth > 200,
      onClose: () => this.closed(),
    });
    this.input.setAttribute("aria-expanded", "true");
    this.input.setAttribute("aria-controls", this.id);
  }

  close() {
    this.popup?.close();
  }

  closed() {
    this.popup = null;
    this.asked += 1;
    this.rows = [];
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  message(text) {
    this.rows = [];
    replace(this.box, h("div", { class: "options-note", role: "status" }, text));
    this.popup.place();
  }

  fill(groups) {
    this.rows = [];
    this.box.replaceChildren();
    for (const group of groups) {
      if (!group.items.length) continue;
      if (group.label) this.box.append(h("div", { class: "options-group" }, group.label));
      for (const entry of group.items) this.box.append(this.row(entry));
    }
    if (!this.rows.length) this.message("Nothing matches.");
    else
      this.activate(
        Math.max(
          0,
          this.rows.findIndex(({ entry }) => !this.many && this.isChosen(entry)),
        ),
      );
    this.popup.place();
  }

  row(entry) {
    const chosen = this.isChosen(entry);
    const full = !chosen && this.isFull();
    const node = h(
      "div",
      {
        role: "option",
        id: `${this.id}-${this.rows.length}`,
        class: "option",
        "aria-selected": String(chosen),
        "aria-disabled": full ? "true" : null,
        onclick: () => !full && this.choose(entry),
      },
      entry.icon ? icon(entry.icon, 15) : null,
      h(
        "span",
        { class: "option-text" },
        h("span", {}, entry.label),
        entry.note ? h("span", { class: "option-note" }, entry.note) : null,
      ),
      chosen ? icon("check", 15) : null,
    );
    this.rows.push({ node, entry });
    return node;
  }

  activate(index) {
    this.rows[this.active]?.node.classList.remove("active");
    this.active = index;
    const row = this.rows[index];
    if (!row) return;
    row.node.classList.add("active");
    row.node.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", row.node.id);
  }

  /** True when the key was meant for the list. */
  key(event, query) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!this.popup) this.open(query);
      else if (this.rows.length)
        this.activate((this.active + (event.key === "ArrowDown" ? 1 : -1) + this.rows.length) % this.rows.length);
      return true;
    }
    if (event.key === "Enter" && this.popup && this.rows[this.active]) {
      event.preventDefault();
      this.rows[this.active].node.click();
      return true;
    }
    return false;
  }
}
