// The picture of the first page, to play with: the reader's nine numbers draw the photo anew.
import { PHOTO, PLACES, answer, answers, done, isInk, windowAt } from "./flower.core.mjs";
import { Figure, fill, html, number, svg } from "./figure.mjs";

const READY = {
  outline: "-1 -1 -1 -1 8 -1 -1 -1 -1",
  relief: "-2 -1 0 -1 1 1 0 1 2",
  blur: "0.11 0.11 0.11 0.11 0.12 0.11 0.11 0.11 0.11",
  sharp: "0 -1 0 -1 5 -1 0 -1 0",
};
const BLACK = 0.7; // an answer of this size is drawn in full ink, as on the page
const MOST = 99; // the largest of the nine numbers
const SIDE = PLACES + 2;
const GAP = 8; // pixels between the pictures and the nine numbers

const nine = (text) => {
  const all = text.replaceAll("−", "-").split(/\s+/).map(Number);
  return all.length === 9 && all.every((value) => Math.abs(value) <= MOST) ? all : null;
};

export default class Flower extends Figure {
  static tag = "dl-flower";
  static start = { kernel: READY.outline, row: 39, column: 34 };
  static tasks = ["same", "moved", "upright"];

  controls() {
    const names = [...Object.keys(READY), "own"].map((name) => html("option", { value: name, disabled: name === "own" }, this.words.options[name]));
    const list = html("select", { "aria-label": this.words.ready, change: () => this.update({ kernel: READY[list.value] }) }, names);
    this.inputs.set("ready", ({ kernel }) => (list.value = Object.keys(READY).find((name) => READY[name] === kernel) ?? "own"));
    return [html("label", {}, html("span", {}, this.words.ready), list)];
  }

  steps() {
    return ["row", "column"].map((key) => this.slider(key, { least: 0, most: PLACES - 1 }));
  }

  clean(state) {
    const place = (value) => Math.min(PLACES - 1, Math.max(0, Math.round(value)));
    const kernel = nine(String(state.kernel))?.join(" ") ?? this.constructor.start.kernel;
    return { kernel, row: place(state.row), column: place(state.column) };
  }

  draw(state, width) {
    const kernel = nine(state.kernel);
    const { row, column } = state;
    const [seen, ink] = [windowAt(row, column), isInk(kernel)];
    const shown = answers(kernel).map((value) => (ink ? 1 - Math.abs(value) / BLACK : value));
    const value = answer(kernel, row, column);
    const cell = width < 420 ? 28 : 40;
    const side = Math.min(224, Math.floor((width - 2 * GAP - 3 * cell) / 2));
    this.style.setProperty("--flower-cell", `${cell}px`);
    this.mapped ??= html("div", { class: "flower-row" }, this.picture("photo"), this.middle(), this.picture("map"));
    this.paint("photo", PHOTO, SIDE, side, 0, 3);
    this.paint("map", shown, PLACES, side, 1, 1); // what reads the corner window lies one pixel in
    const text = (one) => number(Number(one.toFixed(2)), 3);
    return {
      drawing: this.mapped,
      sentence: fill(this.words.says, { row, column, answer: text(value), how: this.words[ink ? "ink" : "light"] }),
      rows: () => [
        [this.words.pixel, this.words.weight, this.words.product],
        ...seen.map((pixel, at) => [number(pixel, 3), number(kernel[at]), number(pixel * kernel[at], 3)]),
        [this.words.sum, "", number(value, 4)],
      ],
      done: done(kernel),
    };
  }

  /** The nine numbers, to type over. */
  middle() {
    const cells = Array.from({ length: 9 }, (_, at) => this.cell(at));
    return html("div", { class: "flower-kernel", role: "group", "aria-label": this.words.kernel }, cells);
  }

  cell(at) {
    const label = fill(this.words.cell, { row: Math.floor(at / 3) + 1, column: (at % 3) + 1 });
    const input = html("input", { type: "number", step: "any", min: -MOST, max: MOST, "aria-label": label, input: () => {
      if (input.value === "" || !input.checkValidity()) return;
      const all = nine(this.state.kernel);
      all[at] = Number(input.value);
      this.update({ kernel: all.join(" ") });
    }, change: () => this.render() });
    const sync = ({ kernel }) => {
      const value = nine(kernel)[at];
      if (document.activeElement !== input || Number(input.value) !== value) input.value = value;
    };
    sync(this.state);
    this.inputs.set(`cell ${at}`, sync);
    return input;
  }

  /** A picture that takes the pointer: where it is, there the window lies. */
  picture(name) {
    const canvas = html("canvas", { role: "img", "aria-label": this.words[name] });
    const frame = svg("svg", { "aria-hidden": "true" }, svg("rect", { class: "flower-window" }));
    const move = (event) => {
      if (event.type === "pointermove" && event.pointerType === "touch" && !event.buttons) return;
      const { left, top, width } = canvas.getBoundingClientRect();
      const at = (place, from) => Math.floor(((place - from) / width) * SIDE) - 1;
      this.update({ row: at(event.clientY, top), column: at(event.clientX, left) });
    };
    return html("div", { class: "flower-picture", "data-picture": name, pointerdown: move, pointermove: move },
      canvas, frame, html("span", {}, this.words[name]));
  }

  /** Paint pixels, and the frame of what is looked at. */
  paint(name, values, many, size, margin, frame) {
    const whole = this.mapped.querySelector(`[data-picture=${name}]`);
    const [canvas, box] = [whole.querySelector("canvas"), whole.querySelector("rect")];
    canvas.width = canvas.height = SIDE;
    canvas.style.width = canvas.style.height = `${size}px`;
    const image = new ImageData(SIDE, SIDE);
    image.data.fill(255);
    values.forEach((value, at) => {
      const to = 4 * ((Math.floor(at / many) + margin) * SIDE + (at % many) + margin);
      image.data.fill(Math.round(255 * Math.min(1, Math.max(0, value))), to, to + 3);
    });
    canvas.getContext("2d").putImageData(image, 0, 0);
    whole.querySelector("svg").setAttribute("viewBox", `0 0 ${SIDE} ${SIDE}`);
    const { row, column } = this.state;
    for (const [key, one] of Object.entries({ x: column + margin, y: row + margin, width: frame, height: frame })) box.setAttribute(key, one);
  }
}
