// plan and task_card: what an app is doing, step by step.
import { h, outsideLink } from "../dom.js";
import { icon } from "../icons.js";
import { richText } from "./rich_text.js";

const STATES = {
  pending: ["clock", "Pending"],
  in_progress: ["clock", "In progress"],
  complete: ["check", "Complete"],
  error: ["warning", "Failed"],
};

export function plan(block, surface) {
  const tasks = block.tasks ?? [];
  const done = tasks.filter((task) => task.status === "complete").length;
  return h(
    "section",
    { class: "block-plan" },
    h(
      "div",
      { class: "plan-title" },
      title(block.title),
      h("span", { class: "plan-count" }, `${done} of ${tasks.length} done`),
    ),
    h(
      "ol",
      { class: "plan-tasks" },
      tasks.map((task) => h("li", {}, taskCard(task, surface))),
    ),
  );
}

export function taskCard(block) {
  const [sign, word] = STATES[block.status] ?? STATES.pending;
  const heading = [
    h("span", { class: `task-sign task-${block.status}` }, icon(sign)),
    h("span", { class: "task-title" }, title(block.title)),
    h("span", { class: "task-state" }, word),
  ];
  const more = [block.details, block.output].filter(Boolean).map(richText);
  const sources = block.sources?.length
    ? h(
        "ul",
        { class: "task-sources" },
        block.sources.map((source) => h("li", {}, outsideLink(source.url, source.text))),
      )
    : null;
  if (!more.length && !sources) return h("div", { class: "block-task" }, h("div", { class: "task-heading" }, heading));
  return h("details", { class: "block-task" }, h("summary", { class: "task-heading" }, heading), more, sources);
}

function title(value) {
  return typeof value === "string" ? value : (value?.text ?? "");
}
