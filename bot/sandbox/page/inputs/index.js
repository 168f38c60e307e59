// Block elements: each kind has one maker, `(element, field) => node`. A field is what the maker needs to
// know of where it stands; telling the app about a change is decided here, once, for all kinds.
import { debounce, h, picture } from "../dom.js";
import { button, feedbackButtons, iconButton, overflow } from "./buttons.js";
import { checkboxes, radioButtons } from "./choices.js";
import { fileInput } from "./file.js";
import { date, dateTime, time } from "./moments.js";
import { richTextInput } from "./rich_text.js";
import { multiSelect, singleSelect } from "./select.js";
import { email, number, plainTextInput, url } from "./text.js";

const MAKERS = {
  button,
  checkboxes,
  overflow,
  workflow_button: button,
  icon_button: iconButton,
  feedback_buttons: feedbackButtons,
  radio_buttons: radioButtons,
  plain_text_input: plainTextInput,
  email_text_input: email,
  url_text_input: url,
  number_input: number,
  datepicker: date,
  timepicker: time,
  datetimepicker: dateTime,
  file_input: fileInput,
  rich_text_input: richTextInput,
  static_select: singleSelect,
  external_select: singleSelect,
  users_select: singleSelect,
  conversations_select: singleSelect,
  channels_select: singleSelect,
  multi_static_select: multiSelect,
  multi_external_select: multiSelect,
  multi_users_select: multiSelect,
  multi_conversations_select: multiSelect,
  multi_channels_select: multiSelect,
  image: (item) => picture(item.image_url ?? item.slack_file?.url, item.alt_text),
};

const GROUPS = new Set(["checkboxes", "radio_buttons", "rich_text_input", "file_input"]);
const CHARACTER_PAUSE = 250;

/** True when a `<label for>` cannot name the control because it has many parts. */
export function labelsItself(item) {
  return GROUPS.has(item.type);
}

export function element(item, block, surface, place = {}) {
  const make = MAKERS[item?.type];
  if (!make) return h("span", { class: "block-unknown" }, `This page cannot draw a “${item?.type}” element.`);
  const field = {
    block,
    surface,
    ...place,
    inForm: block.type === "input",
    value: surface.valueOf(block, item),
    change: changer(item, block, surface),
  };
  const node = make(item, field);
  node.dataset.element = JSON.stringify([block.block_id, item.action_id]);
  if (item.focus_on_load) node.dataset.focusOnLoad = "true";
  return node;
}

/**
 * What a maker calls with a new value: held in the form, and told to the app when the element stands outside
 * an input block or its input block asks for it. Answers false when the person declined the confirmation.
 * `trigger` is `character` or `enter` for what is typed.
 */
function changer(item, block, surface) {
  const tell = (value, trigger) => surface.act(block, item, { value, trigger });
  const tellLater = debounce(CHARACTER_PAUSE, tell);
  surface.waits(tellLater);
  const wanted = item.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  return async (value, trigger) => {
    surface.hold(block, item, value);
    if (block.type === "input" && !block.dispatch_action) return true;
    if (trigger === "character") {
      if (wanted.includes("on_character_entered")) tellLater(value, trigger);
      return true;
    }
    if (trigger === "enter" && !wanted.includes("on_enter_pressed")) return true;
    return tell(value, trigger);
  };
}
