// Dropout: a network with some units off, and its output over many masks beside what the formulas say.
import { NET, done, following, hidden, histogram, masked, measured, output, spread, uniforms } from "./dropout.core.mjs";
import { Figure, fill, html, number, svg } from "./figure.mjs";

const [LOW, HIGH] = [-10, 24]; // no output lies outside, up to p = 0.75
const UNITS = NET.w2.length;
const H = hidden();

export default class Dropout extends Figure {
  static tag = "dl-dropout";
  static start = { p: 0.5, masks: 500, mask: 1 };
  static tasks = ["empty", "half", "far"];

  controls() {
    return [
      this.slider("p", { least: 0, most: 0.75, step: 0.05, show: (p) => number(p, 2) }),
      this.slider("masks", { least: 20, most: 2000, step: 20 }),
    ];
  }

  steps() {
    return [
      this.player("mask", ({ masks }) => masks),
      this.button("next", () => this.update({ mask: (this.state.mask % this.state.masks) + 1 })),
      this.slider("mask", { least: 1, most: ({ masks }) => masks }),
    ];
  }

  pace() {
    return { every: 400, by: 1 }; // so long does it take to see which units are off
  }

  /** A click on a unit goes to the next mask that has it the other way; one on the bars to the next whose output lies there. */
  dragged(name, [across], begins) {
    if (!begins) return;
    const { p, masks, mask } = this.state;
    const all = uniforms(masks).map((row) => masked(row, p));
    const [unit, box] = [Number(name), Math.floor(LOW + across * (HIGH - LOW))];
    const fits = (each) => (name === "bars" ? Math.floor(output(H, each, p)) === box : each[unit] !== all[mask - 1][unit]);
    this.update({ mask: following(all.map(fits), mask) });
  }

  clean(state) {
    const within = (value, least, most) => Math.min(most, Math.max(least, value));
    const masks = 20 * Math.round(within(state.masks, 20, 2000) / 20);
    return { p: Math.round(within(state.p, 0, 0.75) * 20) / 20, masks, mask: Math.round(within(state.mask, 1, masks)) };
  }

  draw({ p, masks, mask }, width) {
    const all = uniforms(masks).map((row) => masked(row, p));
    const outputs = all.map((each) => output(H, each, p));
    const [met, said, now] = [measured(outputs), spread(H, p), all[mask - 1]];
    const half = width > 520 ? width / 2 - 6 : width;
    const short = (value) => number(Number(value.toFixed(2)), 4);
    return {
      drawing: html("div", { style: "display:flex;flex-wrap:wrap;gap:0 12px" },
        this.net(now, p, outputs[mask - 1], half), this.bars(outputs, outputs[mask - 1], met, said, half)),
      sentence: fill(this.words.says, {
        mask, masks, units: UNITS, off: UNITS - now.reduce((sum, m) => sum + m, 0), output: short(outputs[mask - 1]),
        mean: short(met.mean), deviation: short(met.deviation), m: short(said.mean), s: short(said.deviation),
      }),
      done: done(H, now, p),
      rows: () => [
        [this.words.unit, "h", "w", this.words.variance, this.words.state],
        ...H.map((h, j) => [j + 1, number(h), number(NET.w2[j]), number((p / (1 - p)) * h ** 2, 3), this.words[now[j] ? "kept" : "off"]]),
      ],
    };
  }

  /** The network: what is off is drawn with dashes, and so are its connections. */
  net(mask, p, value, width) {
    const high = 250;
    const at = (layer, place, many) => [width * [0.14, 0.5, 0.86][layer], (high * (place + 0.5)) / many];
    const link = (from, to, weight, on) =>
      svg("path", { class: "link", d: `M${from}L${to}`, "stroke-width": on ? 0.6 + Math.abs(weight) : 0.6, "stroke-dasharray": on ? null : "2 4" });
    const node = ([x, y], text, on, extra = {}, drag = null) =>
      svg("g", { class: `node${on ? "" : " off"}${drag ? " pick" : ""}`, "data-drag": drag },
        svg("circle", { cx: x, cy: y, r: 17, fill: "var(--md-default-bg-color)" }), // the soft colour alone would let the lines through
        svg("circle", { cx: x, cy: y, r: 17, fill: `var(${on ? "--dl-soft0" : "--md-default-bg-color"})`, stroke: `var(${on ? "--dl-c0" : "--dl-line"})`, "stroke-width": on ? 2 : 1, "stroke-dasharray": on ? null : "3 3", ...extra }),
        svg("text", { x, y: y + 4 }, text));
    const end = at(2, 0, 1);
    const middle = H.map((_, j) => at(1, j, UNITS));
    const first = NET.x.map((_, i) => at(0, i, NET.x.length));
    const links = middle.flatMap((to, j) => [...first.map((from, i) => link(from, to, NET.w1[j][i], mask[j])), link(to, end, NET.w2[j], mask[j])]);
    return svg("svg", { width, height: high, viewBox: `0 0 ${width} ${high}`, role: "img", "aria-label": this.words.net }, links,
      first.map((place, i) => node(place, number(NET.x[i]), true)),
      middle.map((place, j) => node(place, number((mask[j] * H[j]) / (1 - p), 3), mask[j], { "data-kept": mask[j] }, String(j))),
      node(end, number(value, 3), true, { "data-output": value }));
  }

  /** How often each output was met, and above it mean and standard deviation by the formula. */
  bars(outputs, value, met, said, width) {
    const [left, right, top, bottom, high] = [8, 8, 44, 36, 250];
    const boxes = HIGH - LOW;
    const counts = histogram(outputs, LOW, HIGH, boxes);
    const across = (x) => left + ((x - LOW) / boxes) * (width - left - right);
    const most = Math.max(...counts);
    const floor = high - bottom;
    const bars = counts.flatMap((count, at) => {
      const tall = (count / most) * (floor - top);
      return count ? [svg("rect", { class: "bar", x: across(LOW + at), width: across(1) - across(0) - 1, y: floor - tall, height: tall, "data-count": count })] : [];
    });
    const [from, to] = [said.mean - said.deviation, said.mean + said.deviation].map(across);
    const middle = across(said.mean).toFixed(1);
    const ticks = [-10, 0, 10, 20].map((x) => svg("text", { class: "value", x: across(x) + (x < 0 ? 8 : 0), y: floor + 15 }, number(x)));
    return svg("svg", { width, height: high, viewBox: `0 0 ${width} ${high}`, role: "img", "aria-label": this.words.bars },
      svg("text", { class: "title", x: left, y: 13 }, this.words.bars), bars,
      svg("path", { class: "frame", d: `M${left} ${floor}H${width - right}` }),
      svg("rect", { class: "hit", x: left, y: top, width: width - left - right, height: floor - top, "data-drag": "bars" }),
      svg("path", { class: "line c1", d: `M${middle} ${top - 14}V${floor}M${from.toFixed(1)} ${top - 8}H${to.toFixed(1)}`, "data-mean": said.mean, "data-deviation": said.deviation }),
      svg("text", { class: "c1", x: to + 6, y: top - 4 }, this.words.formula),
      svg("circle", { class: "dot c1", cx: across(value), cy: floor, r: 5, "data-met": met.mean, "data-met-deviation": met.deviation }),
      ticks, svg("text", { class: "value", x: (left + width - right) / 2, y: high - 5 }, this.words.axis));
  }
}
