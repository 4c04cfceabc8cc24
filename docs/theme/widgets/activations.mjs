// Activations: the function, its slope at a point, and the product of slopes through many layers.
import { FUNCTIONS, products, slope, value } from "./activations.core.mjs";
import { Figure, fill, number, powerOfTen } from "./figure.mjs";
import { plot } from "./plot.mjs";

const [LEFT, RIGHT] = [-6, 6];
const SEEN = Array.from({ length: 241 }, (_, at) => LEFT + at / 20);

export default class Activations extends Figure {
  static tag = "dl-activations";
  static start = { name: "sigmoid", leak: 0.01, x: 2, layers: 10 };

  controls() {
    const leak = this.field("leak", { least: 0, most: 1, step: 0.01 });
    this.inputs.set("leak row", ({ name }) => (leak.hidden = name !== "leaky"));
    return [this.choice("name", Object.keys(FUNCTIONS)), leak, this.slider("layers", { least: 1, most: 20 })];
  }

  steps() {
    return [this.slider("x", { least: LEFT, most: RIGHT, step: 0.1, show: (x) => number(x, 3) })];
  }

  clean(state) {
    return {
      name: state.name in FUNCTIONS ? state.name : "sigmoid",
      leak: Math.min(1, Math.max(0, state.leak)),
      x: Math.min(RIGHT, Math.max(LEFT, Math.round(state.x * 10) / 10)),
      layers: Math.min(20, Math.max(1, Math.round(state.layers))),
    };
  }

  draw({ name, leak, x, layers }, width) {
    const [y, steep] = [value(name, x, leak), slope(name, x, leak)];
    const curve = SEEN.map((at) => [at, value(name, at, leak)]);
    const slopes = SEEN.map((at) => [at, slope(name, at, leak)]);
    const through = products(name, x, layers, leak);
    const shown = this.words.options[name];
    const [low, high] = [Math.min(-1, ...curve.map(([, v]) => v)), Math.max(1, ...curve.map(([, v]) => v))];
    const tangent = [-1.5, 1.5].map((step) => [x + step, y + steep * step]).filter(([, v]) => v >= low - 1 && v <= high + 1);
    const half = width > 520 ? width / 2 - 6 : width;
    const parts = [
      plot({ width: half, lines: [curve, tangent], x: [LEFT, RIGHT], y: [low, high], label: "x", title: shown, marks: [[x, y]] }),
      plot({ width: half, lines: [slopes], x: [LEFT, RIGHT], y: [Math.min(0, ...slopes.map(([, v]) => v)), Math.max(1, ...slopes.map(([, v]) => v))], label: "x", title: this.words.derivative, marks: [[x, steep]] }),
      this.fading(through, width),
    ];
    const sentence = fill(this.words.says, { name: shown, x: number(x, 3), y: number(y), slope: number(steep), layers, product: number(through.at(-1), 3) });
    return {
      drawing: parts,
      sentence,
      rows: () => [[this.words.layer, this.words.product], ...through.map((product, at) => [at + 1, number(product, 6)])],
    };
  }

  /** The size of the product layer by layer, on a logarithmic axis; a product of 0 has no place on it. */
  fading(through, width) {
    const points = through.map((product, at) => [at + 1, Math.abs(product)]).filter(([, product]) => product > 0);
    const logs = points.map(([layer, product]) => [layer, Math.log10(product)]);
    const lowest = Math.min(-1, ...logs.map(([, power]) => Math.floor(power)));
    const highest = Math.max(0, ...logs.map(([, power]) => Math.ceil(power)));
    const x = [1, Math.max(2, through.length)];
    const title = through.at(-1) === 0 ? this.words.dead : this.words.productOf;
    return plot({ width, lines: [logs], x, y: [lowest, highest], label: this.words.layer, title, marks: logs, show: powerOfTen, height: 170 });
  }
}
