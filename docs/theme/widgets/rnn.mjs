// A recurrent network of one unit, unrolled: its states, and how far back the gradient reaches.
import { Figure, fill, html, number, powerOfTen, svg } from "./figure.mjs";
import { plot } from "./plot.mjs";
import { INPUTS, STEPS, done, reach, states } from "./rnn.core.mjs";

const LEAST = 1e-8; // smaller gradients are drawn at the bottom

export default class Rnn extends Figure {
  static tag = "dl-rnn";
  static start = { input: "pulse", u: 0.9, w: 1, b: 0, t: 8 };
  static tasks = ["remembers", "explodes", "vanishes"];

  controls() {
    return [
      this.choice("input", Object.keys(INPUTS)),
      this.slider("u", { least: -2, most: 2, step: 0.05 }),
      this.slider("w", { least: -2, most: 2, step: 0.05 }),
      this.slider("b", { least: -1, most: 1, step: 0.05 }),
    ];
  }

  steps() {
    return [
      this.player("t", () => STEPS),
      this.button("back", () => this.update({ t: this.state.t - 1 }), ({ t }) => t > 0),
      this.button("next", () => this.update({ t: this.state.t + 1 }), ({ t }) => t < STEPS),
      this.slider("t", { least: 0, most: STEPS }),
    ];
  }

  /** A click on a cell, or on one of the plots, goes to its step. */
  dragged(name, [across]) {
    this.update({ t: name === "cells" ? Math.floor(across * STEPS) + 1 : across * STEPS });
  }

  clean(state) {
    const within = (value, least, most) => Math.min(most, Math.max(least, value));
    return {
      input: state.input in INPUTS ? state.input : "pulse",
      u: within(state.u, -2, 2),
      w: within(state.w, -2, 2),
      b: within(state.b, -1, 1),
      t: Math.round(within(state.t, 0, STEPS)),
    };
  }

  draw(state, width) {
    const inputs = INPUTS[state.input].slice(0, state.t);
    const seen = states(inputs, state);
    const lags = reach(seen, state.u);
    const [x, h, before] = [inputs.at(-1), seen.at(-1), seen.at(-2) ?? 0];
    const sentence = fill(this.words[state.t ? "says" : "nothing"], {
      t: state.t, x: number(x), h: number(h, 3), before: number(before, 3), u: number(state.u), w: number(state.w), b: number(state.b), end: number(lags.at(-1), 2),
    });
    const half = width > 520 ? width / 2 - 6 : width;
    const logs = lags.map((value, k) => [k, Math.log10(Math.max(Math.abs(value), LEAST))]);
    const y = [Math.min(-1, Math.floor(Math.min(...logs.map(([, v]) => v)))), Math.max(1, Math.ceil(Math.max(...logs.map(([, v]) => v))))];
    const line = [[0, 0], ...seen.map((value, at) => [at + 1, value])];
    return {
      drawing: [
        this.unrolled(state.t, seen, width, lags),
        html("div", { class: "widget-pair" },
          plot({ width: half, lines: [line], x: [0, STEPS], y: [-1, 1], label: this.words.step, title: this.words.state, marks: [line.at(-1)], drag: "state" }),
          plot({ width: half, lines: [logs], x: [0, STEPS], y, label: this.words.lag, title: this.words.gradient, show: powerOfTen, marks: [logs.at(-1)], drag: "lag" })),
      ],
      sentence,
      done: done(state),
      rows: () => [[this.words.step, "x", "h", this.words.gradient], [0, "–", 0, number(lags.at(-1))], ...seen.map((value, at) => [at + 1, inputs[at], number(value), number(lags[seen.length - 1 - at])])],
    };
  }

  /** A cell for each step, filled as its state is, and the arrow that carries it on. */
  unrolled(t, seen, width, lags) {
    const each = width / STEPS;
    const side = Math.min(34, each * 0.62);
    const cells = Array.from({ length: STEPS }, (_, at) => {
      const [middle, value] = [each * (at + 0.5), seen[at]];
      const shade = { x: middle - side / 2, y: 26, width: side, height: side, rx: 4, class: at === t - 1 ? "cell now" : "cell" };
      const fill = value > 0 ? "var(--dl-c0)" : "var(--dl-c1)";
      const parts = [svg("rect", shade)];
      if (value !== undefined) parts.push(svg("rect", { ...shade, class: "filled", style: `fill:${fill};fill-opacity:${Math.abs(value).toFixed(3)}` }));
      if (at) parts.push(svg("path", { d: `M${middle - each + side / 2 + 1} ${26 + side / 2}H${middle - side / 2 - 1}`, class: at < t ? "carry done" : "carry" }));
      const said = width > 520 || at === t - 1;
      if (value !== undefined && said) parts.push(svg("text", { x: Math.min(width - 16, Math.max(16, middle)), y: 16, "text-anchor": "middle" }, number(value, 2)));
      parts.push(svg("text", { x: middle, y: 26 + side + 16, "text-anchor": "middle" }, String(at + 1)));
      return parts;
    });
    const data = { "data-states": JSON.stringify(seen), "data-reach": JSON.stringify(lags) };
    const hit = svg("rect", { x: 0, y: 0, width, height: 82, class: "hit", "data-drag": "cells" });
    return svg("svg", { width, height: 82, viewBox: `0 0 ${width} 82`, class: "widget-unrolled", role: "img", "aria-label": this.words.cells, ...data }, cells.flat(), hit);
  }
}
