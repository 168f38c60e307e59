// The inspector: everything that passed between the apps and Slack, newest last, with every refusal.
import { h, replace } from "./dom.js";
import { icon } from "./icons.js";
import { jsonTree } from "./json.js";
import { store } from "./store.js";

const KEPT = 500;
const KINDS = [
  ["all", "All"],
  ["in", "App to Slack"],
  ["out", "Slack to app"],
  ["refused", "Refused"],
];

// Slack took it without a word, yet somebody will see it broken.
function slipped(entry) {
  return Boolean(entry.slips?.length);
}

export class Inspector {
  constructor({ onClose }) {
    Object.assign(this, { entries: new Map(), rows: new Map(), isOpen: false, kind: "all", words: "", selected: null });
    this.list = h("div", { class: "log-list", role: "listbox", tabindex: "0", "aria-label": "Requests" });
    this.detail = h("div", { class: "log-detail", tabindex: "0", role: "region", "aria-label": "Request and answer" });
    this.count = h("span", { class: "muted", "aria-live": "polite" });
    this.filters = h(
      "div",
      { class: "segmented", role: "group", "aria-label": "Show" },
      KINDS.map(([kind, label]) =>
        h(
          "button",
          {
            type: "button",
            "aria-pressed": String(kind === "all"),
            dataset: { kind },
            onclick: () => this.filter(kind),
          },
          label,
        ),
      ),
    );
    const search = h("input", {
      type: "search",
      class: "text-input",
      placeholder: "Filter",
      "aria-label": "Filter requests",
    });
    search.addEventListener("input", () => {
      this.words = search.value.toLowerCase();
      this.draw();
    });
    this.element = h(
      "section",
      { class: "inspector", "aria-label": "Inspector", hidden: true },
      h(
        "header",
        { class: "inspector-head" },
        h("h2", {}, "Inspector"),
        this.filters,
        search,
        this.count,
        h("span", { class: "grow" }),
        h("button", { type: "button", class: "button small", onclick: () => this.clear() }, "Clear"),
        h(
          "button",
          { type: "button", class: "icon-button", "aria-label": "Close inspector", onclick: onClose },
          icon("close"),
        ),
      ),
      h("div", { class: "inspector-body" }, this.list, this.detail),
    );
    this.list.addEventListener("keydown", (event) => this.walk(event));
    store.on("log", (entry) => this.put(entry));
  }

  async toggle(open) {
    this.isOpen = open;
    this.element.hidden = !open;
    if (!open) return;
    this.explain();
    try {
      const answer = await store.api.get("/sandbox/log", { after: Math.max(0, this.last ?? 0), limit: KEPT });
      answer.entries.forEach((entry) => this.keep(entry));
    } catch (error) {
      replace(this.detail, h("p", { class: "page-note", role: "alert" }, error.message));
    }
    this.draw();
    this.list.focus();
  }

  keep(entry) {
    this.entries.set(entry.n, entry);
    this.last = Math.max(this.last ?? 0, entry.n);
    if (this.entries.size > KEPT) this.entries.delete(this.entries.keys().next().value);
  }

  put(entry) {
    const known = this.rows.get(entry.n);
    this.keep(entry);
    if (!this.isOpen) return;
    const row = this.row(entry);
    const atEnd = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 40;
    if (known) known.replaceWith(row);
    else if (this.matches(entry)) this.list.append(row);
    if (this.matches(entry)) this.rows.set(entry.n, row);
    if (atEnd) this.list.scrollTop = this.list.scrollHeight;
    if (this.selected === entry.n) this.select(entry.n);
    this.counted();
  }

  clear() {
    this.entries.clear();
    this.selected = null;
    this.explain();
    this.draw();
  }

  explain() {
    if (!this.selected)
      replace(this.detail, h("p", { class: "page-note" }, "Choose a request to read it and its answer."));
  }

