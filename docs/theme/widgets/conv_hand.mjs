// A convolution step by step: one window, nine products, one sum.
import { correlate, done, flipped, nearest, places, products, windowAt } from "./conv_hand.core.mjs";
import { Figure, fill, html, legend, number, svg } from "./figure.mjs";

const KERNELS = {
  page: "1 0 -1 2 1 0 0 0 -1",
  edges: "-1 0 1 -2 0 2 -1 0 1",
  blur: "1 1 1 1 1 1 1 1 1",
  sharpen: "0 -1 0 -1 5 -1 0 -1 0",
  identity: "0 0 0 0 1 0 0 0 0",
  corner: "1 2 0 2 0 0 0 0 0",
};
const IMAGES = {
  page: "1 2 0 1 0 1 3 1 2 1 0 0 1 0 2 1",
  step: Array(7).fill("0 0 0 9 9 9 9").join(" "),
  ramp: Array(7).fill("0 1 2 3 4 5 6").join(" "),
  dot: `${"0 ".repeat(24)}1${" 0".repeat(24)}`,
  seven: "0 0 0 0 0 0 0 0 9 9 9 9 9 0 0 0 0 0 0 9 0 0 0 0 0 9 0 0 0 0 0 9 0 0 0 0 0 9 0 0 0 0 0 0 9 0 0 0 0",
};
const SIDES = [3, 9]; // pixels along an image, least and most
const [LEAST, MOST] = [26, 60]; // pixels that a cell is wide
const PHOTO = "photo"; // the image that is no list of numbers

let pixels; // of the photo: fetched when a reader asks for it
const photo = async () => {
  const { WIDTH, PACKED } = await import("./conv_hand.weights.mjs");
  const all = Array.from(atob(PACKED), (sign) => sign.charCodeAt(0));
  pixels = Array.from({ length: all.length / WIDTH }, (_, row) => all.slice(row * WIDTH, (row + 1) * WIDTH));
};

/** Numbers written with anything between them, as rows of a square; null if they are none or too large. */
export const square = (text, [least, most]) => {
  const all = text.replaceAll("−", "-").match(/-?\d*\.?\d+/g)?.map(Number) ?? [];
  const side = Math.sqrt(all.length);
  if (!Number.isInteger(side) || side < least || side > most || all.some((value) => Math.abs(value) > 999)) return null;
  return Array.from({ length: side }, (_, i) => all.slice(i * side, (i + 1) * side));
};

export default class ConvHand extends Figure {
  static tag = "dl-conv-hand";
  static start = { image: IMAGES.page, kernel: KERNELS.page, stride: 1, padding: 0, flip: false, place: 0 };
  static tasks = ["copy", "sign", "strongest"];

  async setUp() {
    this.observer.disconnect();
    if (this.fromAddress().image === PHOTO) await photo();
    await super.setUp();
  }

  controls() {
    const cells = Array.from({ length: 9 }, (_, at) => this.weight(at));
    return [
      this.preset("image", { ...IMAGES, photo: PHOTO }),
      this.preset("kernel", KERNELS),
      this.toggle("flip"),
      this.fold(
        html("div", { class: "widget-kernel", role: "group", "aria-label": `${this.words.kernel} 3 × 3` }, cells),
        this.slider("stride", { least: 1, most: 3 }),
        this.slider("padding", { least: 0, most: 1 }),
        this.typed(),
      ),
    ];
  }

  steps() {
    const last = (state) => this.count(state) - 1;
    return [
      this.player("place", last),
      this.button("back", () => this.update({ place: this.state.place - 1 }), ({ place }) => place > 0),
      this.button("next", () => this.update({ place: this.state.place + 1 }), (state) => state.place < last(state)),
      this.slider("place", { least: 0, most: last, show: (place) => this.place(place) }),
    ];
  }

  /** Over the photo row by row. */
  pace() {
    return this.state.image === PHOTO ? { every: 150, by: this.size(this.state)[1] } : super.pace();
  }

  async update(change) {
    if (change.image === PHOTO && !pixels) await photo();
    super.update(change);
  }

