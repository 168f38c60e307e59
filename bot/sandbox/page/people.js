// People: choosing who to be, and who somebody is.
import { avatar } from "./avatar.js";
import { timeOf } from "./dates.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { openPopup } from "./popup.js";
import { send } from "./gestures.js";
import { go, readRoute } from "./route.js";
import { store } from "./store.js";

/** "Cabinet secretary · admin · guest": what matters of a person in one line. */
export function personNotes(person) {
  return [
    person.title,
    person.is_owner ? "owner" : person.is_admin ? "admin" : null,
    person.is_ultra_restricted ? "single-channel guest" : person.is_restricted ? "guest" : null,
    person.is_stranger ? "from another workspace" : null,
    person.is_bot ? "app" : null,
    person.deleted ? "deactivated" : null,
  ]
    .filter(Boolean)
    .join(" · ");
}

function zoneNote(person) {
  return `${timeOf(store.now(), { tz: person.tz, locale: store.me.locale })} ${person.tz_label ?? person.tz}`;
}

/** The person switcher: a list with type-ahead, as somebody else in one press. */
export function openPersonSwitcher(anchor) {
  const people = [...store.people.values()].filter((person) => !person.is_bot && !person.deleted);
  const search = h("input", {
    type: "search",
    class: "text-input",
    "aria-label": "Find a person or a role",
    placeholder: "Find a person or a role",
  });
  const list = h(
    "div",
    { class: "switch-list", role: "listbox", "aria-label": "People" },
    people.map((person) => personRow(person, () => choose(person))),
  );
  const box = h("div", { class: "person-switcher", role: "dialog", "aria-label": "Choose who you are" }, search, list);
  const popup = openPopup(anchor, box, { onClose: () => anchor.setAttribute("aria-expanded", "false") });
  anchor.setAttribute("aria-expanded", "true");
  const choose = (person) => {
    popup.close();
    const { place, tab } = readRoute();
    if (person.id !== store.me.id) go(person.id, place ?? "", tab ?? "");
  };
  const shown = () => [...list.children].filter((row) => !row.hidden);
  search.addEventListener("input", () => {
    const wanted = search.value.toLowerCase();
    for (const row of list.children) row.hidden = !row.textContent.toLowerCase().includes(wanted);
  });
  box.addEventListener("keydown", (event) => {
    const rows = shown();
    const at = rows.indexOf(document.activeElement);
    if (event.key === "ArrowDown") rows[Math.min(at + 1, rows.length - 1)]?.focus();
    else if (event.key === "ArrowUp") (at > 0 ? rows[at - 1] : search).focus();
    else if (event.key === "Enter" && at < 0) rows[0]?.click();
    else return;
    event.preventDefault();
  });
  search.focus();
}

function personRow(person, run) {
  const mine = person.id === store.me.id;
  return h(
    "button",
    { type: "button", class: "person-row", role: "option", "aria-selected": String(mine), onclick: run },
    avatar(person, "small"),
    h(
      "span",
      { class: "person-words" },
      h("strong", {}, person.name),
      h("span", { class: "muted" }, [personNotes(person), zoneNote(person)].filter(Boolean).join(" · ")),
    ),
    mine ? icon("check") : null,
  );
}

/** A small card about a person: role, their local time, e-mail, and a way to write to them or to be them. */
export function openProfile(anchor, id) {
  const person = store.person(id);
  if (!person || !store.me) return;
  const message = async () => {
    popup.close();
    const answer = await send("/sandbox/dm", { users: [id] });
    if (answer) go(store.me.id, answer.channel.id ?? answer.channel);
  };
  const become = () => {
    popup.close();
    go(id, readRoute().place ?? "");
  };
  const other = id !== store.me.id;
  const card = h(
    "div",
    { class: "profile", role: "dialog", "aria-label": person.name },
    h(
      "div",
      { class: "profile-head" },
      avatar(person, "large"),
      h("div", {}, h("strong", {}, person.name), h("div", { class: "muted" }, `@${person.handle}`)),
    ),
    h(
      "dl",
      {},
      fact("Role", personNotes(person)),
      fact("Local time", person.tz ? zoneNote(person) : ""),
      fact("E-mail", person.email),
      fact("Language", person.locale),
    ),
    h(
      "div",
      { class: "profile-actions" },
      other ? h("button", { type: "button", class: "button primary small", onclick: message }, "Message") : null,
      other && !person.is_bot && !person.deleted
        ? h("button", { type: "button", class: "button small", onclick: become }, `Be ${person.name}`)
        : null,
    ),
  );
  const popup = openPopup(anchor, card, { onClose: () => anchor.isConnected && anchor.focus?.() });
  card.querySelector("button")?.focus();
}

function fact(name, value) {
  return value ? [h("dt", {}, name), h("dd", {}, value)] : [];
}
