// Charts as drawings of our own: bar, line, area and pie. Series are told apart by shade and, in the legend,
// by name; the figures are always there as a table too.
import { h, svg } from "./dom.js";

// A drawing shrinks with its words: on a phone it is drawn narrower, so that they stay readable.
const WIDTH = matchMedia("(max-width: 560px)").matches ? 320 : 560;
const HEIGHT = 260;
const PAD = { top: 12, right: 12, bottom: 44, left: 56 };
const PLOT = { width: WIDTH - PAD.left - PAD.right, height: HEIGHT - PAD.top - PAD.bottom };
const TICKS = 4;
const number = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

export function chart(spec, title) {
  const draw = { pie, bar: axes(bars), line: axes(lines), area: axes(areas) }[spec.type];
  if (!draw) return h("p", { class: "muted" }, `This page cannot draw a “${spec.type}” chart.`);
  const names =
    spec.type === "pie" ? spec.segments.map((segment) => segment.label) : spec.series.map((series) => series.name);
  return h(
    "div",
    { class: "chart" },
    draw(spec, `${title}: ${spec.type} chart`),
    legend(names, spec.type === "pie" || names.length > 1),
  );
}

function legend(names, shown) {
  return shown
    ? h(
        "ul",
        { class: "chart-legend" },
        names.map((name, index) => h("li", {}, h("span", { class: `legend-sign series-${index % 12}` }), name)),
      )
    : null;
}

export function chartFigures(spec) {
  if (spec.type === "pie")
    return figures(
      ["", "Value"],
      spec.segments.map((segment) => [segment.label, segment.value]),
    );
  const series = spec.series ?? [];
  return figures(
    [spec.axis_config?.x_label ?? "", ...series.map((one) => one.name)],
    categories(spec).map((label) => [label, ...series.map((one) => valueAt(one, label))]),
  );
}

function figures(head, rows) {
  const show = (value) => (typeof value === "number" ? number.format(value) : (value ?? "–"));
  return h(
    "table",
    {},
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        head.map((text) => h("th", { scope: "col" }, text)),
      ),
    ),
    h(
      "tbody",
      {},
      rows.map(([first, ...rest]) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, first),
          rest.map((value) => h("td", { class: "align-right" }, show(value))),
        ),
      ),
    ),
  );
}

function categories(spec) {
  return spec.axis_config?.categories ?? spec.series[0].data.map((point) => point.label);
}

function valueAt(series, label) {
  return series.data.find((point) => point.label === label)?.value ?? null;
}

/** Round steps that cover the values and zero. */
export function scale(values) {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const rough = (high - low || 1) / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough);
  const bottom = Math.floor(low / step) * step;
  const top = Math.max(Math.ceil(high / step) * step, bottom + step);
  const ticks = [];
  for (let value = bottom; value <= top + step / 2; value += step) ticks.push(value);
  return { bottom, top, ticks, y: (value) => PAD.top + PLOT.height * (1 - (value - bottom) / (top - bottom)) };
}

