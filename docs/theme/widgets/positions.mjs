// Positional encoding: the heat map, two of its rows, and their product against the distance.
import { byDistance, done, dot, encoding, frequencies } from "./positions.core.mjs";
import { Figure, fill, html, legend, number, svg } from "./figure.mjs";
import { plot } from "./plot.mjs";

const BASES = [10, 100, 1000, 10000, 100000];
const DARK = [0, 34, 78]; // cividis, as in the static figure: −1 …
const MIDDLE = [125, 124, 120]; // 0 …
const BRIGHT = [254, 232, 56]; // 1

const [LEFT, RIGHT] = [46, 4]; // room beside the columns: the map and the strips have the same
const HIGH = { wide: 240, narrow: 190 }; // of the map

const mix = (a, b, share) => a.map((from, at) => Math.round(from + (b[at] - from) * share));
const shade = (value) => (value < 0 ? mix(MIDDLE, DARK, -value) : mix(MIDDLE, BRIGHT, value));

export default class Positions extends Figure {
  static tag = "dl-positions";
  static start = { length: 40, width: 48, base: 10000, p: 3, q: 10 };
  static tasks = ["far", "against", "round"];

  controls() {
    return [
      this.slider("length", { least: 4, most: 128 }),
      this.slider("width", { least: 2, most: 64 }),
      this.choice("base", BASES.map(String)),
    ];
  }

  steps() {
    const row = { least: 0, most: (state) => state.length - 1 };
    return [this.slider("p", row), this.slider("q", row)];
  }

  /** The row that is nearer goes where the map is touched, and with the pointer. */
  dragged(_, [, down], begins) {
    const { p, q, length } = this.state;
    const row = Math.min(length - 1, Math.max(0, Math.floor(down * length)));
    if (begins) this.moved = Math.abs(row - p) <= Math.abs(row - q) ? "p" : "q";
    this.update({ [this.moved]: row });
  }

  chosen(key, value) {
    return { [key]: Number(value) };
  }

  clean(state) {
    const whole = (value, least, most) => Math.min(most, Math.max(least, Math.round(value)));
    const length = whole(state.length, 4, 128);
    return {
      length,
      width: whole(state.width, 2, 64),
      base: BASES.includes(state.base) ? state.base : 10000,
      p: whole(state.p, 0, length - 1),
      q: whole(state.q, 0, length - 1),
    };
  }

  draw(state, width) {
    const rows = encoding(state.length, state.width, state.base);
    const [one, other] = [rows[state.p], rows[state.q]];
    const product = dot(one, other);
    const distance = Math.abs(state.p - state.q);
    const slowest = (2 * Math.PI) / frequencies(state.width, state.base).at(-1);
    const sentence = fill(this.words[state.width % 2 ? "saysOdd" : "says"], {
      p: state.p, q: state.q, distance, product: number(product), most: number(dot(one, one)), slowest: number(slowest),
    });
    return {
      drawing: [this.map(rows, state, width), this.strips([one, other], state, width), this.scale(), this.products(state, product, width)],
      sentence,
      rows: () => [
        [this.words.column, `${this.words.position} ${state.p}`, `${this.words.position} ${state.q}`],
        ...one.map((value, at) => [at, number(value), number(other[at])]),
        [this.words.product, number(product), ""],
      ],
      done: done(state),
    };
  }

  /** All values as colours, with the two rows marked. */
  map(rows, { p, q, width: columns, length }, width) {
    const canvas = html("canvas", { width: columns, height: length });
    const pixels = canvas.getContext("2d").createImageData(columns, length);
    rows.flat().forEach((value, at) => pixels.data.set([...shade(value), 255], 4 * at));
    canvas.getContext("2d").putImageData(pixels, 0, 0);
    const [wide, high, top] = [width - LEFT - RIGHT, width > 520 ? HIGH.wide : HIGH.narrow, 18];
    const each = high / length;
    const down = (row) => top + row * each;
    const marks = [[p, "c0"], [q, "c1"]].flatMap(([row, colour]) => [
      svg("rect", { class: `row-here ${colour}`, x: LEFT - 1, y: down(row), width: wide + 2, height: Math.max(3, each) }),
      svg("path", { class: `mark ${colour}`, d: `M${LEFT - 3} ${down(row + 0.5)}l-10 -6v12z`, "data-row": row }),
    ]);
    const handles = [p, q].map((row) => svg("circle", { class: "handle", cx: LEFT - 12, cy: down(row + 0.5), r: 20, "data-handle": "map" }));
    const [first, last] = [0, length - 1].map((row) => svg("text", { class: "small", x: 22, y: down(row + 0.5) + 4, "text-anchor": "end" }, String(row)));
    const area = { x: LEFT, y: top, width: wide, height: high };
    const name = fill(this.words.map, { rows: length, columns });
    return svg("svg", { width, height: high + top + 4, viewBox: `0 0 ${width} ${high + top + 4}`, role: "img", "aria-label": name },
      svg("text", { x: 0, y: 12, class: "small" }, `${this.words.position} ↓`),
      svg("text", { x: LEFT + wide, y: 12, class: "small", "text-anchor": "end" }, `${this.words.column} 0 … ${columns - 1} →`),
      svg("image", { ...area, href: canvas.toDataURL(), preserveAspectRatio: "none", style: "image-rendering:pixelated" }),
      first, last, marks, svg("rect", { ...area, class: "hit", "data-drag": "map" }), handles);
  }

  /** What the colours stand for. */
  scale() {
    const stops = Array.from({ length: 22 }, (_, at) => svg("rect", { x: at, y: 1, width: 1.2, height: 10, fill: `rgb(${shade(at / 10.5 - 1)})` }));
    const row = (colour) => svg("path", { class: colour, d: "M6 0l10 6l-10 6z" });
    return legend([svg("g", {}, stops), "−1 … 1"], [row("c0"), this.words.p], [row("c1"), this.words.q]);
  }

  /** The two rows enlarged, and below them their products, column by column: their sum is the product of the rows. */
  strips([one, other], { p, q }, width) {
    const strips = [[p, one, "c0"], [q, other, "c1"], ["×", one.map((value, at) => value * other[at]), ""]];
    const cells = strips.map(([name, values, colour], at) => {
      const cell = (width - LEFT - RIGHT) / values.length;
      const boxes = values.map((value, column) => svg("rect", {
        x: LEFT + column * cell, y: 0, width: cell + 0.5, height: 16, fill: `rgb(${shade(value)})`, "data-value": value,
      }));
      const label = svg("text", { x: LEFT - 6, y: 13, "text-anchor": "end", class: `strip ${colour}` }, String(name));
      return svg("g", { transform: `translate(0 ${at * 20 + (at === 2) * 3})` }, label, boxes);
    });
    return svg("svg", { width, height: 63, viewBox: `0 0 ${width} 63`, role: "img", "aria-label": this.words.strips }, cells);
  }

  /** The product of two rows against how far they lie apart. */
  products(state, product, width) {
    const distances = Array.from({ length: state.length }, (_, at) => at);
    const line = byDistance(distances, state.width, state.base).map((value, at) => [at, value]);
    const low = Math.min(0, ...line.map(([, value]) => value));
    const here = [Math.abs(state.p - state.q), product];
    const last = state.length - 1;
    return plot({ width, lines: [line], x: [0, last], y: [low, line[0][1]], across: last > 4 ? [0, Math.round(last / 2), last] : [0, last], label: this.words.distance, title: this.words.product, marks: [here] });
  }
}
