// Gradient descent: the path on the surface, and the loss step by step; a second method beside it.
import { OTHERS, SURFACES, above, beside, done, losses, path } from "./descent.core.mjs";
import { Figure, fill, html, legend, number, powerOfTen, stroke, svg } from "./figure.mjs";
import { plot } from "./plot.mjs";

const SIDE = 3; // the picture shows −3 … 3 both ways
const FINE = 200; // pixels of the surface along a side
const [HIGH, DEEP] = [[232, 238, 250], [11, 60, 140]]; // the colours
const LEVELS = [0.03, 0.1, 0.3, 1, 3, 10, 30, 100]; // where the colour changes, above the lowest point
const [LEFT, BELOW] = [24, 32]; // room for the axes
const QUICK = 60; // milliseconds a step

const drawn = new Map(); // surfaces, as addresses of their pictures

/** A picture of a surface, in bands of loss. */
const bands = (surface) => {
  if (drawn.has(surface)) return drawn.get(surface);
  const canvas = html("canvas", { width: FINE, height: FINE });
  const picture = canvas.getContext("2d").createImageData(FINE, FINE);
  const at = (pixel) => ((pixel + 0.5) / FINE) * 2 * SIDE - SIDE;
  const points = Array.from({ length: FINE * FINE }, (_, n) => [at(n % FINE), -at(Math.floor(n / FINE))]);
  above(surface, points).forEach((height, n) => {
    const band = LEVELS.filter((level) => height >= level).length / LEVELS.length;
    picture.data.set([...DEEP.map((from, c) => from + (HIGH[c] - from) * band), 255], 4 * n);
  });
  canvas.getContext("2d").putImageData(picture, 0, 0);
  drawn.set(surface, canvas.toDataURL());
  return drawn.get(surface);
};

export default class Descent extends Figure {
  static tag = "dl-descent";
  static start = { surface: "ravine", method: "sgd", rate: 0.09, momentum: 0, x: -2.5, y: 1, steps: 40, other: "none" };
  static tasks = ["largest", "saddle", "second"];

  controls() {
    const momentum = this.slider("momentum", { least: 0, most: 0.99, step: 0.01 });
    this.inputs.set("momentum row", ({ method }) => (momentum.hidden = method !== "sgd"));
    const sides = { least: -SIDE, most: SIDE, step: 0.1 };
    return [
      this.choice("surface", Object.keys(SURFACES)),
      this.choice("method", ["sgd", "adam"]),
      this.choice("other", Object.keys(OTHERS)),
      this.slider("rate", { least: 0.001, most: 2.1, step: 0.01, log: true, show: (rate) => number(rate, 3) }),
      momentum,
      this.fold(this.slider("x", sides), this.slider("y", sides)),
    ];
  }

  steps() {
    return [
      this.player("steps", () => this.goal),
      this.button("back", () => this.update({ steps: this.state.steps - 1 }), ({ steps }) => steps > 0),
      this.button("next", () => this.update({ steps: this.state.steps + 1 }), ({ steps }) => steps < 200),
      this.slider("steps", { least: 0, most: 200 }),
    ];
  }

  /** From the start on, as far as the walk has come; what was stopped on the way goes on. */
  play(key, last) {
    if (!(this.goal > this.state.steps)) {
      this.goal = this.state.steps || 40;
      if (!matchMedia("(prefers-reduced-motion: reduce)").matches) this.change({ steps: 0 });
    }
    super.play(key, last);
  }

  update(change) {
    if ("steps" in change) this.goal = 0;
    super.update(change);
  }

  pace() {
    return { every: QUICK, by: 1 };
  }