  /** The image as rows of numbers. */
  rowsOf({ image }) {
    return image === PHOTO ? pixels : square(image, SIDES);
  }

  /** A choice of ready-made numbers; what was typed is none of them. */
  preset(key, ready) {
    const options = [...Object.keys(ready), "own"];
    const names = options.map((name) => html("option", { value: name, disabled: name === "own" }, this.words.options[name]));
    const list = html("select", { "aria-label": this.words[key], change: () => this.update({ [key]: ready[list.value] }) }, names);
    this.inputs.set(`${key} list`, (state) => (list.value = options.find((name) => ready[name] === state[key]) ?? "own"));
    return html("label", {}, html("span", {}, this.words[key]), list);
  }

  weight(at) {
    const label = fill(this.words.weight, { row: Math.floor(at / 3), column: at % 3 });
    const input = html("input", { type: "number", step: "any", min: -999, max: 999, "aria-label": label, input: () => {
      if (input.value === "" || !input.checkValidity()) return;
      const all = this.state.kernel.split(" ");
      all[at] = String(Number(input.value));
      this.update({ kernel: all.join(" ") });
    } });
    this.inputs.set(`weight ${at}`, (state) => {
      const value = state.kernel.split(" ")[at];
      if (document.activeElement !== input || Number(input.value) !== Number(value)) input.value = value;
    });
    return input;
  }

  /** Forty-nine numbers are better typed as text than into as many fields. */
  typed() {
    const area = html("textarea", { rows: 7, cols: 24, spellcheck: "false", "aria-label": this.words.typed, input: () => {
      const image = square(area.value, SIDES);
      area.setAttribute("aria-invalid", String(!image));
      if (image) this.update({ image: image.flat().join(" ") });
    } });
    this.inputs.set("typed", (state) => {
      if (document.activeElement !== area && state.image !== PHOTO) area.value = square(state.image, SIDES).map((row) => row.join(" ")).join("\n");
    });
    return html("details", { class: "widget-typed" }, html("summary", {}, this.words.typed), area);
  }

  clean(state) {
    const { start } = this.constructor;
    const fits = { ...state };
    if (state.image !== PHOTO || !pixels) fits.image = square(String(state.image), SIDES)?.flat().join(" ") ?? start.image;
    fits.kernel = square(String(state.kernel), [3, 3])?.flat().join(" ") ?? start.kernel;
    fits.stride = Math.min(3, Math.max(1, Math.round(state.stride)));
    fits.padding = Math.min(1, Math.max(0, Math.round(state.padding)));
    fits.place = Math.min(this.count(fits) - 1, Math.max(0, Math.round(state.place)));
    return fits;
  }

  /** A place as row and column, as the sentence and the weights count. */
  place(at) {
    const [, across] = this.size(this.state);
    return `(${Math.floor(at / across)}, ${at % across})`;
  }

  /** Of the output: rows and columns. */
  size(state) {
    const image = this.rowsOf(state);
    return [image.length, image[0].length].map((n) => places(n, 3, state));
  }

  count(state) {
    const [down, across] = this.size(state);
    return down * across;
  }

  /** To the place whose window has a pixel of the image in its middle. */
  look(row, column) {
    const [i, j] = nearest(this.rowsOf(this.state), [row, column], this.state);
    this.update({ place: i * this.size(this.state)[1] + j });
  }

  dragged(name, [across, down]) {
    const [rows, columns] = name === "photo" ? [pixels.length, pixels[0].length] : this.size(this.state);
    const [row, column] = [[down, rows], [across, columns]].map(([share, n]) => Math.min(n - 1, Math.max(0, Math.floor(share * n))));
    name === "photo" ? this.look(row, column) : this.update({ place: row * columns + column });
  }

