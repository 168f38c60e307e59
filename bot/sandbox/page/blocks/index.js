// Block Kit: each kind of block has one drawer, `(block, surface, render) => node`. A kind nobody knows is
// shown as such rather than left out, so that a mistake is seen.
import { h } from "../dom.js";
import { actions, context, contextActions, divider, header, image, section } from "./basic.js";
import { alert, card, carousel, container } from "./groups.js";
import { input } from "./input.js";
import { file, markdownBlock, video } from "./media.js";
import { richText } from "./rich_text.js";
import { dataTable, table } from "./tables.js";
import { plan, taskCard } from "./tasks.js";
import { dataVisualization } from "./visualization.js";

const DRAWERS = {
  actions,
  alert,
  card,
  carousel,
  container,
  context,
  divider,
  file,
  header,
  image,
  input,
  plan,
  section,
  table,
  video,
  context_actions: contextActions,
  data_table: dataTable,
  data_visualization: dataVisualization,
  markdown: markdownBlock,
  rich_text: richText,
  task_card: taskCard,
};

export function renderBlock(block, surface) {
  const draw = DRAWERS[block?.type];
  const node = draw
    ? draw(block, surface, renderBlock)
    : h("div", { class: "block-unknown" }, `This page cannot draw a “${block?.type}” block.`);
  node.classList.add("block");
  if (block?.block_id) node.dataset.block = block.block_id;
  return node;
}

export function renderBlocks(blocks, surface) {
  return h(
    "div",
    { class: `blocks blocks-${surface.kind}` },
    (blocks ?? []).map((block) => renderBlock(block, surface)),
  );
}
