// Convolution arithmetic: how large is the output, and which pixels does one of its cells read?
import { done, fault, outputSize, reads, taps } from "./conv_size.core.mjs";
import { Figure, fill, html, legend, svg } from "./figure.mjs";

const AXES = { h: "rows", w: "columns" };
const LIMITS = { n: [1, 16], k: [1, 7], s: [1, 5], p: [0, 5], d: [1, 4], extra: [0, 4] };
const GAP = 1.5; // cells between the two grids
const [LEAST, LARGEST] = [15, 40]; // pixels that a cell is wide; below the least the grids stand one above the other

/** The numbers of one axis. */
const axisOf = (state, axis) => Object.fromEntries(Object.keys(LIMITS).map((name) => [name, state[name + axis]]));

export default class ConvSize extends Figure {
  static tag = "dl-conv-size";
  static start = {
    mode: "convolution", ceil: false,
    nh: 6, kh: 3, sh: 1, ph: 1, dh: 1, extrah: 0,
    nw: 8, kw: 3, sw: 2, pw: 0, dw: 1, extraw: 0,
    row: 0, column: 0,
  };
  static tasks = ["same", "lost", "double"];

  controls() {
    const { words } = this;
    const fields = (axis, along, names) => names.map((name) => {
      const [least, most] = LIMITS[name];
      const field = this.field(name + axis, { least, most, label: words[name], named: `${words[along]}: ${words[name]}` });
      if (name === "extra") this.inputs.set(field, ({ mode }) => (field.hidden = mode !== "transposed"));
      return field;
    });
    const set = (axis, along, names) => html("fieldset", {}, html("legend", {}, words[along]), fields(axis, along, names));
    return [
      this.choice("mode", ["convolution", "pooling", "transposed"]),
      this.toggle("ceil", ({ mode }) => mode === "pooling"),
      set("w", "columns", ["n", "k", "s", "p"]),
      this.fold(set("w", "columns", ["d", "extra"]), set("h", "rows", Object.keys(LIMITS))),
    ];
  }

  steps() {
    return [
      this.slider("row", { least: 0, most: (state) => this.last(state, "h") }),
      this.slider("column", { least: 0, most: (state) => this.last(state, "w") }),
    ];
  }

  clean(state) {
    const fits = { ...state };
    for (const [name, [least, most]] of Object.entries(LIMITS)) {
      for (const axis of Object.keys(AXES)) {
        fits[name + axis] = Math.min(most, Math.max(least, Math.round(state[name + axis])));
      }
    }
    if (!this.constructor.modes.includes(fits.mode)) fits.mode = "convolution";
    fits.row = Math.min(Math.max(0, Math.round(fits.row)), this.last(fits, "h"));
    fits.column = Math.min(Math.max(0, Math.round(fits.column)), this.last(fits, "w"));
    return fits;
  }

  static modes = ["convolution", "pooling", "transposed"];

  /** The last place of the cursor: it walks over the output, or, transposed, over the input. */
  last(state, axis) {
    const numbers = axisOf(state, axis);
    const size = outputSize(numbers, state.mode, state.ceil);
    return Math.max(0, (size && state.mode === "transposed" ? numbers.n : (size ?? 1)) - 1);
  }

  draw(state, width) {
    const axes = Object.keys(AXES).map((axis) => axisOf(state, axis));
    const sizes = axes.map((axis) => outputSize(axis, state.mode, state.ceil));
    const faults = axes.map((axis) => fault(axis, state.mode, state.ceil));
    const wrong = faults.findIndex(Boolean);
    const formulas = html("div", { class: "widget-formulas" }, axes.map((axis, i) => this.formula(axis, sizes[i], state, i)));
    if (wrong >= 0) {
      const sentence = fill(this.words.faults[faults[wrong]], { ...axes[wrong], along: this.words[Object.values(AXES)[wrong]] });
      return { drawing: [html("p", { class: "widget-fault" }, sentence), formulas], sentence, done: [], rows: () => this.rows(axes, sizes, state) };
    }
    const cursor = [state.row, state.column];
    const drawing = state.mode === "transposed" ? this.stamp(axes, sizes, cursor, width) : this.window(axes, sizes, cursor, width);
    return {
      drawing: [drawing, this.legend(state), formulas],
      sentence: this.tell(axes, sizes, cursor, state),
      rows: () => this.rows(axes, sizes, state),
      done: done(axes, state.mode, state.ceil),
    };
  }

