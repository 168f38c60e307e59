// Selects with type-ahead, for one choice or several: a combobox whose list of options opens beside it.
import { h, replace } from "../dom.js";
import { icon } from "../icons.js";
import { described, placeholder } from "./field.js";
import { OptionList } from "./option_list.js";
import { sourceOf } from "./sources.js";

const keyOfValue = (value) => value?.value ?? value;

class Select {
  constructor(item, field, many) {
    Object.assign(this, { item, field, many, source: sourceOf(item, field) });
    this.known = new Map(this.source.known().map((entry) => [entry.key, entry]));
    this.values = [field.value ?? []].flat();
    this.input = h("input", {
      ...described(item, field),
      type: "text",
      role: "combobox",
      class: "select-input",
      autocomplete: "off",
      spellcheck: "false",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-haspopup": "listbox",
    });
    this.chips = many ? h("span", { class: "chips" }) : null;
    this.clear = h(
      "button",
      {
        type: "button",
        class: "icon-button select-clear",
        "aria-label": "Clear",
        tabindex: "-1",
        onclick: () => this.set([]),
      },
      icon("close", 14),
    );
    this.node = h(
      "div",
      { class: `select${field.inForm ? "" : " select-compact"}${many ? " select-many" : ""}` },
      this.chips,
      this.input,
      this.clear,
      h("span", { class: "select-arrow", "aria-hidden": "true" }, icon("down", 16)),
    );
    this.list = new OptionList(this.input, this.node, {
      many,
      source: this.source,
      isChosen: (entry) => this.values.some((value) => keyOfValue(value) === entry.key),
      isFull: () => many && this.values.length >= (item.max_selected_items ?? Infinity),
      choose: (entry) => this.choose(entry),
    });
    this.listen();
    this.draw();
  }

  listen() {
    this.node.addEventListener("pointerdown", (event) => {
      if (event.target.closest("button")) return;
      if (event.target !== this.input) event.preventDefault();
      this.input.focus();
      // Pressing in the text of an open list is editing, pressing its arrow closes it.
      if (!this.list.popup || event.target !== this.input) this.list.toggle(this.query());
    });
    this.input.addEventListener("input", () => this.list.open(this.query()));
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("focus", () => !this.many && this.input.select());
    this.input.addEventListener("blur", () => {
      this.list.close();
      this.draw();
    });
  }

  // The text of a chosen option is no search: only what was typed over it is.
  query() {
    return !this.many && this.input.value === this.shownLabel() ? "" : this.input.value;
  }

  key(event) {
    if (this.list.key(event, this.query())) return;
    if (event.key === "Backspace" && this.many && !this.input.value && this.values.length)
      this.set(this.values.slice(0, -1));
    if (event.key === "Enter") event.preventDefault();
  }

  async choose(entry) {
    this.known.set(entry.key, entry);
    if (!this.many) {
      this.list.close();
      await this.set([entry.value]);
      this.input.select();
      return;
    }
    const chosen = this.values.some((value) => keyOfValue(value) === entry.key);
    const rest = this.values.filter((value) => keyOfValue(value) !== entry.key);
    this.input.value = "";
    await this.set(chosen ? rest : [...rest, entry.value]);
    this.list.open("");
  }

  /** Take new values, unless the person declines the element's confirmation. */
  async set(values) {
    const before = this.values;
    this.values = values;
    this.draw();
    if (await this.field.change(this.many ? values : (values[0] ?? null))) return;
    this.values = before;
    this.draw();
  }

  labelOf(value) {
    return this.known.get(keyOfValue(value))?.label ?? String(keyOfValue(value));
  }

  shownLabel() {
    return this.values.length ? this.labelOf(this.values[0]) : "";
  }

  draw() {
    const may = this.many || (this.field.inForm && !this.field.required);
    this.clear.hidden = !may || !this.values.length;
    const hint = placeholder(this.item, this.many ? "Choose" : "Choose one");
    this.input.placeholder = this.many && this.values.length ? "" : hint;
    if (!this.many) this.input.value = this.shownLabel();
    else if (document.activeElement !== this.input) this.input.value = "";
    if (!this.many) this.input.size = Math.min(32, Math.max(hint.length, this.shownLabel().length, 10) + 1);
    if (this.many)
      replace(
        this.chips,
        this.values.map((value) => this.chip(value)),
      );
  }

  chip(value) {
    const label = this.labelOf(value);
    return h(
      "span",
      { class: "chip" },
      label,
      h(
        "button",
        {
          type: "button",
          "aria-label": `Remove ${label}`,
          onclick: () => this.set(this.values.filter((other) => keyOfValue(other) !== keyOfValue(value))),
        },
        icon("close", 12),
      ),
    );
  }
}

export function singleSelect(item, field) {
  return new Select(item, field, false).node;
}

export function multiSelect(item, field) {
  return new Select(item, field, true).node;
}
