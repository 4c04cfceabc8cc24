// A small line plot: two axes with their ends written, lines, marks.
import { number, svg } from "./figure.mjs";

/** Lines over two axes. */
export const plot = ({ width, lines, x, y, label, title = "", marks = [], height = 150, show = (value) => number(value, 3) }) => {
  const [left, right, top, bottom] = [40, 10, title ? 26 : 8, 34];
  const across = (value) => left + ((value - x[0]) / (x[1] - x[0])) * (width - left - right);
  const down = (value) => top + (1 - (value - y[0]) / (y[1] - y[0])) * (height - top - bottom);
  const drawn = lines.map((line, at) =>
    svg("path", { class: `line c${at}`, d: line.map(([a, b], i) => `${i ? "L" : "M"}${across(a).toFixed(1)} ${down(b).toFixed(1)}`).join("") }));
  const dots = marks.map(([a, b]) => svg("circle", { class: "dot c1", cx: across(a), cy: down(b), r: 5, "data-x": a, "data-y": b }));
  const zero = y[0] < 0 && y[1] > 0 ? [svg("path", { class: "axis", d: `M${left} ${down(0)}H${width - right}` })] : [];
  const ticks = [
    ...y.map((value) => svg("text", { x: left - 5, y: down(value) + 4, "text-anchor": "end" }, show(value))),
    ...x.map((value, at) => svg("text", { x: across(value), y: height - bottom + 15, "text-anchor": at ? "end" : "start" }, number(value, 3))),
    svg("text", { x: (left + width - right) / 2, y: height - 6, "text-anchor": "middle" }, label),
    svg("text", { x: 0, y: 13, class: "title" }, title),
  ];
  const frame = svg("path", { class: "frame", d: `M${left} ${top}V${height - bottom}H${width - right}` });
  return svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `${title || label}` }, frame, zero, drawn, dots, ticks);
};