  legend({ mode }) {
    const cell = (kind) => svg("rect", { class: `cell ${kind}`, x: 4, y: 1, width: 14, height: 10 });
    const stamped = mode === "transposed";
    return legend([cell("cursor"), this.words.here], [cell("seen"), this.words[stamped ? "stamp" : "window"]], [cell("unread"), this.words[stamped ? "gap" : "never"]], ...(stamped ? [] : [[cell("padding"), this.words.zeros]]));
  }

  /** Left the padded input with the window of one output, right the output. */
  window(axes, sizes, cursor, width) {
    const seen = axes.map((axis, i) => new Set(taps(axis, cursor[i]).map((at) => at + axis.p)));
    const counts = axes.map((axis, i) => reads(axis, sizes[i]));
    const kind = (r, c) => {
      const inside = [r, c].every((at, i) => at >= axes[i].p && at < axes[i].p + axes[i].n);
      if (seen[0].has(r) && seen[1].has(c)) return inside ? "seen" : "seen padding";
      if (!counts[0][r] || !counts[1][c]) return inside ? "unread" : "padding";
      return inside ? "pixel" : "padding";
    };
    /** Along each axis: the places that read what lies there. */
    const readers = (at, i) => Array.from({ length: sizes[i] }, (_, place) => place).filter((place) => taps(axes[i], place).includes(at - axes[i].p));
    const input = {
      rows: axes[0].n + 2 * axes[0].p, columns: axes[1].n + 2 * axes[1].p, kind,
      says: (r, c) => fill(this.words.times, { n: counts[0][r] * counts[1][c] }),
      pick: (r, c) => {
        const [row, column] = [r, c].map((at, i) => readers(at, i)[0]);
        if (row !== undefined && column !== undefined) this.update({ row, column });
      },
    };
    const output = {
      rows: sizes[0], columns: sizes[1],
      kind: (r, c) => (r === cursor[0] && c === cursor[1] ? "cursor" : "pixel"),
      pick: (r, c) => this.update({ row: r, column: c }),
      other: (r, c) => product(...[r, c].map((at, i) => taps(axes[i], at).map((tap) => tap + axes[i].p))),
    };
    return grids(input, output, width, [this.words.input, this.words.output]);
  }

  /** Left the input with one pixel, right the output with its stamp; what padding cuts off lies outside. */
  stamp(axes, sizes, cursor, width) {
    const hit = axes.map((axis, i) => new Set(taps(axis, cursor[i])));
    const input = {
      rows: axes[0].n, columns: axes[1].n,
      kind: (r, c) => (r === cursor[0] && c === cursor[1] ? "cursor" : "pixel"),
      pick: (r, c) => this.update({ row: r, column: c }),
      other: (r, c) => product(...[r, c].map((at, i) => taps(axes[i], at))),
    };
    const stamped = axes.map((axis, i) => {
      const all = new Set();
      for (let at = 0; at < axis.n; at++) taps(axis, at).forEach((place) => all.add(place));
      return (place) => all.has(place) && place < sizes[i];
    });
    const kind = (r, c) => (hit[0].has(r) && hit[1].has(c) ? "seen" : stamped[0](r) && stamped[1](c) ? "pixel" : "unread");
    return grids(input, { rows: sizes[0], columns: sizes[1], kind }, width, [this.words.input, this.words.output]);
  }

  tell(axes, sizes, cursor, state) {
    const spans = axes.map((axis, i) => {
      const all = taps(axis, cursor[i]).filter((at) => at >= 0 && at < (state.mode === "transposed" ? sizes[i] : axis.n));
      if (!all.length) return this.words.padding;
      const step = axis.d > 1 && all.length > 1 ? fill(this.words.step, { d: axis.d }) : "";
      return all.length === 1 ? `${all[0]}` : `${all[0]}–${all.at(-1)}${step}`;
    });
    const lost = state.mode === "transposed" ? [0, 0] : axes.map((axis, i) => reads(axis, sizes[i]).slice(axis.p, axis.p + axis.n).filter((count) => !count).length);
    const said = fill(state.mode === "transposed" ? this.words.saysStamp : this.words.says, {
      oh: sizes[0], ow: sizes[1], row: cursor[0], column: cursor[1], rows: spans[0], columns: spans[1],
    });
    return lost.some(Boolean) ? said + fill(this.words.lost, { rows: lost[0], columns: lost[1], h: axes[0].n, w: axes[1].n }) : said;
  }

