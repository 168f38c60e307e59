// An app's own page: its Home tab, the messages with it, and what it offers.
import { avatar } from "./avatar.js";
import { renderBlocks } from "./blocks/index.js";
import { Conversation, drawerButton } from "./conversation.js";
import { h, replace } from "./dom.js";
import { gesture } from "./gestures.js";
import { icon } from "./icons.js";
import { TABS, go } from "./route.js";
import { store } from "./store.js";
import { Surface } from "./surface.js";

const NAMES = { home: "Home", messages: "Messages", about: "About" };

export class AppPage {
  constructor(app, tab) {
    this.id = app.id;
    this.tab = tab === "home" && app.home === false ? "messages" : tab;
    this.away = h("div", { class: "away", role: "status" });
    this.panel = h(
      "div",
      { class: "app-panel", role: "tabpanel", id: "app-panel", "aria-label": NAMES[this.tab] },
      h("p", { class: "page-note", role: "status" }, "Opening…"),
    );
    this.element = h(
      "div",
      { class: "app-page" },
      h(
        "header",
        { class: "place-head" },
        drawerButton(),
        avatar({ name: app.name, id: app.id, isApp: true }, "small"),
        h("div", { class: "place-words" }, h("h2", {}, app.name), h("div", { class: "topic" }, app.description ?? "")),
      ),
      this.tabs(app),
      this.away,
      this.panel,
    );
    this.ends = [
      store.on("home", (changed) => changed === this.id && this.tab === "home" && this.drawHome()),
      store.on("apps", () => this.drawAway()),
    ];
    this.drawAway();
  }

  get app() {
    return store.apps.get(this.id);
  }

  tabs(app) {
    const names = TABS.filter((name) => name !== "home" || app.home !== false);
    const list = h(
      "div",
      { class: "tabs", role: "tablist", "aria-label": app.name },
      names.map((name) =>
        h(
          "button",
          {
            type: "button",
            role: "tab",
            "aria-selected": String(name === this.tab),
            "aria-controls": "app-panel",
            tabindex: name === this.tab ? "0" : "-1",
            onclick: () => go(store.me.id, this.id, name),
          },
          NAMES[name],
        ),
      ),
    );
    list.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) go(store.me.id, this.id, names[(names.indexOf(this.tab) + step + names.length) % names.length]);
    });
    return list;
  }

  async start() {
    if (this.tab === "about") return replace(this.panel, this.about());
    const answer = await gesture("/sandbox/home", { app: this.id, tab: this.tab });
    if (this.ended || !answer)
      return answer || replace(this.panel, h("p", { class: "page-note" }, "This tab could not be opened."));
    if (this.tab === "messages") return this.openMessages(answer.channel);
    if (answer.view) store.homes.set(this.id, answer.view);
    return this.drawHome();
  }

  async openMessages(channel) {
    if (!store.channels.has(channel)) {
      const answer = await store.api.get("/sandbox/channels");
      answer.channels.forEach((one) => store.putChannel(one));
      if (this.ended) return;
    }
    this.conversation = new Conversation(channel, { withHeader: false });
    replace(this.panel, this.conversation.element);
    await this.conversation.start();
  }

  drawHome() {
    const view = store.homes.get(this.id);
    if (!view) {
      replace(
        this.panel,
        h(
          "div",
          { class: "page-note", role: "status" },
          icon("home", 28),
          h("p", {}, `${this.app.name} has not published its Home for you yet.`),
        ),
      );
      return;
    }
    if (this.surface && this.drawnHash === view.hash) return;
    this.drawnHash = view.hash;
    const focused = this.panel.contains(document.activeElement)
      ? document.activeElement.closest("[data-element]")?.dataset.element
      : null;
    const top = this.panel.scrollTop;
    this.surface = new Surface({
      kind: "home",
      container: { type: "view", view_id: view.id },
      appId: this.id,
      held: view.state?.values ?? {},
      before: this.surface,
      gesture,
    });
    this.surface.keepOnly(view.blocks);
    replace(this.panel, h("div", { class: "home" }, renderBlocks(view.blocks, this.surface)));
    this.panel.scrollTop = top;
    if (focused)
      [...this.panel.querySelectorAll("[data-element]")].find((node) => node.dataset.element === focused)?.focus();
  }

  drawAway() {
    const away = this.app && this.app.mode !== "none" && !this.app.connected;
    this.away.hidden = !away;
    replace(
      this.away,
      icon("warning"),
      h("span", {}, h("strong", {}, "The app is not connected."), " Start it, and this page will notice."),
    );
  }

  about() {
    const { commands, shortcuts } = this.app;
    const list = (rows) =>
      h(
        "dl",
        { class: "about-list" },
        rows.map(([name, words]) => [h("dt", {}, name), h("dd", {}, words)]),
      );
    return h(
      "div",
      { class: "home about" },
      h("p", {}, this.app.description),
      commands.length
        ? [
            h("h3", {}, "Commands"),
            list(commands.map((one) => [`${one.command} ${one.usage_hint ?? ""}`, one.description])),
          ]
        : null,
      shortcuts.length
        ? [h("h3", {}, "Shortcuts"), list(shortcuts.map((one) => [one.name, `${one.description ?? ""} (${one.type})`]))]
        : null,
    );
  }

  end() {
    this.ended = true;
    this.ends.forEach((end) => end());
    this.conversation?.end();
  }
}