  /** The start goes where the map is touched. */
  dragged(_, [across, down]) {
    const tenth = (value) => Math.round(10 * value) / 10 + 0; // no −0
    this.update({ x: tenth((2 * across - 1) * SIDE), y: tenth((1 - 2 * down) * SIDE) });
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
      other: state.other in OTHERS ? state.other : "none",
    };
  }

  draw(state, width) {
    const points = path(state.surface, [state.x, state.y], state);
    const second = beside(state);
    const falls = losses(state.surface, points);
    const last = points.at(-1);
    const lost = points.length <= state.steps || falls.at(-1) > 10 * Math.abs(falls[0]) + 1;
    const names = [this.named(state), this.words.options[state.other]];
    const sentence = fill(this.words[lost ? "diverges" : "says"], {
      steps: points.length - 1, x: number(last[0], 3), y: number(last[1], 3), loss: number(falls.at(-1), 3), first: number(falls[0], 3),
    });
    const also = second ? fill(this.words.also, { name: names[1], loss: number(losses(state.surface, second).at(-1), 3) }) : "";
    const wide = width > 520;
    const walks = [points, ...(second ? [second] : [])];
    return {
      drawing: [
        this.surface(state, walks, wide ? Math.min(width / 2 - 6, 340) : Math.min(width, 262)),
        this.falls(state, walks, wide ? width / 2 - 6 : width, wide ? 320 : 150),
        legend(...walks.map((_, at) => [stroke(at), names[at]]), [minimum(11, 6), this.words.least], [svg("rect", { width: 22, height: 12, fill: `rgb(${DEEP})` }), this.words.deep]),
      ],
      sentence: sentence + also,
      rows: () => [[this.words.step, "x", "y", this.words.loss], ...points.map((point, at) => [at, ...point.map((value) => number(value)), number(falls[at])])],
      done: done(state),
    };
  }

  named({ method, momentum }) {
    const { options } = this.words;
    return method === "adam" ? options.adam : momentum ? `${this.words.momentum} ${number(momentum)}` : options.plain;
  }

  /** The height above the lowest point, step by step, on a logarithmic axis. */
  falls({ surface }, walks, width, height) {
    const lines = walks.map((points) => above(surface, points).map((value, at) => [at, Math.log10(Math.max(value, 1e-12))]));
    const all = lines.flat().map(([, power]) => power);
    const y = [Math.floor(Math.min(...all)), Math.ceil(Math.max(...all) + 1e-9)];
    const most = Math.max(1, ...walks.map((points) => points.length - 1));
    const every = Math.ceil((y[1] - y[0]) / (height > 200 ? 7 : 4));
    const up = Array.from({ length: Math.floor((y[1] - y[0]) / every) + 1 }, (_, at) => y[0] + at * every);
    const across = most > 1 ? [0, Math.round(most / 2), most] : [0, 1];
    const marks = lines.map((line, at) => [...line.at(-1), at]);
    return plot({ width, height, lines, x: [0, most], y, across, up, label: this.words.step, title: this.words.loss, show: powerOfTen, marks });
  }

  /** The map, with its axes, its lowest points and some of its levels. */
  surface({ surface, x, y }, walks, wide) {
    const size = wide - LEFT;
    const place = ([a, b]) => [LEFT + ((a + SIDE) / (2 * SIDE)) * size, ((SIDE - b) / (2 * SIDE)) * size];
    const inside = ([a, b]) => Math.abs(a) < 9 && Math.abs(b) < 9;
    const paths = walks.toReversed().map((points, turned) => {
      const at = walks.length - 1 - turned;
      const seen = points.filter(inside).map(place);
      const d = seen.map(([a, b], n) => `${n ? "L" : "M"}${a.toFixed(1)} ${b.toFixed(1)}`).join("");
      const dots = at ? [] : seen.slice(0, 60).map(([cx, cy], n) => svg("circle", { cx, cy, r: n ? 2.5 : 6, class: "walk" }));
      const data = { [at ? "data-second" : "data-last"]: JSON.stringify(points.at(-1)) };
      return [...(at ? [svg("path", { d, class: "walk under" })] : []), svg("path", { d, class: at ? "walk other" : "walk", ...data }), ...dots];
    });
    const ticks = [-2, 0, 2].flatMap((value) => [
      svg("text", { x: place([value, 0])[0], y: size + 14, class: "value" }, number(value)),
      svg("text", { x: LEFT - 5, y: place([0, value])[1] + 4, "text-anchor": "end" }, number(value)),
    ]);
    const names = [svg("text", { x: LEFT + size / 2, y: size + 28, class: "value" }, "x"), svg("text", { x: LEFT - 5, y: 12, "text-anchor": "end" }, "y")];
    const [cx, cy] = place([x, y]);
    const over = { class: "window-of-map", x: LEFT, y: 0, width: size, height: size };
    const clip = svg("clipPath", { id: "dl-descent-map" }, svg("rect", over));
    return svg("svg", { width: wide, height: size + BELOW, viewBox: `0 0 ${wide} ${size + BELOW}`, role: "img", "aria-label": this.words.map },
      clip, ticks, names,
      svg("image", { ...over, href: bands(surface), preserveAspectRatio: "none" }),
      svg("g", { "clip-path": "url(#dl-descent-map)" }, this.levels(surface, place), SURFACES[surface].minima.map((one) => minimum(...place(one))), paths.flat()),
      svg("rect", { ...over, class: "hit", "data-drag": "start" }), svg("circle", { class: "handle", cx, cy, r: 22, "data-handle": "start" }));
  }

  /** How high some of the bands lie, written where a line from the lowest point crosses them. */
  levels(surface, place) {
    const [from] = SURFACES[surface].minima.toReversed();
    const line = Array.from({ length: 600 }, (_, n) => [from[0] + n / 100, from[1] - n / 100]);
    const heights = above(surface, line);
    const [x0] = place(from);
    return [0.1, 1, 10].flatMap((level) => {
      const at = line[heights.findIndex((height) => height >= level)];
      const [x, y] = at ? place(at) : [0, 0];
      return x - x0 > 16 ? [svg("text", { x, y: y + 4, class: "value level" }, String(level))] : [];
    });
  }
}

/** The sign of a lowest point. */
const minimum = (x, y) => svg("path", { class: "minimum", d: `M${x - 5} ${y}h10M${x} ${y - 5}v10` });