  draw(state, width) {
    const image = this.rowsOf(state);
    const written = square(state.kernel, [3, 3]);
    const kernel = state.flip ? flipped(written) : written;
    const [, across] = this.size(state);
    const [i, j] = [Math.floor(state.place / across), state.place % across];
    const output = correlate(image, kernel, state);
    const parts = products(image, kernel, i, j, state);
    const seen = windowAt(image, [3, 3], i, j, state);
    const sum = output[i][j];
    const terms = kernel.flatMap((row, u) => row.map((w, v) => `${number(seen[u][v])}·${w < 0 ? `(${number(w)})` : number(w)}`));
    const work = html("p", { class: "widget-work", "data-sum": sum }, `${terms.join(" + ")} = `, html("b", {}, number(sum)));
    const sentence = fill(this.words.says, { row: i, column: j, parts: parts.flat().map((p) => number(p)).join(" + "), sum: number(sum) });
    const drawn = state.image === PHOTO
      ? [this.pictures(image, output, [i, j], state, width), this.products(seen, kernel, parts, sum, width)]
      : [this.grids(image, kernel, output, [i, j], state, width), work, this.legend()];
    return {
      drawing: drawn,
      sentence,
      rows: () => [["", ...output[0].map((_, c) => c)], ...output.map((row, r) => [r, ...row.map((value) => number(value))])],
      done: done(image, kernel, { stride: state.stride, padding: state.padding }, [i, j], state.image === PHOTO),
    };
  }

  legend() {
    const cell = (kind) => svg("rect", { class: `cell ${kind}`, x: 4, y: 1, width: 14, height: 10 });
    return legend([cell("seen"), this.words.window], [svg("text", { class: "weight", x: 20, y: 10 }, "×1"), this.words.factor], [cell("cursor"), this.words.now]);
  }

  /** The image with the window on it, the weights small in its cells; the output as far as it has come. */
  grids(image, kernel, output, [i, j], { stride, padding, place }, width) {
    const across = image.length + 2 * padding;
    const side = output.length;
    const beside = (width - 4) / (across + side + 1) >= LEAST;
    const cell = Math.min(MOST, (width - 4) / (beside ? across + side + 1 : across));
    const [x, y] = beside ? [(across + 1) * cell, 20] : [0, 20 + across * cell + 26];
    const height = beside ? 22 + across * cell : y + side * cell + 2;
    const letters = `font-size:${Math.min(20, 0.4 * cell).toFixed(1)}px`;
    const ghosts = [3, 1].map((cells) => svg("rect", { class: "ghost", width: cells * cell, height: cells * cell, visibility: "hidden" }));
    /** What a click would choose. */
    const hint = (r, c) => [[c * stride * cell, 20 + r * stride * cell], [x + c * cell, y + r * cell]].forEach(([left, top], at) => {
      for (const [key, value] of Object.entries({ x: left, y: top, visibility: "visible" })) ghosts[at].setAttribute(key, value);
    });
    const hide = () => ghosts.forEach((ghost) => ghost.setAttribute("visibility", "hidden"));
    const drawn = [svg("text", { x: 0, y: 13, class: "title" }, this.words.input), svg("text", { x, y: y - 7, class: "title" }, this.words.output)];
    for (let r = 0; r < across; r++) {
      for (let c = 0; c < across; c++) {
        const [u, v] = [r - i * stride, c - j * stride];
        const weight = kernel[u]?.[v];
        const pixel = image[r - padding]?.[c - padding];
        const kind = `cell pick ${weight === undefined ? "" : "seen"} ${pixel === undefined ? "padding" : "pixel"}`;
        const over = () => hint(...nearest(image, [r - padding, c - padding], { stride, padding }));
        drawn.push(svg("rect", { class: kind, x: c * cell, y: 20 + r * cell, width: cell, height: cell, click: () => this.look(r - padding, c - padding), pointerenter: over, pointerleave: hide, "data-pixel": `${r - padding},${c - padding}` }));
        drawn.push(svg("text", { class: "value", style: letters, x: (c + 0.5) * cell, y: 20 + (r + (weight === undefined ? 0.64 : 0.48)) * cell }, number(pixel ?? 0, 3)));
        if (weight !== undefined) {
          drawn.push(svg("text", { class: "weight", style: `font-size:${Math.min(14, 0.3 * cell).toFixed(1)}px`, x: (c + 0.94) * cell, y: 20 + (r + 0.9) * cell }, `×${number(weight, 3)}`));
        }
      }
    }
    output.forEach((row, r) => row.forEach((value, c) => {
      const at = r * side + c;
      const pick = () => this.update({ place: at });
      const kind = `cell pick ${at === place ? "cursor" : ""}`;
      drawn.push(svg("rect", { class: kind, x: x + c * cell, y: y + r * cell, width: cell, height: cell, click: pick, pointerenter: () => hint(r, c), pointerleave: hide, "data-at": at }));
      if (at <= place) {
        drawn.push(svg("text", { class: "value", style: letters, x: x + (c + 0.5) * cell, y: y + (r + 0.64) * cell, "data-value": value }, number(value, 3)));
      }
    }));
    const names = `${this.words.input}, ${this.words.output}`;
    return svg("svg", { width, height, viewBox: `-1 -1 ${width} ${height}`, role: "img", "aria-label": names }, drawn, ghosts);
  }

