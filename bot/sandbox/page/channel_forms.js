// The page's own small forms: a new channel, a new direct message.
import { append, h } from "./dom.js";
import { openDialog } from "./overlay.js";
import { send } from "./gestures.js";
import { multiSelect } from "./inputs/select.js";
import { go } from "./route.js";
import { store } from "./store.js";

function form(title, verb, fields, submit) {
  const { body, footer, close, dialog } = openDialog({ title, className: "dialog-small", onDismiss: () => close() });
  append(body, fields);
  const run = async () => {
    const channel = await submit();
    if (!channel) return;
    close();
    go(store.me.id, channel.id ?? channel);
  };
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT" || event.target.role === "combobox") return;
    event.preventDefault();
    run();
  });
  footer.append(
    h("button", { type: "button", class: "button", onclick: close }, "Cancel"),
    h("button", { type: "button", class: "button primary", onclick: run }, verb),
  );
  body.querySelector("input")?.focus();
}

function labelled(label, control, hint = null) {
  control.id ||= `own-${label.toLowerCase().replace(/\W+/g, "-")}`;
  return h(
    "div",
    { class: "block-input" },
    h("label", { class: "field-label", for: control.id }, label),
    control,
    hint ? h("p", { class: "field-hint" }, hint) : null,
  );
}

export function openNewChannel() {
  const name = h("input", { class: "text-input", type: "text", maxlength: "80", autocomplete: "off" });
  const secret = h("input", { type: "checkbox", id: "own-private" });
  form(
    "New channel",
    "Create channel",
    [
      labelled("Name", name, "Small letters, digits, hyphens."),
      h(
        "div",
        { class: "choice" },
        secret,
        h("label", { for: "own-private" }, "Private: only who is invited can see it"),
      ),
    ],
    async () => (await send("/sandbox/channel/create", { name: name.value.trim(), private: secret.checked }))?.channel,
  );
}

export function openNewMessage() {
  let people = [];
  const item = { type: "multi_users_select", action_id: "people", placeholder: { text: "Choose people" } };
  const select = multiSelect(item, {
    id: "own-people",
    labelledBy: "own-people-label",
    inForm: true,
    value: null,
    change: async (values) => {
      people = values;
      return true;
    },
  });
  form(
    "New message",
    "Open",
    [
      h(
        "div",
        { class: "block-input" },
        h("label", { class: "field-label", id: "own-people-label", for: "own-people" }, "People"),
        select,
      ),
    ],
    async () => (people.length ? (await send("/sandbox/dm", { users: people }))?.channel : null),
  );
}
