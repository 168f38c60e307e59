// Forms of apps as dialogs: the top of the stack is shown, with what was typed kept through errors, updates
// and while another form lies above.
import { renderBlocks } from "./blocks/index.js";
import { h, replace } from "./dom.js";
import { gesture } from "./gestures.js";
import { icon } from "./icons.js";
import { openDialog } from "./overlay.js";
import { store } from "./store.js";
import { Surface } from "./surface.js";
import { plain, plainText } from "./text.js";

const SLOW = "The app did not answer in time. What you typed is still here: try again.";

export class Forms {
  constructor() {
    this.surfaces = new Map();
    this.shown = null;
    store.on("views", (views) => this.follow(views));
    store.on("view_errors", ({ view_id: id, errors }) => this.showErrors(id, errors));
    this.follow(store.views);
  }

  follow(views) {
    const open = new Set(views.map((view) => view.id));
    for (const id of this.surfaces.keys()) if (!open.has(id)) this.surfaces.delete(id);
    this.depth = views.length;
    const top = views.at(-1);
    if (!top) return this.hide();
    const same = this.shown?.view.id === top.id;
    if (same && this.shown.view.hash === top.hash && this.shown.depth === this.depth) return undefined;
    return this.show(top, same);
  }

  hide() {
    this.shown?.dialog.close();
    this.shown = null;
  }

  /** Somebody else looks from now on: what was typed is told as whoever typed it. */
  end() {
    this.shown?.surface.settle();
    this.hide();
  }

  show(view, same) {
    if (!this.shown)
      this.shown = {
        dialog: openDialog({ title: "", className: "dialog-form", onDismiss: (how) => this.close(how === "button") }),
      };
    const surface = new Surface({
      kind: "modal",
      container: { type: "view", view_id: view.id },
      appId: view.app_id,
      held: view.state?.values ?? {},
      before: this.surfaces.get(view.id),
      gesture,
    });
    if (same) surface.errors = {};
    surface.keepOnly(view.blocks);
    this.surfaces.set(view.id, surface);
    Object.assign(this.shown, { view, surface, depth: this.depth });
    this.draw(same);
  }

  draw(same) {
    const { dialog, view, surface } = this.shown;
    const at = same ? placeOfFocus(dialog.body) : null;
    const top = same ? dialog.body.scrollTop : 0;
    const app = store.apps.get(view.app_id);
    replace(
      dialog.heading,
      plainText(view.title?.text ?? ""),
      app ? h("span", { class: "for-readers" }, ` – ${app.name}`) : null,
    );
    replace(dialog.body, renderBlocks(view.blocks, surface));
    this.drawFoot();
    dialog.body.scrollTop = top;
    if (!same || at) restoreFocus(dialog, at);
    dialog.dialog.onkeydown = (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !view.submit) return;
      event.preventDefault();
      this.submit();
    };
  }

  drawFoot() {
    const { dialog, view } = this.shown;
    const back = this.depth > 1;
    const closeWords = view.close ? plain(view.close.text) : back ? "Back" : "Cancel";
    this.submitButton = view.submit
      ? h(
          "button",
          {
            type: "button",
            class: "button primary",
            disabled: Boolean(view.submit_disabled),
            title: "Ctrl Enter",
            onclick: () => this.submit(),
          },
          plainText(view.submit.text),
        )
      : null;
    replace(
      dialog.footer,
      h("span", { class: "grow muted form-app" }, store.apps.get(view.app_id)?.name ?? ""),
      h(
        "button",
        { type: "button", class: "button", onclick: () => this.close(false) },
        back ? icon("back", 15) : null,
        closeWords,
      ),
      this.submitButton,
    );
  }

  async submit() {
    const { view, surface, dialog } = this.shown;
    if (this.submitting) return;
    this.submitting = true;
    this.submitButton.setAttribute("aria-busy", "true");
    const answer = await gestureQuietly({ view_id: view.id, values: surface.values() });
    this.submitting = false;
    this.submitButton.removeAttribute("aria-busy");
    if (this.shown?.view.id !== view.id) return;
    if (answer.errors) this.showErrors(view.id, answer.errors);
    else if (answer.notice || answer.acknowledged === false) banner(dialog, answer.notice ?? SLOW);
    else dialog.body.querySelector(".form-banner")?.remove();
  }

  showErrors(id, errors) {
    if (this.shown?.view.id !== id || !errors) return;
    const { surface, dialog } = this.shown;
    if (JSON.stringify(surface.errors) === JSON.stringify(errors) && dialog.body.querySelector(".has-error")) return;
    surface.errors = errors;
    this.draw(true);
    const field = dialog.body.querySelector(".has-error");
    field?.scrollIntoView({ block: "center" });
    firstControl(field)?.focus();
    const known = new Set(this.shown.view.blocks.map((block) => block.block_id));
    const stray = Object.entries(errors)
      .filter(([block]) => !known.has(block))
      .map(([, text]) => text);
    if (stray.length) banner(dialog, stray.join(" "));
  }

  async close(all) {
    const { view, surface } = this.shown;
    await surface.settle();
    gesture("/sandbox/view/close", { view_id: view.id, all });
  }
}

/** A submission's troubles are told inside the form, not beside it. */
async function gestureQuietly(body) {
  try {
    return await store.api.post("/sandbox/view/submit", body);
  } catch (error) {
    return { acknowledged: false, notice: error.message };
  }
}

function banner(dialog, text) {
  dialog.body.querySelector(".form-banner")?.remove();
  dialog.body.prepend(h("div", { class: "form-banner", role: "alert" }, icon("warning"), h("span", {}, text)));
  dialog.body.scrollTop = 0;
}

const CONTROLS =
  "input:not([type=hidden]):not([tabindex='-1']), textarea, [contenteditable], button:not([tabindex='-1']), a[href]";

function firstControl(node) {
  return node?.querySelector(CONTROLS) ?? null;
}

function placeOfFocus(body) {
  const active = document.activeElement;
  const element = body.contains(active) ? active.closest("[data-element]") : null;
  if (!element) return null;
  return {
    key: element.dataset.element,
    index: [...element.querySelectorAll(CONTROLS)].indexOf(active),
    start: selectionOf(active),
  };
}

function selectionOf(field) {
  try {
    return field.selectionStart;
  } catch {
    return null;
  }
}

function restoreFocus({ body, footer, dialog }, at) {
  const same = at && [...body.querySelectorAll("[data-element]")].find((node) => node.dataset.element === at.key);
  const wanted = same
    ? at.index >= 0
      ? same.querySelectorAll(CONTROLS)[at.index]
      : same.matches(CONTROLS)
        ? same
        : firstControl(same)
    : null;
  const asked = body.querySelector("[data-focus-on-load]");
  const target =
    wanted ??
    (asked?.matches(CONTROLS) ? asked : firstControl(asked)) ??
    body.querySelector(`.block-input :is(${CONTROLS})`) ??
    footer.querySelector(".primary") ??
    dialog;
  target.focus();
  if (wanted && typeof at.start === "number" && selectionOf(wanted) !== null)
    wanted.setSelectionRange(at.start, at.start);
}
