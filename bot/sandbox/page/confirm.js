// "Are you sure?": an app's confirmation dialog, or the page's own.
import { h } from "./dom.js";
import { openDialog } from "./overlay.js";
import { plain, textObject } from "./text.js";

/** Ask with a confirm object as Block Kit has it; true when the person agrees. */
export function askConfirm({ title, text, confirm, deny, style }) {
  return new Promise((resolve) => {
    const finish = (answer) => {
      close();
      resolve(answer);
    };
    const { body, footer, close } = openDialog({
      title: plain(title?.text ?? "Are you sure?"),
      className: "dialog-small",
      role: "alertdialog",
      onDismiss: () => finish(false),
    });
    body.append(h("p", {}, textObject(text ?? "")));
    const agree = h(
      "button",
      { type: "button", class: style === "danger" ? "button danger" : "button primary", onclick: () => finish(true) },
      plain(confirm?.text ?? "Yes"),
    );
    footer.append(
      h("button", { type: "button", class: "button", onclick: () => finish(false) }, plain(deny?.text ?? "Cancel")),
      agree,
    );
    agree.focus();
  });
}