  /** The photo with the window, and the map; what is still to come is faint. */
  pictures(image, output, [i, j], { stride, padding, place }, width) {
    const wide = width > 520 ? width / 2 - 6 : Math.min(width, 300);
    const largest = Math.max(...output.flat().map(Math.abs)) || 1;
    const grey = (value) => Math.round(127.5 * (1 + value / largest));
    const across = output[0].length;
    const parts = [
      ["photo", this.words.input, image, (value) => [value, value, value, 255], [j * stride - padding, i * stride - padding, 3]],
      ["map", this.words.output, output, (value, at) => [grey(value), grey(value), grey(value), at <= place ? 255 : 90], [j, i, 1]],
    ];
    const all = parts.map(([name, title, rows, colour, [left, top, side]]) => {
      const [down, columns] = [rows.length, rows[0].length];
      const canvas = html("canvas", { width: columns, height: down });
      const picture = canvas.getContext("2d").createImageData(columns, down);
      rows.flat().forEach((value, at) => picture.data.set(colour(value, at), 4 * at));
      canvas.getContext("2d").putImageData(picture, 0, 0);
      const pixel = wide / columns;
      const size = { x: 0, y: 18, width: wide, height: down * pixel };
      return svg("svg", { width: wide, height: size.height + 20, viewBox: `0 0 ${wide} ${size.height + 20}`, role: "img", "aria-label": title },
        svg("text", { x: 0, y: 13, class: "title" }, title),
        svg("image", { ...size, href: canvas.toDataURL(), preserveAspectRatio: "none", style: "image-rendering:pixelated" }),
        svg("rect", { class: "window-here", x: left * pixel, y: 18 + top * pixel, width: side * pixel, height: side * pixel }),
        svg("rect", { ...size, class: "hit", "data-drag": name }),
        svg("circle", { class: "handle", cx: (left + side / 2) * pixel, cy: 18 + (top + side / 2) * pixel, r: 22, "data-handle": name }));
    });
    return html("div", { class: "widget-pair", "data-across": across }, all);
  }

  /** Nine pixels times nine weights, and their sum. */
  products(seen, kernel, parts, sum, width) {
    const cell = Math.min(44, (width - 40) / 10.6);
    const grid = (rows, left, kind) => rows.flatMap((row, r) => row.flatMap((value, c) => [
      svg("rect", { class: `cell ${kind}`, x: left + c * cell, y: 2 + r * cell, width: cell, height: cell }),
      svg("text", { class: "value", style: `font-size:${Math.min(14, 0.38 * cell).toFixed(1)}px`, x: left + (c + 0.5) * cell, y: 2 + (r + 0.64) * cell }, number(value, 3)),
    ]));
    const sign = (text, left) => svg("text", { class: "value", x: left, y: 6 + 1.5 * cell }, text);
    const step = 3 * cell + 16;
    const high = 3 * cell + 4;
    return svg("svg", { width, height: high, viewBox: `-1 0 ${width} ${high}`, role: "img", "aria-label": this.words.work }, grid(seen, 0, "seen"), sign("×", step - 8), grid(kernel, step, ""), sign("=", 2 * step - 8), grid(parts, 2 * step, "cursor-part"),
      svg("text", { class: "title", x: 3 * step - 12, y: 6 + 1.5 * cell, "data-sum": sum, style: "font-weight:650" }, `Σ ${number(sum)}`));
  }
}
