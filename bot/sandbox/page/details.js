// A channel's details: what it is for, its canvas, what is pinned, who is in it.
import { avatar } from "./avatar.js";
import { textOf } from "./conversation.js";
import { h, replace } from "./dom.js";
import { fullTime } from "./dates.js";
import { icon } from "./icons.js";
import { markdown } from "./markdown.js";
import { messageLine } from "./message.js";
import { personNotes } from "./people.js";
import { store } from "./store.js";
import { mrkdwn } from "./text.js";

export class DetailsPane {
  constructor(id, onClose) {
    this.id = id;
    this.body = h("div", { class: "pane-body" }, h("p", { class: "page-note" }, "Loading…"));
    this.element = h(
      "div",
      { class: "details-pane" },
      h(
        "header",
        { class: "pane-head" },
        h("h2", {}, "Details"),
        h(
          "button",
          { type: "button", class: "icon-button", "aria-label": "Close details", onclick: onClose },
          icon("close"),
        ),
      ),
      this.body,
    );
    this.stop = store.on("details", (changed) => changed === id && this.draw());
  }

  async start() {
    await store
      .loadDetails(this.id)
      .catch((error) => replace(this.body, h("p", { class: "page-note", role: "alert" }, error.message)));
  }

  end() {
    this.stop();
  }

  draw() {
    const { members, pins, canvas } = store.details.get(this.id);
    const channel = store.channels.get(this.id);
    const about = [
      ["Topic", textOf(channel.topic)],
      ["Purpose", textOf(channel.purpose)],
    ].filter(([, text]) => text);
    replace(
      this.body,
      about.map(([name, text]) => part(name, h("div", {}, mrkdwn(text)))),
      canvas
        ? part(
            "Canvas",
            h(
              "div",
              { class: "canvas" },
              canvas.title ? h("h4", {}, canvas.title) : null,
              markdown(canvas.markdown ?? ""),
            ),
          )
        : null,
      part(
        `Pinned (${pins.length})`,
        pins.length ? h("ul", {}, pins.map(pin)) : h("p", { class: "muted" }, "Nothing is pinned."),
      ),
      part(`Members (${members.length})`, h("ul", {}, members.map(member))),
    );
  }
}

function part(title, ...content) {
  return h("section", { class: "pane-part" }, h("h3", {}, title), content);
}

function pin(message) {
  return h(
    "li",
    { class: "pin" },
    h("strong", {}, store.author(message).name),
    h("span", { class: "muted" }, fullTime(Number(message.ts), store.reader())),
    h("div", {}, messageLine(message)),
  );
}

function member(id) {
  const person = store.person(id) ?? { id, name: id };
  return h(
    "li",
    {},
    h(
      "button",
      { type: "button", class: "person-row", dataset: { person: id } },
      avatar({ ...person, isApp: person.is_bot }, "small"),
      h(
        "span",
        { class: "person-words" },
        h("strong", {}, person.name),
        h("span", { class: "muted" }, personNotes(person)),
      ),
    ),
  );
}