function axes(marks) {
  return (spec, label) => {
    const names = categories(spec);
    const series = spec.series.map((one) => names.map((name) => valueAt(one, name)));
    const vertical = scale(series.flat().filter((value) => value !== null));
    const slot = PLOT.width / names.length;
    const x = (index) => PAD.left + slot * (index + 0.5);
    return svg(
      "svg",
      { class: "chart-drawing", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": label },
      grid(vertical),
      names.map((name, index) => categoryLabel(name, x(index), slot)),
      axisTitles(spec.axis_config ?? {}),
      marks({ series, spec, vertical, x, slot, names }),
    );
  };
}

function grid(vertical) {
  return vertical.ticks.map((value) => [
    svg("line", {
      class: value === 0 ? "chart-zero" : "chart-grid",
      x1: PAD.left,
      x2: WIDTH - PAD.right,
      y1: vertical.y(value),
      y2: vertical.y(value),
    }),
    svg(
      "text",
      { class: "chart-text", x: PAD.left - 8, y: vertical.y(value) + 4, "text-anchor": "end" },
      compact.format(value),
    ),
  ]);
}

function categoryLabel(name, x, slot) {
  const fits = Math.max(3, Math.floor(slot / 6.2));
  const text = name.length > fits ? `${name.slice(0, fits - 1)}…` : name;
  return svg(
    "text",
    { class: "chart-text", x, y: HEIGHT - PAD.bottom + 18, "text-anchor": "middle" },
    svg("title", {}, name),
    text,
  );
}

function axisTitles({ x_label: across, y_label: up }) {
  const middle = PAD.top + PLOT.height / 2;
  return [
    across
      ? svg(
          "text",
          { class: "chart-axis", x: PAD.left + PLOT.width / 2, y: HEIGHT - 6, "text-anchor": "middle" },
          across,
        )
      : null,
    up
      ? svg(
          "text",
          { class: "chart-axis", x: 12, y: middle, "text-anchor": "middle", transform: `rotate(-90 12 ${middle})` },
          up,
        )
      : null,
  ];
}

const told = (series, name, value) => svg("title", {}, `${series.name}, ${name}: ${number.format(value)}`);

function bars({ series, spec, vertical, x, slot, names }) {
  const width = Math.min(46, (slot * 0.72) / series.length);
  return series.map((values, which) =>
    values.map((value, index) => {
      if (value === null) return null;
      const left = x(index) + (which - series.length / 2) * width;
      const [top, bottom] = [vertical.y(Math.max(0, value)), vertical.y(Math.min(0, value))];
      return svg(
        "rect",
        {
          class: `series-${which % 12}`,
          x: left + 1,
          y: top,
          width: Math.max(1, width - 2),
          height: Math.max(1, bottom - top),
          rx: 2,
        },
        told(spec.series[which], names[index], value),
      );
    }),
  );
}

// A missing value breaks the line rather than pretending to be zero.
function runs(values) {
  const out = [[]];
  values.forEach((value, index) => (value === null ? out.push([]) : out.at(-1).push([index, value])));
  return out.filter((run) => run.length);
}

function lines({ series, spec, vertical, x, names }) {
  return series.map((values, which) => [
    runs(values).map((run) =>
      svg("polyline", {
        class: `chart-line series-${which % 12}`,
        points: run.map(([index, value]) => `${x(index)},${vertical.y(value)}`).join(" "),
      }),
    ),
    values.map((value, index) =>
      value === null
        ? null
        : svg(
            "circle",
            { class: `series-${which % 12}`, cx: x(index), cy: vertical.y(value), r: 3.5 },
            told(spec.series[which], names[index], value),
          ),
    ),
  ]);
}

function areas(context) {
  const { series, vertical, x } = context;
  const ground = vertical.y(0);
  const filled = series.map((values, which) =>
    runs(values).map((run) =>
      svg("polygon", {
        class: `chart-area series-${which % 12}`,
        points: [
          `${x(run[0][0])},${ground}`,
          ...run.map(([index, value]) => `${x(index)},${vertical.y(value)}`),
          `${x(run.at(-1)[0])},${ground}`,
        ].join(" "),
      }),
    ),
  );
  return [filled, lines(context)];
}

function pie(spec, label) {
  const total = spec.segments.reduce((sum, segment) => sum + segment.value, 0) || 1;
  const radius = 100;
  let angle = -Math.PI / 2;
  const slices = spec.segments.map((segment, index) => {
    const share = segment.value / total;
    const start = angle;
    angle += share * 2 * Math.PI;
    const told = svg("title", {}, `${segment.label}: ${number.format(segment.value)} (${Math.round(share * 100)}%)`);
    if (share > 0.9999) return svg("circle", { class: `series-${index % 12}`, r: radius }, told);
    const at = (turn) => `${(radius * Math.cos(turn)).toFixed(2)} ${(radius * Math.sin(turn)).toFixed(2)}`;
    return svg(
      "path",
      {
        class: `chart-slice series-${index % 12}`,
        d: `M0 0 L${at(start)} A${radius} ${radius} 0 ${share > 0.5 ? 1 : 0} 1 ${at(angle)} Z`,
      },
      told,
    );
  });
  return svg(
    "svg",
    { class: "chart-drawing chart-pie", viewBox: "-106 -106 212 212", role: "img", "aria-label": label },
    slices,
  );
}
