// Back-propagation on a small graph: forward and backward step by step, with the local derivative on each edge.
import { GRAPHS, backward, central, done, edges, forward } from "./graph.core.mjs";
import { Figure, fill, legend, number, svg } from "./figure.mjs";

const ACTIVATIONS = ["sigmoid", "tanh", "relu"];
// Where the nodes stand, from the left and from the top, in boxes; where there is room, from the top and from the left.
const PLACES = {
  unit: { w: [0, 0], x: [1, 0], b: [2, 0], m: [0.5, 1], z: [1, 2], a: [1, 3], t: [2, 3], e: [1.5, 4], L: [1.5, 5] },
  twice: { x: [0, 0], y: [1, 0], p: [0.75, 1], q: [0.4, 2], L: [0.4, 3] },
};
const [WIDE, HIGH, APART, BELOW] = [100, 66, 26, 24]; // a box, and the room between two
const [LYING, NARROW, BETWEEN] = [560, 78, 22]; // from this width on it lies; then its boxes are narrower, and its rows so far apart
const PULL = 2; // by how much an input changes when it is dragged by the height of its box

export default class Graph extends Figure {
  static tag = "dl-graph";
  static start = { graph: "unit", activation: "sigmoid", w: 2, x: 1, b: -1, t: 0, y: 3, step: 0 };
  static tasks = ["falls", "stuck", "apart"];

  controls() {
    const fields = ["w", "x", "b", "t", "y"].map((key) => {
      const field = this.field(key, { least: -9, most: 9, step: "any" });
      this.inputs.set(`${key} row`, ({ graph }) => (field.hidden = !GRAPHS[graph].inputs.includes(key)));
      return field;
    });
    const activation = this.choice("activation", ACTIVATIONS);
    this.inputs.set("activation row", ({ graph }) => (activation.hidden = graph !== "unit"));
    return [this.choice("graph", Object.keys(GRAPHS)), activation, ...fields];
  }

  chosen(key, value) {
    return key === "graph" ? { graph: value, step: 0 } : { [key]: value };
  }

  steps() {
    const last = ({ graph }) => 2 * GRAPHS[graph].nodes.length;
    const next = this.button("next", () => this.update({ step: this.state.step + 1 }), (state) => state.step < last(state));
    next.classList.add("first");
    return [
      this.player("step", last),
      this.button("back", () => this.update({ step: this.state.step - 1 }), ({ step }) => step > 0),
      next,
      this.slider("step", { least: 0, most: last }),
    ];
  }

  /** An input is pulled up and down. */
  dragged(name, [, down], begins) {
    if (begins) this.from = { value: this.state[name], down };
    else this.update({ [name]: Number((this.from.value + PULL * (this.from.down - down)).toFixed(1)) + 0 });
  }

  /** A click on a node goes to where its value is computed, a second one to where its gradient is passed on. */
  visit(at) {
    const back = 2 * GRAPHS[this.state.graph].nodes.length - at;
    this.update({ step: this.state.step === at + 1 ? back : at + 1 });
  }

  clean(state) {
    const fits = { ...state };
    if (!(fits.graph in GRAPHS)) fits.graph = "unit";
    if (!ACTIVATIONS.includes(fits.activation)) fits.activation = "sigmoid";
    for (const key of ["w", "x", "b", "t", "y"]) fits[key] = Math.min(9, Math.max(-9, fits[key]));
    fits.step = Math.min(2 * GRAPHS[fits.graph].nodes.length, Math.max(0, Math.round(fits.step)));
    return fits;
  }

  draw(state, width) {
    const { graph, activation, step } = state;
    const { inputs, nodes } = GRAPHS[graph];
    const given = Object.fromEntries(inputs.map((name) => [name, state[name]]));
    const values = forward(graph, given, activation);
    const gradients = backward(graph, values, activation);
    const made = nodes.slice(0, step).map(([name]) => name); // forward so far
    const passed = nodes.slice(Math.max(0, 2 * nodes.length - step)).map(([name]) => name); // backward so far
    const lines = edges(graph, values, activation);
    const reached = new Set([...(step > nodes.length ? [nodes.at(-1)[0]] : []), ...lines.filter(({ to }) => passed.includes(to)).map(({ from }) => from)]);
    const sofar = (name) => lines.filter(({ from, to }) => from === name && passed.includes(to)).reduce((sum, { to, slope }) => sum + gradients[to] * slope, 0);
    const drawing = this.picture(state, width, {
      value: (name) => (inputs.includes(name) || made.includes(name) ? values[name] : null),
      gradient: (name) => (reached.has(name) ? (name === nodes.at(-1)[0] ? 1 : sofar(name)) : null),
      check: (name) => (reached.has(name) ? central(graph, values, activation, name) : null),
      edge: ({ to }) => passed.includes(to),
      lines, nodes,
      active: step > nodes.length ? nodes[2 * nodes.length - step]?.[0] : nodes[step - 1]?.[0],
    });
    return {
      drawing: [drawing, this.legend()],
      done: done(state),
      sentence: this.tell(state, values, gradients, lines, nodes),
      rows: () => [
        [this.words.node, this.words.value, this.words.gradient, this.words.central],
        ...Object.keys(values).map((name) => [
          name, number(values[name], 6), number(gradients[name], 6),
          number(central(graph, values, activation, name), 6),
        ]),
      ],
    };
  }

