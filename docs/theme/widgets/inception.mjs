// The cost of an Inception block: bars for each branch, with its bottlenecks and without.
import { BLOCKS, bare, breakEven, costs, done, gives, reductionFor, total } from "./inception.core.mjs";
import { Figure, fill, html, number, svg } from "./figure.mjs";

const LIMITS = { c: [1, 1024], one: [1, 512], reduce3: [0, 512], three: [1, 512], reduce5: [0, 512], five: [1, 512], pool: [0, 512], size: [1, 56] };
const FOLDED = ["c", "one", "three", "five", "pool", "size"];
const MOST = 256; // channels before a kernel, by slider and by dragging
const COUNTS = ["multiply_adds", "parameters"];
const [BAR, STEP, LEFT, RIGHT] = [17, 46, 44, 118]; // pixels

/** The block of GoogLeNet that has these numbers, or "own". */
const nameOf = (state) =>
  Object.keys(BLOCKS).find((name) => Object.keys(LIMITS).every((key) => BLOCKS[name][key] === state[key])) ?? "own";

/** Digits in groups of three. */
const grouped = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, ",");

export default class Inception extends Figure {
  static tag = "dl-inception";
  static start = { block: "3a", count: "multiply_adds", ...BLOCKS["3a"] };
  static tasks = ["even", "tenth", "heaviest"];

  controls() {
    const fields = FOLDED.map((key) => this.field(key, { least: LIMITS[key][0], most: LIMITS[key][1] }));
    return [
      this.choice("block", [...Object.keys(BLOCKS), "own"]),
      this.choice("count", COUNTS),
      html("details", { class: "widget-more" }, html("summary", {}, this.words.more), fields),
    ];
  }

  /** A block of the net brings all its numbers. */
  chosen(key, value) {
    return key === "block" ? (BLOCKS[value] ?? {}) : super.chosen(key, value);
  }

  steps() {
    const show = (value) => (value ? String(value) : this.words.none);
    return ["reduce5", "reduce3"].map((key) => this.slider(key, { least: 0, most: MOST, show }));
  }

  /** The end of a bar is dragged: that of a kernel behind a bottleneck. */
  dragged(name, [across]) {
    const [kernel, key] = { "3x3": [3, "three"], "5x5": [5, "five"] }[name];
    const { state } = this;
    const channels = reductionFor(across * this.most, state, state[key], kernel, state.count);
    this.update({ [`reduce${kernel}`]: Math.min(MOST, Math.max(1, Math.round(channels))) });
  }

  clean(state) {
    const fits = { ...state };
    for (const [key, [least, most]] of Object.entries(LIMITS)) fits[key] = Math.min(most, Math.max(least, Math.round(state[key])));
    if (!COUNTS.includes(fits.count)) fits.count = COUNTS[0];
    return { ...fits, block: nameOf(fits) };
  }

  draw(state, width) {
    const [found, without] = [costs(state), costs(bare(state))];
    const { count } = state;
    const [work, more] = [total(found, count), total(without, count)];
    const sentence = fill(this.words.says, {
      count: this.words.options[count], c: state.c, out: gives(state), size: state.size,
      work: grouped(work), more: grouped(more), times: number(more / work, 3), five: number(breakEven(state.c, state.five, 5), 3), reduce5: state.reduce5,
    });
    return {
      drawing: this.bars(found, without, count, width),
      sentence,
      done: done(state),
      rows: () => [
        [this.words.branch, ...COUNTS.flatMap((one) => [`${this.words.options[one]}, ${this.words.with}`, `${this.words.options[one]}, ${this.words.without}`])],
        ...Object.keys(found).map((name) => [name, ...COUNTS.flatMap((one) => [grouped(found[name][one]), grouped(without[name][one])])]),
        [this.words.together, ...COUNTS.flatMap((one) => [grouped(total(found, one)), grouped(total(without, one))])],
      ],
    };
  }

  bars(found, without, count, width) {
    const names = Object.keys(found);
    const most = Math.max(1, ...names.flatMap((name) => [found[name][count], without[name][count]]));
    const long = (value) => Math.max(1, (value / most) * (width - LEFT - RIGHT));
    const bar = (value, y, kind) => [
      svg("rect", { class: kind === "with" ? "shade" : "cell seen", x: LEFT, y, width: long(value), height: BAR, "data-kind": kind, "data-value": value }),
      svg("text", { x: LEFT + long(value) + 8, y: y + 13 }, `${grouped(value)} ${this.words[kind]}`),
    ];
    this.most = most;
    const driven = (name, y) => {
      if (name !== "3x3" && name !== "5x5") return [];
      const [cx, cy] = [LEFT + long(found[name][count]), y + BAR / 2];
      return [
        svg("rect", { class: "hit", x: LEFT, y, width: width - LEFT - RIGHT, height: 2 * BAR + 2, "data-drag": name }),
        svg("circle", { class: "grip", cx, cy, r: 5 }), svg("circle", { class: "handle", cx, cy, r: 22, "data-handle": name }),
      ];
    };
    const height = names.length * STEP;
    const rows = names.map((name, at) => {
      const y = at * STEP + 3;
      return svg("g", { "data-branch": name },
        svg("text", { x: LEFT - 6, y: y + BAR + 4, "text-anchor": "end" }, name === "pool" ? this.words.pooling : name.replace("x", "×")),
        bar(found[name][count], y, "with"), bar(without[name][count], y + BAR + 2, "without"), driven(name, y));
    });
    return svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": this.words.title }, rows);
  }
}
