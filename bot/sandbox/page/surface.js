// Where blocks stand: a message, a form or an app's Home. A surface knows how to tell the app about a
// gesture, and holds what its inputs contain meanwhile.
import { askConfirm } from "./confirm.js";
import { store } from "./store.js";

export class Surface {
  /**
   * `container` as the control interface names it; `held` is what Slack's `state.values` says the form holds;
   * `before` another surface of the same form, whose typed values live on where block and action are the same.
   */
  constructor({ kind, container, appId = null, channel = null, held = {}, before = null, gesture }) {
    Object.assign(this, {
      kind,
      container,
      appId,
      channel,
      held,
      gesture,
      typed: new Map(),
      waiting: new Set(before?.waiting ?? []),
      errors: before?.errors ?? {},
    });
    for (const [key, value] of before?.typed ?? []) this.typed.set(key, value);
  }

  /** What the input holds: what was typed here, else what the form holds, else what the app proposed. */
  valueOf(block, element) {
    const key = keyOf(block.block_id, element.action_id);
    if (this.typed.has(key)) return this.typed.get(key);
    const held = this.held[block.block_id]?.[element.action_id];
    return held ? fromState(held) : initialValue(element, this.channel);
  }

  hold(block, element, value) {
    this.typed.set(keyOf(block.block_id, element.action_id), value);
  }

  /** What tells the app of typing only after a pause, so that it can be told before the form goes. */
  waits(later) {
    this.waiting.add(later);
  }

  /** Tell the app now what was typed and not told yet. */
  settle() {
    return Promise.all([...this.waiting].map((later) => later.flush()));
  }

  /** Everything typed so far, by block and action, as the control interface takes it. */
  values() {
    const values = {};
    for (const [key, value] of this.typed) {
      const [block, action] = JSON.parse(key);
      (values[block] ??= {})[action] = value;
    }
    return values;
  }

  /** What was typed into inputs that are no longer there is forgotten. */
  keepOnly(blocks) {
    const present = new Set();
    for (const block of blocks) {
      for (const element of elementsOf(block)) present.add(keyOf(block.block_id, element.action_id));
    }
    for (const key of this.typed.keys()) if (!present.has(key)) this.typed.delete(key);
  }

  /** Tell the app; false when the person declined the element's confirmation. */
  async act(block, element, { value, trigger } = {}) {
    if (element.confirm && !(await askConfirm(element.confirm))) return false;
    const body = {
      container: this.container,
      block_id: block.block_id,
      action_id: element.action_id,
      values: this.values(),
    };
    if (value !== undefined) body.value = value;
    if (trigger) body.trigger = trigger;
    await this.gesture("/sandbox/action", body);
    return true;
  }

  async options(block, element, query) {
    const asked = store.api;
    const answer = await asked.post("/sandbox/options", {
      container: this.container,
      block_id: block.block_id,
      action_id: element.action_id,
      query,
    });
    if (answer.notice && store.api === asked) store.emit("notice", { text: answer.notice, level: "error" });
    return answer;
  }
}

function keyOf(block, action) {
  return JSON.stringify([block, action]);
}

export function elementsOf(block) {
  const own = [block.element, block.accessory, ...(block.elements ?? []), ...(block.actions ?? [])].filter(
    (element) => element?.action_id,
  );
  return [...own, ...(block.child_blocks ?? []).flatMap(elementsOf)];
}

const valueOfOption = (option) => option?.value ?? null;

/** An element's proposed value in the control interface's shape. */
export function initialValue(element, channel = null) {
  const external = element.type.includes("external");
  if (element.initial_options) return external ? element.initial_options : element.initial_options.map(valueOfOption);
  if (element.initial_option) return external ? element.initial_option : valueOfOption(element.initial_option);
  if (element.default_to_current_conversation && channel)
    return element.type.startsWith("multi_") ? [channel] : channel;
  for (const name of [
    "value",
    "date",
    "time",
    "date_time",
    "user",
    "users",
    "channel",
    "channels",
    "conversation",
    "conversations",
  ]) {
    const value = element[`initial_${name}`];
    if (value !== undefined && element.type !== "button") return value;
  }
  return null;
}

/** The same from one entry of Slack's `state.values`. */
export function fromState(state) {
  const external = state.type?.includes("external");
  if ("selected_options" in state) return external ? state.selected_options : state.selected_options.map(valueOfOption);
  if ("selected_option" in state) return external ? state.selected_option : valueOfOption(state.selected_option);
  if ("files" in state) return state.files.map((file) => file.id ?? file);
  if ("rich_text_value" in state) return state.rich_text_value;
  const selected = Object.keys(state).find((name) => name.startsWith("selected_"));
  return (selected ? state[selected] : state.value) ?? null;
}