  legend() {
    const sign = (kind, text) => svg("text", { class: kind, x: 11, y: 11, "text-anchor": "middle" }, text);
    return legend([sign("node-value", "1"), this.words.value], [sign("node-gradient", "∂"), this.words.gradient], [sign("slope", "×2"), this.words.local], [sign("", "Δ"), this.words.central]);
  }

  tell({ graph, step, activation }, values, gradients, lines, nodes) {
    if (step === 0) return this.words.before;
    if (step <= nodes.length) {
      const [name, kind, ...from] = nodes[step - 1];
      return fill(this.words.forward, { name, formula: formula(kind, from, activation), value: number(values[name]) });
    }
    const name = nodes[2 * nodes.length - step][0];
    const parts = lines.filter(({ to }) => to === name).map(({ from, slope }) =>
      fill(this.words.part, { from, slope: number(slope), gradient: number(gradients[name]), product: number(gradients[name] * slope) }));
    const twice = graph === "twice" && name === "p" ? ` ${this.words.added}` : "";
    return fill(this.words.backward, { name, gradient: number(gradients[name]), parts: parts.join(this.words.and) }) + twice;
  }

  picture({ graph, activation }, width, { value, gradient, check, edge, lines, nodes, active }) {
    const lying = width >= LYING;
    const places = Object.fromEntries(Object.entries(PLACES[graph]).map(([name, [x, y]]) => [name, lying ? [y, x] : [x, y]]));
    const [across, down] = [0, 1].map((axis) => Math.max(...Object.values(places).map((place) => place[axis])));
    const wide = lying ? NARROW : Math.min(WIDE, (width - 8 - across * 6) / (across + 1));
    const apart = Math.min(lying ? 90 : APART, (width - 8 - (across + 1) * wide) / across);
    const below = lying ? BETWEEN : BELOW;
    const at = (name) => [4 + places[name][0] * (wide + apart), 4 + places[name][1] * (HIGH + below)];
    const height = 8 + HIGH + down * (HIGH + below);
    const links = lines.flatMap((line) => {
      const [[x1, y1], [x2, y2]] = [at(line.from), at(line.to)];
      const [a, b] = lying ? [[x1 + wide, y1 + HIGH / 2], [x2, y2 + HIGH / 2]] : [[x1 + wide / 2, y1 + HIGH], [x2 + wide / 2, y2]];
      const [room, length] = lying ? [apart, b[0] - a[0]] : [below, b[1] - a[1]];
      const share = room / 2 / length; // the slope stands near the end, where the edges are apart
      const middle = [b[0] - share * (b[0] - a[0]), b[1] - share * (b[1] - a[1]) + 4];
      const shown = edge(line);
      const label = { class: "slope", x: middle[0], y: middle[1], "data-edge": line.from + line.to, "data-slope": line.slope };
      const kind = `link ${shown ? "passed" : ""} ${shown && line.to === active ? "now" : ""}`;
      return [svg("path", { class: kind, d: `M${a}L${b}`, "data-ends": `${line.from} ${line.to}` }), svg("text", label, shown ? `×${number(line.slope, 3)}` : "")];
    });
    const near = (name, on) => this.drawing.querySelectorAll(`[data-ends~=${name}]`).forEach((link) => link.classList.toggle("near", on));
    const boxes = Object.keys(places).map((name) => {
      const [x, y] = at(name);
      const order = nodes.findIndex(([own]) => own === name);
      const node = nodes[order];
      const title = node ? `${name} = ${formula(node[1], node.slice(2), activation)}` : name;
      const [v, g] = [value(name), gradient(name)];
      const slope = g === null ? "" : `∂L/∂${name} ${number(g, 3)}`;
      const inside = node ? { click: () => this.visit(order), class: `node pick ${name === active ? "active" : ""}` } : { "data-drag": name, class: "node given" };
      return svg("g", { ...inside, transform: `translate(${x} ${y})`, pointerenter: () => near(name, true), pointerleave: () => near(name, false) },
        svg("rect", { width: wide, height: HIGH, rx: 5 }),
        svg("text", { x: wide / 2, y: 14 }, title, node ? [] : [svg("title", {}, this.words.pull)]),
        svg("text", { x: wide / 2, y: 30, class: "node-value", "data-node": name, "data-value": v }, v === null ? "" : number(v)),
        svg("text", { x: wide / 2, y: 46, class: "node-gradient", style: slope.length > 12 ? "font-size:10px" : "", "data-node": name, "data-gradient": g }, slope),
        svg("text", { x: wide / 2, y: 61, class: "node-check", "data-node": name, "data-central": check(name) }, g === null ? "" : `Δ ${number(check(name), 3)}`));
    });
    return svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": this.words.picture }, links, boxes);
  }
}

const formula = (kind, from, activation) => {
  if (kind === "square") return `${from[0]}²`;
  if (kind === "activation") return `${activation === "sigmoid" ? "σ" : activation}(${from[0]})`;
  return from.join(kind);
};
