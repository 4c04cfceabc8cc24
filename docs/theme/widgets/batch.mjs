// Batch size: what batches would have you do from one place, and the walk that they lead.
import { N, batches, done, lowest, measured, noise, ofBatches, spread, walk } from "./batch.core.mjs";
import { Figure, fill, html, number, svg } from "./figure.mjs";
import { plot } from "./plot.mjs";

const [LEFT, RIGHT, LOW, HIGH] = [-2, 3, -1.5, 2.5]; // of the map: w across, b upwards
const DRAWN = 100; // batches
const MOST = 200; // steps of a walk
const RATES = [0.01, 1]; // from the slowest to the fastest
const RINGS = [0.05, 0.2, 0.5, 1, 2]; // losses above the least

const CURVED = noise([lowest()[0] + 1, lowest()[1]]).full[0]; // how steeply the slope grows along w; along b by 1

const toRate = (slider) => RATES[0] * (RATES[1] / RATES[0]) ** (slider / 100);

export default class Batch extends Figure {
  static tag = "dl-batch";
  static start = { batch: 4, rate: 50, w: -1, b: 1.4, seed: 1, steps: 0 };
  static tasks = ["quarter", "lost", "arrived"];

  controls() {
    const more = html("details", { class: "widget-more" }, html("summary", {}, this.words.more),
      this.slider("w", { least: LEFT, most: RIGHT, step: 0.1 }), this.slider("b", { least: LOW, most: HIGH, step: 0.1 }));
    return [
      this.slider("batch", { least: 1, most: N }),
      this.slider("rate", { least: 0, most: 100, show: (rate) => number(toRate(rate), 2) }),
      this.button("again", () => this.update({ seed: (this.state.seed % 99) + 1 })),
      more,
    ];
  }

  steps() {
    return [this.player("steps", () => MOST), this.slider("steps", { least: 0, most: MOST })];
  }

  pace() {
    return { every: 60, by: 2 }; // two hundred steps at the pace of a convolution would take minutes
  }

  dragged(_, [across, down]) {
    this.update({ w: LEFT + across * (RIGHT - LEFT), b: HIGH - down * (HIGH - LOW) });
  }

  clean(state) {
    const within = (value, least, most, step = 1) => Math.round(Math.min(most, Math.max(least, value)) / step) * step;
    const tenth = (value, least, most) => Number(within(value, least, most, 0.1).toFixed(1));
    return {
      batch: within(state.batch, 1, N), rate: within(state.rate, 0, 100), seed: within(state.seed, 1, 99), steps: within(state.steps, 0, MOST),
      w: tenth(state.w, LEFT, RIGHT), b: tenth(state.b, LOW, HIGH),
    };
  }

  draw(state, width) {
    const start = [state.w, state.b];
    const how = { batch: state.batch, rate: toRate(state.rate), seed: state.seed };
    const found = ofBatches(start, batches(state.batch, DRAWN, state.seed));
    const points = walk(start, { ...how, steps: state.steps });
    const [met, said, { full }] = [measured(start, found), spread(start, state.batch), noise(start)];
    const half = width > 520 ? Math.min(400, 0.62 * width) : width;
    const short = (value) => number(Number(value.toFixed(3)), 3);
    const away = Math.hypot(points.at(-1)[0] - lowest()[0], points.at(-1)[1] - lowest()[1]);
    return {
      drawing: html("div", { class: "widget-pair" },
        this.map(start, found, points, full, said, half), this.law(start, state.batch, met, width > 520 ? width - half - 12 : width)),
      sentence: fill(this.words[state.steps ? "walked" : "says"], {
        count: DRAWN, batch: state.batch, met: short(met), said: short(said), slope: short(Math.hypot(...full)),
        steps: state.steps, rate: number(how.rate, 2), away: short(away),
      }),
      rows: () => [[this.words.step, "w", "b"], ...points.map((point, at) => [at, ...point.map((value) => number(value, 3))])],
      done: done({ ...state, ...how }),
    };
  }

  /** The plane of both weights: rings of equal loss, what the batches say, and the walk. */
  map(start, found, points, full, said, size) {
    const high = (size * (HIGH - LOW)) / (RIGHT - LEFT);
    const scale = size / (RIGHT - LEFT);
    const place = ([w, b]) => [(w - LEFT) * scale, (HIGH - b) * scale];
    const [middle, end] = [place(lowest()), place([start[0] - full[0], start[1] - full[1]])];
    const from = place(start);
    const rings = RINGS.map((above) => svg("ellipse", { class: "frame", cx: middle[0], cy: middle[1], rx: scale * Math.sqrt((2 * above) / CURVED), ry: scale * Math.sqrt(2 * above) }));
    const tips = found.map((g) => {
      const [cx, cy] = place([start[0] - g[0], start[1] - g[1]]);
      return svg("circle", { class: "c0 batch-tip", cx: cx.toFixed(1), cy: cy.toFixed(1), r: 2, "data-g": JSON.stringify(g) });
    });
    const line = points.map(place).map(([x, y], at) => `${at ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
    return svg("svg", {
      width: size, height: high, viewBox: `0 0 ${size} ${high}`, role: "img", "aria-label": this.words.map, class: "batch-map",
    },
      svg("rect", { class: "frame", x: 0.5, y: 0.5, width: size - 1, height: high - 1 }), rings,
      svg("path", { class: "batch-cross", d: `M${middle[0] - 5} ${middle[1]}h10M${middle[0]} ${middle[1] - 5}v10` }),
      tips,
      svg("circle", { class: "axis c1", cx: end[0], cy: end[1], r: said * scale, "data-spread": said }),
      svg("path", { class: "line c1 full", d: `M${from}L${end}` }),
      svg("path", { class: "batch-walk", d: line, "data-last": JSON.stringify(points.at(-1)) }),
      svg("circle", { class: "batch-start", cx: from[0], cy: from[1], r: 5 }),
      svg("text", { class: "value", x: size / 2, y: high - 6 }, "w"), svg("text", { x: 6, y: high / 2 }, "b"),
      svg("text", { x: 6, y: 15 }, this.words.key),
      svg("rect", { class: "hit", x: 0, y: 0, width: size, height: high, "data-drag": "start" }),
      svg("circle", { class: "handle", cx: from[0], cy: from[1], r: 22, "data-handle": "start" }));
  }

  /** The spread against the batch size, by the formula, and what these batches measure. */
  law(start, batch, met, width) {
    const formula = Array.from({ length: N - 1 }, (_, at) => [at + 1, spread(start, at + 1)]);
    const most = 1.2 * Math.max(formula[0][1], met);
    return plot({ width, height: 230, lines: [formula], x: [1, N], y: [0, most], label: this.words.size, title: this.words.law, marks: [[batch, met]] });
  }
}
