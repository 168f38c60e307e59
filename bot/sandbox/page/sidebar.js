// The side bar: the workspace, who you are, the apps, channels and direct messages with their unread marks.
import { avatar } from "./avatar.js";
import { openNewChannel, openNewMessage } from "./channel_forms.js";
import { h, replace } from "./dom.js";
import { icon } from "./icons.js";
import { openPersonSwitcher, personNotes } from "./people.js";
import { readRoute } from "./route.js";
import { store } from "./store.js";
import { openSwitcher } from "./switcher.js";
import { isDark, toggleTheme } from "./theme.js";

const SIGNS = { public: "hash", private: "lock", mpim: "people" };

export class Sidebar {
  constructor(onInspector) {
    this.list = h("div", { class: "sidebar-lists" });
    this.who = h("div", {});
    this.element = h(
      "nav",
      { class: "sidebar", id: "sidebar", "aria-label": "Workspace" },
      h(
        "div",
        { class: "sidebar-head" },
        h("h1", { class: "workspace-name" }, store.workspace.name),
        this.who,
        h(
          "button",
          { type: "button", class: "jump", onclick: () => openSwitcher() },
          icon("search", 16),
          h("span", {}, "Jump to…"),
          h("kbd", {}, "Ctrl K"),
        ),
      ),
      this.list,
      this.foot(onInspector),
    );
    for (const name of ["channels", "apps", "people"]) store.on(name, () => this.later());
    this.draw();
  }

  foot(onInspector) {
    const themeName = () => (isDark() ? "Light colours" : "Dark colours");
    const theme = h(
      "button",
      {
        type: "button",
        class: "foot-button",
        "aria-label": themeName(),
        title: themeName(),
        onclick: () => {
          toggleTheme();
          theme.setAttribute("aria-label", themeName());
          theme.title = themeName();
          replace(theme, icon(isDark() ? "sun" : "moon"));
        },
      },
      icon(isDark() ? "sun" : "moon"),
    );
    this.inspect = h(
      "button",
      { type: "button", class: "foot-button wide", "aria-pressed": "false", onclick: onInspector },
      icon("eye"),
      "Inspector",
    );
    return h("div", { class: "sidebar-foot" }, this.inspect, theme);
  }

  // Many changes in a moment (a busy channel) are drawn once.
  later() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.draw();
    });
  }

  draw() {
    const focused = document.activeElement?.closest?.(".side-row")?.getAttribute("href");
    replace(this.who, this.person());
    const channels = [...store.channels.values()].filter(
      (channel) => channel.is_member !== false && !channel.is_archived,
    );
    const byName = (one, other) => one.name.localeCompare(other.name);
    const rooms = channels.filter((channel) => channel.kind in SIGNS && channel.kind !== "mpim").sort(byName);
    const bots = new Set([...store.apps.values()].map((app) => app.bot_user_id));
    const direct = channels
      .filter((channel) => (channel.kind === "im" && !bots.has(channel.user)) || channel.kind === "mpim")
      .sort(byName);
    replace(
      this.list,
      section("Apps", [...store.apps.values()].map(appRow)),
      section(
        "Channels",
        rooms.map(channelRow),
        h(
          "button",
          {
            type: "button",
            class: "icon-button",
            "aria-label": "New channel",
            title: "New channel",
            onclick: openNewChannel,
          },
          icon("plus", 16),
        ),
      ),
      section(
        "Direct messages",
        direct.map(channelRow),
        h(
          "button",
          {
            type: "button",
            class: "icon-button",
            "aria-label": "New message",
            title: "New message",
            onclick: openNewMessage,
          },
          icon("plus", 16),
        ),
      ),
    );
    if (focused) this.list.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
    const unread = channels.reduce((sum, channel) => sum + (channel.mentions ?? 0), 0);
    document.title = `${unread ? `(${unread}) ` : ""}${store.workspace.name}`;
  }

  person() {
    const button = h(
      "button",
      {
        type: "button",
        class: "who",
        "aria-haspopup": "dialog",
        "aria-expanded": "false",
        "aria-label": `You are ${store.me.name}. Choose who you are`,
        onclick: () => openPersonSwitcher(button),
      },
      avatar(store.me, "small"),
      h(
        "span",
        { class: "person-words" },
        h("strong", {}, store.me.name),
        h("span", { class: "who-note" }, personNotes(store.me) || store.me.tz),
      ),
      icon("down", 16),
    );
    return button;
  }
}

function section(title, rows, tool = null) {
  return h(
    "section",
    { class: "side-section" },
    h("div", { class: "side-heading" }, h("h2", {}, title), tool),
    rows.length ? h("ul", {}, rows) : h("p", { class: "side-empty" }, "None yet"),
  );
}

function row(address, current, unread, mentions, sign, name, note = null) {
  return h(
    "li",
    {},
    h(
      "a",
      { href: address, class: `side-row${unread ? " unread" : ""}`, "aria-current": current ? "page" : null },
      sign,
      h("span", { class: "side-name" }, name),
      note,
      mentions
        ? h(
            "span",
            { class: "badge" },
            String(mentions),
            h("span", { class: "for-readers" }, mentions === 1 ? " mention" : " mentions"),
          )
        : null,
      unread && !mentions ? h("span", { class: "unread-dot" }, h("span", { class: "for-readers" }, " unread")) : null,
    ),
  );
}

function channelRow(channel) {
  const sign =
    channel.kind === "im" ? avatar(store.person(channel.user) ?? channel, "tiny") : icon(SIGNS[channel.kind], 16);
  const direct = channel.kind === "im" || channel.kind === "mpim";
  const secret = channel.kind === "private" ? h("span", { class: "for-readers" }, " private channel") : null;
  const count = direct ? channel.unread : channel.mentions;
  return row(
    store.address(channel.id),
    readRoute().place === channel.id,
    channel.unread,
    count,
    sign,
    channel.name,
    secret,
  );
}

function appRow(app) {
  const channel = store.appChannel(app);
  const away = app.mode !== "none" && !app.connected;
  const note = away ? h("span", { class: "side-away", title: "The app is not connected" }, "away") : null;
  return row(
    store.address(app.id),
    [app.id, channel?.id].includes(readRoute().place),
    channel?.unread,
    channel?.unread,
    avatar({ name: app.name, id: app.id, isApp: true }, "tiny"),
    app.name,
    note,
  );
}
