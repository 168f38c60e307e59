// Dates and times. The browser's own pickers: they know the keyboard, the phone and the reader's language.
import { secondsOfWall, wallOf } from "../dates.js";
import { h } from "../dom.js";
import { store } from "../store.js";
import { described } from "./field.js";

function moment(item, field, type, { read, write, note }) {
  let held = field.value;
  const input = h("input", {
    ...described(item, field),
    class: "text-input moment",
    type,
    value: held === null ? "" : write(held),
  });
  input.addEventListener("change", async () => {
    const value = input.value ? read(input.value) : null;
    if (await field.change(value)) held = value;
    else input.value = held === null ? "" : write(held);
  });
  return h("div", { class: "moment-field" }, input, note ? h("span", { class: "muted" }, note) : null);
}

const same = (value) => value;

export function date(item, field) {
  return moment(item, field, "date", { read: same, write: same });
}

export function time(item, field) {
  return moment(item, field, "time", { read: same, write: same, note: item.timezone });
}

/** A moment is typed as a wall clock in the person's own zone and told to the app in seconds. */
export function dateTime(item, field) {
  const zone = store.me.tz;
  return moment(item, field, "datetime-local", {
    read: (text) => secondsOfWall(text, zone),
    write: (seconds) => wallOf(Number(seconds), zone),
    note: store.me.tz_label ?? zone,
  });
}