  /** The formula with the numbers filled in, one line for each axis. */
  formula({ n, k, s, p, d, extra }, size, { mode, ceil }, which) {
    const label = this.words[Object.values(AXES)[which]];
    const [left, right] = mode === "pooling" && ceil ? ["⌈", "⌉"] : ["⌊", "⌋"];
    const m = (tag, ...children) => make("http://www.w3.org/1998/Math/MathML", tag, children);
    const text = (value) => [...String(value)].map((c) => m(/\d/.test(c) ? "mn" : "mo", c));
    const result = size === null ? "–" : size;
    const above = `${n}+2·${p}−${d}·(${k}−1)−1`;
    const row =
      mode === "transposed"
        ? text(`(${n}−1)·${s}+${d}·(${k}−1)+1−2·${p}+${extra}=${result}`)
        : [m("mo", left), m("mfrac", m("mrow", ...text(above)), m("mn", s)), m("mo", right), ...text(`+1=${result}`)];
    const dropped = mode === "pooling" && ceil && size !== null && size < Math.ceil((n + 2 * p - d * (k - 1) - 1) / s) + 1;
    return html("div", { "data-size": result }, html("span", {}, label + this.words.colon), m("math", ...row), dropped ? ` ${this.words.dropped}` : "");
  }

  rows(axes, sizes, { mode }) {
    const names = ["n", "k", "s", "p", "d", ...(mode === "transposed" ? ["extra"] : [])];
    const head = ["", ...names.map((name) => this.words[name]), this.words.output];
    return [head, ...axes.map((axis, i) => [this.words[Object.values(AXES)[i]], ...names.map((name) => axis[name]), sizes[i] ?? "–"])];
  }
}

const make = (space, tag, children) => {
  const element = document.createElementNS(space, tag);
  element.append(...children);
  return element;
};

/** Two grids of cells beside each other, or one below the other where the page is narrow. */
const grids = (left, right, width, titles) => {
  const beside = width / (left.columns + GAP + right.columns) >= LEAST;
  const across = beside ? left.columns + GAP + right.columns : Math.max(left.columns, right.columns);
  const cell = Math.min(LARGEST, width / (across + 0.2));
  const title = 20;
  const second = beside ? { x: (left.columns + GAP) * cell, y: 0 } : { x: 0, y: left.rows * cell + title + 8 };
  const height = title + 2 + (beside ? Math.max(left.rows, right.rows) * cell : second.y + right.rows * cell);
  const all = [grid(left, 0, 0, cell, titles[0], title), grid(right, second.x, second.y, cell, titles[1], title, beside && width - second.x < NAMED ? width - 3 : 0)];
  return svg("svg", { width, height, viewBox: `-1 -1 ${width} ${height}`, role: "img", "aria-label": titles.join(", ") }, all);
};

const product = (rows, columns) => rows.flatMap((r) => columns.map((c) => `${r},${c}`));

const NAMED = 90; // pixels that the name of a grid needs; a narrower one has it from the right

/** A grid; under the pointer a cell shows, in the other grid, what belongs to it, and with the button down it is chosen. */
const grid = ({ rows, columns, kind, pick, other, says }, x, y, cell, title, above, end) => {
  const mark = (event, places, on) => {
    const grids = [...event.target.closest("svg").querySelectorAll("[data-grid]")];
    const there = grids.find((one) => !one.contains(event.target));
    for (const place of places) there.querySelector(`[data-at="${place}"]`)?.classList.toggle("hint", on);
  };
  const cells = [];
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const attributes = {
        class: `cell ${kind(r, c)}${pick ? " pick" : ""}`, "data-at": `${r},${c}`,
        x: x + c * cell, y: y + above + r * cell, width: cell, height: cell, click: pick ? () => pick(r, c) : false,
        pointerenter: other ? (event) => (event.buttons & 1 ? pick(r, c) : mark(event, other(r, c), true)) : false,
        pointerleave: other ? (event) => event.target.isConnected && mark(event, other(r, c), false) : false,
      };
      cells.push(svg("rect", attributes, says ? [svg("title", {}, says(r, c))] : []));
    }
  }
  const size = `${rows} × ${columns}`;
  return svg("g", { "data-grid": size }, svg("text", { x: end || x, y: y + 13, class: "title", style: end ? "text-anchor: end" : false }, `${title} ${size}`), cells);
};
