// The quick switcher (Ctrl K): every conversation, app and person by a few letters.
import { avatar } from "./avatar.js";
import { h, replace, uniqueId } from "./dom.js";
import { icon } from "./icons.js";
import { send } from "./gestures.js";
import { openDialog } from "./overlay.js";
import { personNotes } from "./people.js";
import { go } from "./route.js";
import { store } from "./store.js";

const MOST = 12;
const SIGNS = { public: "hash", private: "lock", mpim: "people" };
let isOpen = false;

export function openSwitcher() {
  if (isOpen) return;
  isOpen = true;
  const { body, dialog, close } = openDialog({
    title: "Jump to",
    className: "dialog-switcher",
    onDismiss: () => end(),
  });
  const end = () => {
    isOpen = false;
    close();
  };
  const listId = uniqueId("jump");
  const list = h("div", { class: "jump-list", role: "listbox", id: listId, "aria-label": "Places" });
  const input = h("input", {
    type: "text",
    class: "text-input",
    role: "combobox",
    "aria-label": "Channel, app or person",
    "aria-expanded": "true",
    "aria-controls": listId,
    placeholder: "Channel, app or person",
    autocomplete: "off",
  });
  const state = { found: [], at: 0 };
  const draw = () => {
    replace(
      list,
      state.found.length
        ? state.found.map((place, index) => option(place, index, index === state.at, listId, () => choose(place)))
        : h("p", { class: "options-note" }, "Nothing matches."),
    );
    input.setAttribute("aria-activedescendant", state.found.length ? `${listId}-${state.at}` : "");
    list.children[state.at]?.scrollIntoView({ block: "nearest" });
  };
  const choose = async (place) => {
    end();
    await place.open();
  };
  const find = () => {
    state.found = places(input.value);
    state.at = 0;
    draw();
  };
  input.addEventListener("input", find);
  dialog.addEventListener("keydown", (event) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && state.found.length) state.at = (state.at + move + state.found.length) % state.found.length;
    else if (event.key === "Enter" && state.found[state.at]) return choose(state.found[state.at]);
    else return undefined;
    event.preventDefault();
    return draw();
  });
  body.append(input, list);
  find();
  input.focus();
}

function option(place, index, active, listId, run) {
  return h(
    "div",
    {
      role: "option",
      id: `${listId}-${index}`,
      class: `option${active ? " active" : ""}`,
      "aria-selected": String(active),
      onclick: run,
    },
    place.sign(),
    h(
      "span",
      { class: "option-text" },
      h("span", {}, place.name),
      place.note ? h("span", { class: "option-note" }, place.note) : null,
    ),
    place.unread ? h("span", { class: "badge" }, "new") : null,
  );
}

function places(letters) {
  const wanted = letters.trim().toLowerCase().replace(/^[#@]/, "");
  const all = [...appPlaces(), ...channelPlaces(), ...personPlaces()];
  const matches = all.filter((place) => `${place.name} ${place.note ?? ""}`.toLowerCase().includes(wanted));
  const rank = (place) => (wanted && place.name.toLowerCase().startsWith(wanted) ? 0 : 2) + (place.unread ? 0 : 1);
  return matches.sort((one, other) => rank(one) - rank(other)).slice(0, MOST);
}

function appPlaces() {
  return [...store.apps.values()].map((app) => ({
    name: app.name,
    note: "App",
    sign: () => avatar({ name: app.name, id: app.id, isApp: true }, "tiny"),
    open: () => go(store.me.id, app.id),
  }));
}

function channelPlaces() {
  return [...store.channels.values()]
    .filter((channel) => channel.kind !== "im")
    .map((channel) => ({
      name: channel.name,
      unread: channel.unread,
      sign: () => icon(SIGNS[channel.kind] ?? "hash", 16),
      open: () => go(store.me.id, channel.id),
      note: channel.is_archived ? "archived" : channel.is_member === false ? "not joined" : null,
    }));
}

function personPlaces() {
  return [...store.people.values()]
    .filter((person) => !person.is_bot && !person.deleted && person.id !== store.me.id)
    .map((person) => ({
      name: person.name,
      note: personNotes(person),
      sign: () => avatar(person, "tiny"),
      open: async () => {
        const answer = await send("/sandbox/dm", { users: [person.id] });
        if (answer) go(store.me.id, answer.channel.id ?? answer.channel);
      },
    }));
}
