// A convolution step by step: one window, nine products, one sum.
import { correlate, flipped, places, products, windowAt } from "./conv_hand.core.mjs";
import { Figure, fill, html, number, svg } from "./figure.mjs";

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
const CELL = 30;

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

  controls() {
    const cells = Array.from({ length: 9 }, (_, at) => this.weight(at));
    return [
      this.preset("image", IMAGES),
      this.preset("kernel", KERNELS),
      html("div", { class: "widget-kernel", role: "group", "aria-label": this.words.kernel }, cells),
      this.toggle("flip"),
      this.slider("stride", { least: 1, most: 3 }),
      this.slider("padding", { least: 0, most: 1 }),
      this.typed(),
    ];
  }

  steps() {
    return [
      this.slider("place", { least: 0, most: (state) => this.count(state) - 1, show: (place) => this.place(place) }),
      this.button("back", () => this.update({ place: this.state.place - 1 }), ({ place }) => place > 0),
      this.button("next", () => this.update({ place: this.state.place + 1 }), (state) => state.place < this.count(state) - 1),
    ];
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
      if (document.activeElement !== area) area.value = square(state.image, SIDES).map((row) => row.join(" ")).join("\n");
    });
    return html("details", { class: "widget-typed" }, html("summary", {}, this.words.typed), area);
  }

  clean(state) {
    const { start } = this.constructor;
    const fits = { ...state };
    fits.image = square(String(state.image), SIDES)?.flat().join(" ") ?? start.image;
    fits.kernel = square(String(state.kernel), [3, 3])?.flat().join(" ") ?? start.kernel;
    fits.stride = Math.min(3, Math.max(1, Math.round(state.stride)));
    fits.padding = Math.min(1, Math.max(0, Math.round(state.padding)));
    fits.place = Math.min(this.count(fits) - 1, Math.max(0, Math.round(state.place)));
    return fits;
  }

  /** A place as row and column, as the sentence and the weights count. */
  place(at) {
    const side = this.side(this.state);
    return `(${Math.floor(at / side)}, ${at % side})`;
  }

  side(state) {
    return places(square(state.image, SIDES).length, 3, state);
  }

  count(state) {
    return this.side(state) ** 2;
  }

  draw(state, width) {
    const image = square(state.image, SIDES);
    const written = square(state.kernel, [3, 3]);
    const kernel = state.flip ? flipped(written) : written;
    const side = this.side(state);
    const [i, j] = [Math.floor(state.place / side), state.place % side];
    const output = correlate(image, kernel, state);
    const parts = products(image, kernel, i, j, state);
    const seen = windowAt(image, [3, 3], i, j, state);
    const sum = output[i][j];
    const terms = kernel.flatMap((row, u) => row.map((w, v) => `${number(seen[u][v])}·${w < 0 ? `(${number(w)})` : number(w)}`));
    const work = html("p", { class: "widget-work", "data-sum": sum }, `${terms.join(" + ")} = `, html("b", {}, number(sum)));
    const sentence = fill(this.words.says, { row: i, column: j, parts: parts.flat().map((p) => number(p)).join(" + "), sum: number(sum) });
    return {
      drawing: [this.grids(image, kernel, output, [i, j], state, width), work],
      sentence,
      rows: () => [["", ...output[0].map((_, c) => c)], ...output.map((row, r) => [r, ...row.map((value) => number(value))])],
    };
  }

  /** The image with the window on it, the weights small in its cells; the output as far as it has come. */
  grids(image, kernel, output, [i, j], { stride, padding, place }, width) {
    const across = image.length + 2 * padding;
    const side = output.length;
    const beside = width > 480;
    const cell = Math.min(CELL, (width - 4) / (beside ? across + side + 1 : across));
    const [x, y] = beside ? [(across + 1) * cell, 20] : [0, 20 + across * cell + 26];
    const height = beside ? 22 + across * cell : y + side * cell + 2;
    const drawn = [svg("text", { x: 0, y: 13, class: "title" }, this.words.input), svg("text", { x, y: y - 7, class: "title" }, this.words.output)];
    for (let r = 0; r < across; r++) {
      for (let c = 0; c < across; c++) {
        const [u, v] = [r - i * stride, c - j * stride];
        const weight = kernel[u]?.[v];
        const pixel = image[r - padding]?.[c - padding];
        const kind = `cell ${weight === undefined ? "" : "seen"} ${pixel === undefined ? "padding" : "pixel"}`;
        drawn.push(svg("rect", { class: kind, x: c * cell, y: 20 + r * cell, width: cell, height: cell }));
        drawn.push(svg("text", { class: "value", x: (c + 0.5) * cell, y: 20 + (r + (weight === undefined ? 0.62 : 0.5)) * cell }, number(pixel ?? 0, 3)));
        if (weight !== undefined) {
          drawn.push(svg("text", { class: "weight", x: (c + 0.94) * cell, y: 20 + (r + 0.9) * cell }, `×${number(weight, 3)}`));
        }
      }
    }
    output.forEach((row, r) => row.forEach((value, c) => {
      const at = r * side + c;
      const pick = () => this.update({ place: at });
      const kind = `cell pick ${at === place ? "cursor" : ""}`;
      drawn.push(svg("rect", { class: kind, x: x + c * cell, y: y + r * cell, width: cell, height: cell, click: pick, "data-at": at }));
      if (at <= place) {
        drawn.push(svg("text", { class: "value", x: x + (c + 0.5) * cell, y: y + (r + 0.62) * cell, "data-value": value }, number(value, 3)));
      }
    }));
    const names = `${this.words.input}, ${this.words.output}`;
    return svg("svg", { width, height, viewBox: `-1 -1 ${width} ${height}`, role: "img", "aria-label": names }, drawn);
  }
}
