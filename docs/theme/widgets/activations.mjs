// Activations: the function, its slope at a point, and the product of slopes through many layers; a second one beside it.
import { FUNCTIONS, done, products, slope, value } from "./activations.core.mjs";
import { Figure, fill, legend, number, powerOfTen, stroke } from "./figure.mjs";
import { plot } from "./plot.mjs";

const [LEFT, RIGHT] = [-6, 6];
const SEEN = Array.from({ length: 241 }, (_, at) => LEFT + at / 20);
const ACROSS = [-6, -3, 0, 3, 6];

export default class Activations extends Figure {
  static tag = "dl-activations";
  static start = { name: "sigmoid", leak: 0.01, x: 2, layers: 10, other: "none" };
  static tasks = ["dead", "half", "tenfold"];

  controls() {
    const leak = this.field("leak", { least: 0, most: 1, step: 0.01 });
    this.inputs.set("leak row", ({ name, other }) => (leak.hidden = ![name, other].includes("leaky")));
    return [
      this.choice("name", Object.keys(FUNCTIONS)),
      this.choice("other", ["none", ...Object.keys(FUNCTIONS)]),
      leak,
      this.slider("layers", { least: 1, most: 20 }),
    ];
  }

  steps() {
    return [this.slider("x", { least: LEFT, most: RIGHT, step: 0.1, show: (x) => number(x, 3) })];
  }

  /** The point goes along the curve with the pointer. */
  dragged(_, [across]) {
    this.update({ x: LEFT + across * (RIGHT - LEFT) });
  }

  clean(state) {
    return {
      name: state.name in FUNCTIONS ? state.name : "sigmoid",
      leak: Math.min(1, Math.max(0, state.leak)),
      x: Math.min(RIGHT, Math.max(LEFT, Math.round(state.x * 10) / 10)) + 0,
      layers: Math.min(20, Math.max(1, Math.round(state.layers))),
      other: state.other in FUNCTIONS ? state.other : "none",
    };
  }

  draw(state, width) {
    const { name, other, leak, x, layers } = state;
    const [y, steep] = [value(name, x, leak), slope(name, x, leak)];
    const both = [name, ...(other === "none" ? [] : [other])];
    const [curves, slopes] = [value, slope].map((what) => both.map((one) => SEEN.map((at) => [at, what(one, at, leak)])));
    const through = both.map((one) => products(one, x, layers, leak));
    const shown = this.words.options[name];
    const heights = curves.flat().map(([, v]) => v);
    const [low, high] = [Math.min(...heights) < -0.5 ? Math.floor(Math.min(...heights)) : Math.min(...heights) < 0 ? -0.5 : 0, Math.max(1, ...heights)];
    const tangent = [-1.5, 1.5].map((step) => [x + step, y + steep * step]).filter(([, v]) => v >= low - 0.5 && v <= high + 0.5);
    const wide = width > 520;
    const half = wide ? width / 2 - 6 : width;
    const [height, ticks] = [wide ? 210 : 130, (from, to) => (to - from > 3 ? [from, 0, to] : [from, (from + to) / 2, to])];
    const fast = [Math.min(0, ...slopes.flat().map(([, v]) => v)), Math.max(1, ...slopes.flat().map(([, v]) => v))];
    const second = other === "none" ? "" : fill(this.words.beside, { name: this.words.options[other], slope: number(slope(other, x, leak)), product: number(through[1].at(-1), 3) });
    return {
      drawing: [
        plot({ width: half, height, lines: other === "none" ? [curves[0], tangent] : [...curves, tangent], x: [LEFT, RIGHT], y: [low, high], across: ACROSS, up: ticks(low, high), label: "x", title: both.map((one) => this.words.options[one]).join(", "), marks: [[x, y]], drag: "x" }),
        plot({ width: half, height, lines: slopes, x: [LEFT, RIGHT], y: fast, across: ACROSS, up: fast[0] < -0.2 ? [fast[0], 0, fast[1]] : [fast[0], fast[1] / 2, fast[1]], label: "x", title: this.words.derivative, marks: [[x, steep]], drag: "slope" }),
        this.fading(through, width, wide ? 150 : 130),
        legend([stroke(0), shown], [stroke(1), other === "none" ? this.words.tangent : this.words.options[other]], ...(other === "none" ? [] : [[stroke(2), this.words.tangent]])),
      ],
      sentence: fill(this.words.says, { name: shown, x: number(x, 3), y: number(y), slope: number(steep), layers, product: number(through[0].at(-1), 3) }) + second,
      rows: () => [
        [this.words.layer, ...both.map((one) => `${this.words.product} (${this.words.options[one]})`)],
        ...through[0].map((_, at) => [at + 1, ...through.map((row) => number(row[at], 6))]),
      ],
      done: done(state),
    };
  }

  /** The size of the product layer by layer, on a logarithmic axis; a product of 0 has no place on it. */
  fading(through, width, height) {
    const lines = through.map((row) => row.map((product, at) => [at + 1, Math.abs(product)]).filter(([, product]) => product > 0).map(([layer, product]) => [layer, Math.log10(product)]));
    const powers = lines.flat().map(([, power]) => power);
    const lowest = Math.min(-1, ...powers.map(Math.floor));
    const highest = Math.max(0, ...powers.map(Math.ceil));
    const layers = through[0].length;
    const x = [1, Math.max(2, layers)];
    const dead = lines[0].length < layers;
    const label = dead ? this.words.dead : this.words.layer;
    const across = x[1] > 4 ? [1, Math.round((1 + x[1]) / 2), x[1]] : x;
    const marks = lines[0].length ? [lines[0].at(-1)] : [];
    return plot({ width, height, lines, x, y: [lowest, highest], across, up: [lowest, Math.round((lowest + highest) / 2), highest], label, title: this.words.productOf, show: powerOfTen, marks });
  }
}
