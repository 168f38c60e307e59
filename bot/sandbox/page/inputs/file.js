// Choosing files: they are uploaded at once and the form holds their ids.
import { h, replace } from "../dom.js";
import { fileSize } from "../files.js";
import { icon } from "../icons.js";
import { store } from "../store.js";
import { described } from "./field.js";

const MOST_FILES = 10;
// Names of what was uploaded, so that a form drawn anew still shows them.
const uploaded = new Map();

export function fileInput(item, field) {
  const most = item.max_files ?? MOST_FILES;
  let held = [...(field.value ?? [])];
  const problem = h("p", { class: "field-error", role: "alert", hidden: true });
  const list = h("ul", { class: "file-list" });
  const picker = h("input", {
    type: "file",
    class: "for-readers",
    multiple: most > 1,
    accept: item.filetypes?.map((kind) => `.${kind}`).join(","),
    ...described(item, field),
  });
  const choose = h(
    "button",
    { type: "button", class: "button", "aria-hidden": "true", tabindex: "-1", onclick: () => picker.click() },
    icon("clip"),
    most > 1 ? "Choose files" : "Choose a file",
  );

  const draw = () =>
    replace(
      list,
      held.map((id) =>
        h(
          "li",
          { class: "file-card" },
          icon("file"),
          h(
            "span",
            {},
            uploaded.get(id)?.name ?? id,
            h("span", { class: "muted" }, ` ${fileSize(uploaded.get(id)?.size)}`),
          ),
          h(
            "button",
            {
              type: "button",
              class: "icon-button",
              "aria-label": `Remove ${uploaded.get(id)?.name ?? id}`,
              onclick: () => set(held.filter((other) => other !== id)),
            },
            icon("close", 14),
          ),
        ),
      ),
    );
  const set = (ids) => {
    held = ids;
    draw();
    return field.change(held.length ? held : null);
  };
  const say = (text) => {
    problem.hidden = !text;
    problem.textContent = text;
  };
  const take = async (files) => {
    const refused = [...files].find((file) => !fits(file, item.filetypes));
    if (refused) return say(`${refused.name} is not one of: ${item.filetypes.join(", ")}.`);
    if (held.length + files.length > most)
      return say(most === 1 ? "Only one file can be chosen." : `At most ${most} files can be chosen.`);
    say("");
    choose.setAttribute("aria-busy", "true");
    try {
      for (const file of files) {
        const kept = await store.api.upload(file);
        uploaded.set(kept.id, kept);
        await set([...held, kept.id]);
      }
    } catch (error) {
      say(error.message);
    }
    choose.removeAttribute("aria-busy");
    return undefined;
  };
  picker.addEventListener("change", () => {
    const files = [...picker.files];
    picker.value = "";
    take(files);
  });
  draw();
  return h(
    "div",
    {
      class: "file-input",
      ondragover: (event) => event.preventDefault(),
      ondrop: (event) => {
        event.preventDefault();
        take(event.dataTransfer.files);
      },
    },
    picker,
    choose,
    h("span", { class: "muted" }, item.filetypes ? `or drop here: ${item.filetypes.join(", ")}` : "or drop here"),
    list,
    problem,
  );
}

function fits(file, kinds) {
  return !kinds?.length || kinds.some((kind) => file.name.toLowerCase().endsWith(`.${kind.toLowerCase()}`));
}
