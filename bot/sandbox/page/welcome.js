// The first page: who do you want to be?
import { avatar } from "./avatar.js";
import { h } from "./dom.js";
import { personNotes } from "./people.js";
import { store } from "./store.js";

export function welcome() {
  const people = [...store.people.values()].filter((person) => !person.is_bot && !person.deleted);
  const list = h("ul", { class: "welcome-people" }, people.map(card));
  const search = h("input", {
    type: "search",
    class: "text-input",
    placeholder: "Find a person or a role",
    "aria-label": "Find a person or a role",
  });
  search.addEventListener("input", () => {
    const wanted = search.value.toLowerCase();
    for (const item of list.children) item.hidden = !item.textContent.toLowerCase().includes(wanted);
  });
  return h(
    "main",
    { class: "welcome" },
    h(
      "div",
      { class: "welcome-sheet" },
      h("h1", {}, store.workspace.name),
      h(
        "p",
        { class: "muted" },
        "A local workspace: nothing here leaves this machine. Choose who you are; you can change at any time and see exactly what each person sees.",
      ),
      people.length > 8 ? search : null,
      list,
    ),
  );
}

function card(person) {
  return h(
    "li",
    {},
    h(
      "a",
      { class: "welcome-card", href: `#/${person.id}` },
      avatar(person),
      h(
        "span",
        { class: "person-words" },
        h("strong", {}, person.name),
        h("span", { class: "muted" }, personNotes(person)),
      ),
    ),
  );
}
