// Gradient descent: the path on the surface, and the loss step by step.
import { SURFACES, above, losses, path } from "./descent.core.mjs";
import { Figure, fill, html, number, powerOfTen, svg } from "./figure.mjs";
import { plot } from "./plot.mjs";

const SIDE = 3; // the picture shows −3 … 3 both ways
const FINE = 140; // pixels of the surface along a side
const SOFT = [[232, 238, 250], [11, 60, 140]]; // from shallow to deep, mixed with what is below

export default class Descent extends Figure {
  static tag = "dl-descent";
  static start = { surface: "ravine", method: "sgd", rate: 0.09, momentum: 0, x: -2.5, y: 1, steps: 40 };

  controls() {
    const momentum = this.slider("momentum", { least: 0, most: 0.99, step: 0.01 });
    this.inputs.set("momentum row", ({ method }) => (momentum.hidden = method !== "sgd"));
    return [
      this.choice("surface", Object.keys(SURFACES)),
      this.choice("method", ["sgd", "adam"]),
      this.slider("rate", { least: 0.001, most: 2.1, step: 0.001, show: (rate) => number(rate, 3) }),
      momentum,
      this.slider("x", { least: -SIDE, most: SIDE, step: 0.1 }),
      this.slider("y", { least: -SIDE, most: SIDE, step: 0.1 }),
    ];
  }

  steps() {
    return [this.slider("steps", { least: 0, most: 200 })];
  }

  clean(state) {
    const within = (value, least, most) => Math.min(most, Math.max(least, value));
    return {
      surface: state.surface in SURFACES ? state.surface : "ravine",
      method: state.method === "adam" ? "adam" : "sgd",
      rate: within(state.rate, 0.001, 2.1),
      momentum: within(state.momentum, 0, 0.99),
      x: within(state.x, -SIDE, SIDE),
      y: within(state.y, -SIDE, SIDE),
      steps: Math.round(within(state.steps, 0, 200)),
    };
  }

  draw(state, width) {
    const points = path(state.surface, [state.x, state.y], state);
    const falls = losses(state.surface, points);
    const last = points.at(-1);
    const lost = points.length <= state.steps || falls.at(-1) > 10 * Math.abs(falls[0]) + 1;
    const sentence = fill(this.words[lost ? "diverges" : "says"], {
      steps: points.length - 1, x: number(last[0], 3), y: number(last[1], 3), loss: number(falls.at(-1), 3), first: number(falls[0], 3),
    });
    const logs = above(state.surface, points).map((height, at) => [at, Math.log10(Math.max(height, 1e-12))]);
    const y = [Math.floor(Math.min(...logs.map(([, v]) => v))), Math.ceil(Math.max(...logs.map(([, v]) => v)) + 1e-9)];
    const half = width > 520 ? width / 2 - 6 : width;
    return {
      drawing: [
        this.surface(state, points, Math.min(half, 320)),
        plot({ width: half, height: 230, lines: [logs], x: [0, Math.max(1, points.length - 1)], y, label: this.words.step, title: this.words.loss, show: powerOfTen, marks: [logs.at(-1)] }),
      ],
      sentence,
      rows: () => [[this.words.step, "x", "y", this.words.loss], ...points.map((point, at) => [at, ...point.map((value) => number(value)), number(falls[at])])],
    };
  }

  surface({ surface }, points, size) {
    const canvas = html("canvas", { width: FINE, height: FINE, class: "widget-map" });
    canvas.style.width = canvas.style.height = `${size}px`;
    const picture = canvas.getContext("2d").createImageData(FINE, FINE);
    const { value } = SURFACES[surface];
    for (let at = 0; at < FINE * FINE; at++) {
      const point = [((at % FINE) / (FINE - 1)) * 2 * SIDE - SIDE, SIDE - (Math.floor(at / FINE) / (FINE - 1)) * 2 * SIDE];
      const band = Math.floor(2 * Math.log2(1 + 4 * Math.max(0, value(point) + 1.5))) / 18; // rings of nearly equal loss
      const [deep, high] = [SOFT[1], SOFT[0]];
      picture.data.set([...deep.map((from, c) => from + (high[c] - from) * Math.min(1, band)), 255], 4 * at);
    }
    canvas.getContext("2d").putImageData(picture, 0, 0);
    const place = ([x, y]) => [((x + SIDE) / (2 * SIDE)) * size, ((SIDE - y) / (2 * SIDE)) * size];
    const seen = points.map(place);
    const line = seen.map(([a, b], at) => `${at ? "L" : "M"}${a.toFixed(1)} ${b.toFixed(1)}`).join("");
    const dots = seen.slice(0, 60).map(([cx, cy], at) => svg("circle", { cx, cy, r: at ? 2.5 : 5, class: "walk" }));
    const over = svg("svg", { width: size, height: size, viewBox: `0 0 ${size} ${size}`, "aria-hidden": true },
      svg("path", { d: line, class: "walk", "data-last": JSON.stringify(points.at(-1)) }), dots);
    return html("div", { class: "widget-surface", role: "img", "aria-label": this.words.map }, canvas, over);
  }
}
