// A small line plot: two axes with numbers at their ends, or where they are asked for; lines, marks.
import { number, svg } from "./figure.mjs";

/** Lines over two axes. With `drag` the reader moves the first mark along them: see `listen` of the figure. */
export const plot = ({ width, lines, x, y, label, title = "", marks = [], height = 150, show = (value) => number(value, 3), across: [first, ...others] = x, up = y, drag }) => {
  const [left, right, top, bottom] = [40, 10, title ? 26 : 8, 34];
  const at = (value) => left + ((value - x[0]) / (x[1] - x[0])) * (width - left - right);
  const down = (value) => top + (1 - (value - y[0]) / (y[1] - y[0])) * (height - top - bottom);
  const drawn = lines.map((line, colour) =>
    svg("path", { class: `line c${colour}`, d: line.map(([a, b], i) => `${i ? "L" : "M"}${at(a).toFixed(1)} ${down(b).toFixed(1)}`).join("") }));
  const dots = marks.map(([a, b, colour = 1]) => svg("circle", { class: `dot c${colour}`, cx: at(a), cy: down(b), r: 5, "data-x": a, "data-y": b }));
  const zero = y[0] < 0 && y[1] > 0 ? [svg("path", { class: "axis", d: `M${left} ${down(0)}H${width - right}` })] : [];
  const place = (value) => (value === x[0] ? "start" : value === x[1] ? "end" : "middle");
  const ticks = [
    ...up.map((value) => svg("text", { x: left - 5, y: down(value) + 4, "text-anchor": "end" }, show(value))),
    ...[first, ...others].map((value) => svg("text", { x: at(value), y: height - bottom + 15, "text-anchor": place(value) }, number(value, 3))),
    svg("text", { x: (left + width - right) / 2, y: height - 6, "text-anchor": "middle" }, label),
    svg("text", { x: 0, y: 13, class: "title" }, title),
  ];
  const area = { x: left, y: top, width: width - left - right, height: height - top - bottom, class: "hit", "data-drag": drag };
  const handle = drag && marks.length ? [svg("circle", { class: "handle", cx: at(marks[0][0]), cy: down(marks[0][1]), r: 22, "data-handle": drag })] : [];
  const inner = [...others.filter((value) => value !== x[1]).map((value) => `M${at(value)} ${top}V${height - bottom}`), ...up.filter((value) => !y.includes(value)).map((value) => `M${left} ${down(value)}H${width - right}`)];
  const frame = svg("path", { class: "frame", d: `M${left} ${top}V${height - bottom}H${width - right}` });
  return svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `${title || label}` },
    svg("path", { class: "grid", d: inner.join("") || "M0 0" }), frame, zero, drawn, drag ? [svg("rect", area)] : [], dots, handle, ticks);
};
