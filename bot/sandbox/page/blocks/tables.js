// table, and data_table with sorting and pages.
import { h, replace } from "../dom.js";
import { icon } from "../icons.js";
import { element } from "../inputs/index.js";
import { richText } from "./rich_text.js";

const PAGE_SIZE = 5;

function cellContent(cell, block, surface) {
  if (!cell) return "";
  if (cell.type === "rich_text") return richText(cell);
  if (cell.type === "action") return element(cell.element ?? cell.action, block, surface);
  return cell.text ?? String(cell.value ?? "");
}

export function table(block, surface) {
  const align = (index) =>
    `align-${block.column_settings?.[index]?.align ?? "left"}${block.column_settings?.[index]?.is_wrapped ? " wrapped" : ""}`;
  const row = (tag) => (cells) =>
    h(
      "tr",
      {},
      cells.map((cell, index) =>
        h(tag, { class: align(index), scope: tag === "th" ? "col" : null }, cellContent(cell, block, surface)),
      ),
    );
  const [first, ...rest] = block.rows ?? [];
  return h(
    "div",
    { class: "block-table table-scroll", tabindex: "0", role: "region", "aria-label": "Table" },
    h("table", {}, h("thead", {}, first ? row("th")(first) : null), h("tbody", {}, rest.map(row("td")))),
  );
}

export function dataTable(block, surface) {
  const [head, ...rows] = block.rows ?? [[]];
  const size = block.page_size ?? PAGE_SIZE;
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const view = { page: 0, column: -1, rising: true };
  const body = h("tbody");
  const status = h("span", { class: "pager-status", "aria-live": "polite" });
  const step = (by) => () => {
    view.page = Math.min(Math.max(0, view.page + by), pages - 1);
    draw();
  };
  const back = h(
    "button",
    { type: "button", class: "icon-button", "aria-label": "Previous page", onclick: step(-1) },
    icon("left"),
  );
  const on = h(
    "button",
    { type: "button", class: "icon-button", "aria-label": "Next page", onclick: step(1) },
    icon("right"),
  );
  const headings = head.map((cell, index) =>
    heading(cell, rows, index, () => {
      view.rising = view.column === index ? !view.rising : true;
      view.column = index;
      view.page = 0;
      draw();
    }),
  );

  function draw() {
    const ordered = view.column < 0 ? rows : sorted(rows, view.column, view.rising);
    const from = view.page * size;
    const shown = ordered.slice(from, from + size);
    replace(
      body,
      shown.map((cells) => dataRow(cells, block, surface)),
    );
    headings.forEach((node, index) =>
      node.setAttribute("aria-sort", index !== view.column ? "none" : view.rising ? "ascending" : "descending"),
    );
    status.textContent = rows.length ? `${from + 1}–${from + shown.length} of ${rows.length}` : "No rows";
    back.disabled = view.page === 0;
    on.disabled = view.page === pages - 1;
  }

  draw();
  return h(
    "div",
    { class: "block-data-table" },
    h(
      "div",
      { class: "table-scroll" },
      h("table", {}, h("caption", {}, block.caption), h("thead", {}, h("tr", {}, headings)), body),
    ),
    h("div", { class: "pager", hidden: rows.length <= size }, back, status, on),
  );
}

function heading(cell, rows, index, onclick) {
  const numeric = rows.length > 0 && rows.every((cells) => !cells[index] || cells[index].type === "raw_number");
  return h(
    "th",
    { scope: "col", class: numeric ? "align-right" : "align-left" },
    h(
      "button",
      { type: "button", class: "sort-button", onclick },
      cell.text ?? String(cell.value ?? ""),
      h("span", { class: "sort-sign", "aria-hidden": "true" }),
    ),
  );
}

function dataRow(cells, block, surface) {
  const rowHead = block.row_header_column_index ?? 0;
  return h(
    "tr",
    {},
    cells.map((cell, index) =>
      h(
        index === rowHead ? "th" : "td",
        { scope: index === rowHead ? "row" : null, class: cell?.type === "raw_number" ? "align-right" : "align-left" },
        cellContent(cell, block, surface),
      ),
    ),
  );
}

function sortKey(cell) {
  if (cell?.type === "raw_number") return cell.value;
  if (cell?.type === "rich_text") return richText(cell).textContent;
  return cell?.text ?? "";
}

function sorted(rows, column, rising) {
  const compare = (one, other) => {
    const [a, b] = [sortKey(one[column]), sortKey(other[column])];
    return typeof a === "number" && typeof b === "number"
      ? a - b
      : String(a).localeCompare(String(b), undefined, { numeric: true });
  };
  return [...rows].sort((one, other) => (rising ? compare(one, other) : compare(other, one)));
}
