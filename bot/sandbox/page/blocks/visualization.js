// data_visualization: a titled chart, with its figures for those who would rather read them.
import { chart, chartFigures } from "../charts.js";
import { h } from "../dom.js";

export function dataVisualization(block) {
  return h(
    "figure",
    { class: "block-chart" },
    h("figcaption", { class: "chart-title" }, block.title),
    chart(block.chart ?? {}, block.title),
    h("details", { class: "chart-figures" }, h("summary", {}, "Show figures"), chartFigures(block.chart ?? {})),
  );
}
