// Attention: who looks at whom, what scaling and temperature do to it, and the mixture that comes out.
import { TEXTS, attend, favourites, projected, scores } from "./attention.core.mjs";
import { Figure, fill, number, svg } from "./figure.mjs";

const WIDTHS = [4, 16, 64, 256];
const RANDOM = 6; // words of the random text

export default class Attention extends Figure {
  static tag = "dl-attention";
  static start = { text: "three", head: 1, width: 4, scaled: true, causal: false, temperature: 1, query: 1 };

  controls() {
    const width = this.choice("width", WIDTHS.map(String));
    this.inputs.set("width row", ({ text }) => (width.hidden = text !== "random"));
    return [
      this.choice("text", [...Object.keys(TEXTS), "random"]),
      width,
      this.choice("head", ["1", "2"]),
      this.toggle("scaled"),
      this.toggle("causal"),
      this.slider("temperature", { least: 0.1, most: 4, step: 0.1 }),
    ];
  }

  steps() {
    return [this.slider("query", { least: 0, most: (state) => this.tokens(state).length - 1, show: (at) => this.tokens(this.state)[at] })];
  }

  chosen(key, value) {
    return { [key]: key === "text" ? value : Number(value) };
  }

  tokens({ text }) {
    return text === "random" ? Array.from({ length: RANDOM }, (_, at) => `${this.words.word} ${at}`) : this.words.tokens[text];
  }

  clean(state) {
    const text = state.text in TEXTS || state.text === "random" ? state.text : "three";
    const count = text === "random" ? RANDOM : TEXTS[text].x.length;
    return {
      text,
      head: state.head === 2 ? 2 : 1,
      width: WIDTHS.includes(state.width) ? state.width : 4,
      scaled: state.scaled,
      causal: state.causal,
      temperature: Math.min(4, Math.max(0.1, Math.round(state.temperature * 10) / 10)),
      query: Math.min(count - 1, Math.max(0, Math.round(state.query))),
    };
  }

  draw(state, width) {
    const tokens = this.tokens(state);
    const parts = projected(state.text, state.head - 1, state.width, RANDOM);
    const { weights, output } = attend(parts, state);
    const fits = scores(parts.q, parts.k, state);
    const at = state.query;
    const best = favourites(weights[at]);
    const sentence = fill(this.words[best.length > 1 ? "tied" : "says"], {
      query: tokens[at], key: best.map((one) => tokens[one]).join(this.words.between), weight: number(weights[at][best[0]], 3), output: output[at].map((value) => number(value, 3)).join(", "),
    });
    return {
      drawing: [this.map(tokens, weights, at, width), this.row(tokens, fits[at], weights[at], parts.v, output[at], width)],
      sentence,
      rows: () => [
        [this.words.weights, ...tokens],
        ...weights.map((row, i) => [tokens[i], ...row.map((value) => number(value, 3))]),
        [this.words.scores, ...tokens],
        ...fits.map((row, i) => [tokens[i], ...row.map((value) => number(value, 4))]),
      ],
    };
  }

  /** The table of weights: rows ask, columns answer. */
  map(tokens, weights, query, width) {
    const label = 74;
    const cell = Math.min(64, (width - label - 4) / tokens.length);
    const high = Math.min(40, cell);
    const cells = weights.flatMap((row, i) =>
      row.map((weight, j) => {
        const [x, y] = [label + j * cell, 26 + i * high];
        const pick = () => this.update({ query: i });
        return svg("g", { class: `weight-cell pick ${i === query ? "chosen" : ""}`, click: pick },
          svg("rect", { x, y, width: cell, height: high, class: "cell" }),
          svg("rect", { x, y, width: cell, height: high, class: "shade", "fill-opacity": weight, "data-weight": weight, "data-at": `${i},${j}` }),
          svg("text", { x: x + cell / 2, y: y + high / 2 + 4, class: "value" }, cell < 26 ? "" : weight.toFixed(2).replace(cell < 36 ? /^0/ : "", "")));
      }));
    const names = tokens.flatMap((token, at) => [
      svg("text", { x: label - 6, y: 30 + (at + 0.5) * high, "text-anchor": "end", class: at === query ? "chosen" : "" }, token),
      svg("text", { x: label + (at + 0.5) * cell, y: 18, class: "value" }, token.length * 7 > cell + 4 ? `${token.slice(0, Math.max(1, Math.floor(cell / 8) - 1))}…` : token),
    ]);
    const height = 30 + tokens.length * high;
    return svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": this.words.map }, cells, names);
  }

  /** The chosen row: its scores and weights as bars, and the weighted sum of the values. */
  row(tokens, fits, weights, values, output, width) {
    const [label, bar] = [74, Math.max(60, width - 300)];
    const lines = tokens.flatMap((token, at) => {
      const y = 26 + at * 20;
      return [
        svg("text", { x: label - 6, y: y + 12, "text-anchor": "end" }, token),
        svg("rect", { x: label, y: y + 2, width: bar * weights[at], height: 13, class: "bar" }),
        svg("text", { x: label + bar * weights[at] + 6, y: y + 12, "data-score": fits[at] },
          `${number(weights[at], 3)} · (${values[at].map((value) => number(value, 3)).join(", ")})`),
      ];
    });
    const y = 26 + tokens.length * 20;
    const sum = svg("text", { x: label, y: y + 14, class: "title", "data-output": JSON.stringify(output) },
      `${this.words.sum} = (${output.map((value) => number(value, 3)).join(", ")})`);
    const height = y + 22;
    return svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": this.words.bars },
      svg("text", { x: label, y: 14, class: "title" }, this.words.bars), lines, sum);
  }
}
