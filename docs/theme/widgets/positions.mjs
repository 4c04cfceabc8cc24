// Positional encoding: the heat map, two of its rows, and their product against the distance.
import { byDistance, dot, encoding, frequencies } from "./positions.core.mjs";
import { Figure, fill, html, number, svg } from "./figure.mjs";
import { plot } from "./plot.mjs";

const BASES = [10, 100, 1000, 10000, 100000];
const DARK = [0, 34, 78]; // cividis, as in the static figure: −1 …
const MIDDLE = [125, 124, 120]; // 0 …
const BRIGHT = [254, 232, 56]; // 1

const mix = (a, b, share) => a.map((from, at) => Math.round(from + (b[at] - from) * share));
const shade = (value) => (value < 0 ? mix(MIDDLE, DARK, -value) : mix(MIDDLE, BRIGHT, value));

export default class Positions extends Figure {
  static tag = "dl-positions";
  static start = { length: 40, width: 48, base: 10000, p: 3, q: 10 };

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
      drawing: [this.map(rows, state, width), this.strips([one, other], state, width), this.products(state, product, width)],
      sentence,
      rows: () => [
        [this.words.column, `${this.words.position} ${state.p}`, `${this.words.position} ${state.q}`],
        ...one.map((value, at) => [at, number(value), number(other[at])]),
        [this.words.product, number(product), ""],
      ],
    };
  }

  /** All values as colours, with the two rows marked at the side. */
  map(rows, { p, q, width: columns }, width) {
    const cell = Math.max(2, Math.min(Math.floor((width - 34) / columns), Math.floor(280 / rows.length), 14));
    const canvas = html("canvas", { width: columns, height: rows.length, class: "widget-map" });
    canvas.style.width = `${columns * cell}px`;
    canvas.style.height = `${rows.length * cell}px`;
    const pixels = canvas.getContext("2d").createImageData(columns, rows.length);
    rows.flat().forEach((value, at) => pixels.data.set([...shade(value), 255], 4 * at));
    canvas.getContext("2d").putImageData(pixels, 0, 0);
    const marks = [[p, "c0"], [q, "c1"]].map(([at, colour]) => {
      const middle = (at + 0.5) * cell;
      return svg("path", { d: `M14 ${middle} l-8 -5 v10 z`, class: colour, "data-row": at });
    });
    const size = { width: 16, height: rows.length * cell };
    const side = svg("svg", { ...size, viewBox: `0 0 16 ${size.height}`, "aria-hidden": true }, marks);
    const name = fill(this.words.map, { rows: rows.length, columns });
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", name);
    return html("div", { class: "widget-heat" }, side, canvas);
  }

  /** The two rows enlarged, and below them their products, column by column: their sum is the product of the rows. */
  strips([one, other], { p, q }, width) {
    const strips = [[p, one, "c0"], [q, other, "c1"], [`${p}·${q}`, one.map((value, at) => value * other[at]), ""]];
    const cells = strips.map(([name, values, colour], at) => {
      const room = 40;
      const cell = (width - room) / values.length;
      const boxes = values.map((value, column) => svg("rect", {
        x: room + column * cell, y: 0, width: cell + 0.5, height: 16, fill: `rgb(${shade(value)})`, "data-value": value,
      }));
      const label = svg("text", { x: 0, y: 13, class: `strip ${colour}` }, String(name));
      return svg("g", { transform: `translate(0 ${at * 20})` }, label, boxes);
    });
    return svg("svg", { width, height: 60, viewBox: `0 0 ${width} 60`, role: "img", "aria-label": this.words.strips }, cells);
  }

  /** The product of two rows against how far they lie apart. */
  products(state, product, width) {
    const distances = Array.from({ length: state.length }, (_, at) => at);
    const line = byDistance(distances, state.width, state.base).map((value, at) => [at, value]);
    const low = Math.min(0, ...line.map(([, value]) => value));
    const here = [Math.abs(state.p - state.q), product];
    return plot({ width, lines: [line], x: [0, state.length - 1], y: [low, line[0][1]], label: this.words.distance, title: this.words.product, marks: [here] });
  }
}