  filter(kind) {
    this.kind = kind;
    for (const button of this.filters.children)
      button.setAttribute("aria-pressed", String(button.dataset.kind === kind));
    this.draw();
  }

  matches(entry) {
    if (
      this.kind === "refused" ? !entry.refused && !slipped(entry) : this.kind !== "all" && entry.direction !== this.kind
    )
      return false;
    return (
      !this.words ||
      JSON.stringify([entry.kind, entry.refused, entry.note, entry.slips, entry.request, entry.response])
        .toLowerCase()
        .includes(this.words)
    );
  }

  draw() {
    this.rows.clear();
    replace(
      this.list,
      [...this.entries.values()]
        .filter((entry) => this.matches(entry))
        .map((entry) => {
          const row = this.row(entry);
          this.rows.set(entry.n, row);
          return row;
        }),
    );
    this.list.scrollTop = this.list.scrollHeight;
    this.counted();
  }

  counted() {
    const refused = [...this.entries.values()].filter((entry) => entry.refused).length;
    const slips = [...this.entries.values()].filter(slipped).length;
    this.count.textContent = [
      `${this.rows.size} shown`,
      refused && `${refused} refused`,
      slips && `${slips} with slips`,
    ]
      .filter(Boolean)
      .join(", ");
  }

  row(entry) {
    const waiting = entry.response === null && entry.status === null;
    const outcome = entry.refused
      ? h("span", { class: "log-refused" }, entry.refused)
      : slipped(entry)
        ? h("span", { class: "log-slipped" }, "slip")
        : h("span", { class: "log-status" }, waiting ? "…" : String(entry.status ?? "ok"));
    return h(
      "div",
      {
        class: `log-row${entry.refused ? " refused" : slipped(entry) ? " slipped" : ""}`,
        role: "option",
        "aria-selected": String(entry.n === this.selected),
        onclick: () => this.select(entry.n),
      },
      h("time", {}, new Date(entry.time * 1000).toLocaleTimeString("en-GB")),
      h(
        "span",
        { class: `log-arrow ${entry.direction}`, title: entry.direction === "in" ? "App to Slack" : "Slack to app" },
        icon(entry.direction === "in" ? "left" : "right", 14),
        h("span", { class: "for-readers" }, entry.direction === "in" ? "App to Slack" : "Slack to app"),
      ),
      h("span", { class: "log-kind" }, entry.kind),
      outcome,
      h("span", { class: "log-ms" }, entry.ms === null || entry.ms === undefined ? "" : `${Math.round(entry.ms)} ms`),
    );
  }

  select(n) {
    this.rows.get(this.selected)?.setAttribute("aria-selected", "false");
    this.selected = n;
    this.rows.get(n)?.setAttribute("aria-selected", "true");
    this.rows.get(n)?.scrollIntoView({ block: "nearest" });
    const entry = this.entries.get(n);
    if (!entry) return;
    replace(
      this.detail,
      h("h3", {}, entry.kind),
      entry.app ? h("p", { class: "muted" }, store.apps.get(entry.app)?.name ?? entry.app) : null,
      entry.refused
        ? h("p", { class: "field-error" }, icon("warning", 16), h("span", {}, `Refused: ${entry.refused}`))
        : null,
      ...(entry.slips ?? []).map((slip) => h("p", { class: "log-slip" }, icon("warning", 16), h("span", {}, slip))),
      entry.note ? h("p", {}, entry.note) : null,
      h("h4", {}, "Request"),
      jsonTree(entry.request, 2),
      h("h4", {}, "Answer"),
      jsonTree(entry.response, 2),
    );
  }

  walk(event) {
    const shown = [...this.rows.keys()];
    const at = shown.indexOf(this.selected);
    const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? shown.length - 1 : at - 1, Home: 0, End: shown.length - 1 }[
      event.key
    ];
    if (to === undefined) return;
    event.preventDefault();
    if (shown[to] !== undefined) this.select(shown[to]);
  }
}
