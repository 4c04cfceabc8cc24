// Attention: who looks at whom, and for the row that asks the way from its query to the mixture that comes out.
import { TEXTS, attend, cut, done, drawn, favourites, projected, scores } from "./attention.core.mjs";
import { Figure, fill, html, number, svg } from "./figure.mjs";

const WIDTHS = [4, 16, 64, 256];
const RANDOM = 6; // words of the random text
const NARROW = 480; // below it numbers are shorter
const room = (width) => (width < NARROW ? 46 : 60); // for a word
const CHOICES = [...Object.keys(TEXTS), "random", "own"];
const MADE = ["random", "own"]; // their vectors are drawn, as wide as is wished

export default class Attention extends Figure {
  static tag = "dl-attention";
  static start = { text: "three", own: "", head: 1, width: 4, scaled: true, causal: false, temperature: 1, query: 1 };
  static tasks = ["one", "even", "twice"];

  controls() {
    const width = this.choice("width", WIDTHS.map(String));
    this.inputs.set("width row", ({ text }) => (width.hidden = !MADE.includes(text)));
    const own = this.entry("own", (line) => cut(line));
    this.inputs.set("own row", ({ text }) => (own.hidden = text !== "own"));
    return [
      this.choice("text", CHOICES),
      own,
      width,
      this.slider("temperature", { least: 0.1, most: 4, step: 0.1 }),
      this.toggle("scaled"),
      this.fold(this.choice("head", ["1", "2"]), this.toggle("causal")),
    ];
  }

  steps() {
    return [this.slider("query", { least: 0, most: (state) => this.tokens(state).length - 1, show: (at) => this.tokens(this.state)[at] })];
  }

  chosen(key, value) {
    if (key !== "text") return { [key]: Number(value) };
    return value === "own" ? { text: value, own: this.state.own || this.words.example } : { text: value };
  }

  tokens({ text, own }) {
    if (text === "own") return cut(own);
    return text === "random" ? Array.from({ length: RANDOM }, (_, at) => `${this.words.word} ${at}`) : this.words.tokens[text];
  }

  clean(state) {
    const own = cut(String(state.own)) ? String(state.own) : "";
    const text = CHOICES.includes(state.text) && (state.text !== "own" || own) ? state.text : "three";
    const count = this.tokens({ text, own }).length;
    return {
      text, own,
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
    const parts = state.text === "own" ? drawn(tokens, state.head - 1, state.width) : projected(state.text, state.head - 1, state.width, RANDOM);
    const { weights, output } = attend(parts, state);
    const fits = scores(parts.q, parts.k, state);
    const dots = scores(parts.q, parts.k, { temperature: 1, causal: false });
    const at = state.query;
    const best = favourites(weights[at]);
    const sentence = fill(this.words[best.length > 1 ? "tied" : "says"], {
      query: tokens[at], key: best.map((one) => tokens[one]).join(this.words.between), weight: number(weights[at][best[0]], 3), output: output[at].map((value) => number(value, 3)).join(", "),
    });
    return {
      drawing: [this.map(tokens, weights, at, width), this.way(state, tokens, { ...parts, dots: dots[at], fits: fits[at], weights: weights[at], output: output[at] }, width)],
      sentence,
      rows: () => [
        [this.words.weights, ...tokens],
        ...weights.map((row, i) => [tokens[i], ...row.map((value) => number(value, 3))]),
        [this.words.scores, ...tokens],
        ...fits.map((row, i) => [tokens[i], ...row.map((value) => number(value, 4))]),
      ],
      done: done(state, weights),
    };
  }

  /** The table of weights: rows ask, columns answer. */
  map(tokens, weights, query, width) {
    const LABEL = room(width);
    const cell = Math.min(150, (width - LABEL - 4) / tokens.length);
    const high = Math.min(34, cell);
    const rows = weights.map((row, i) => {
      const cells = row.map((weight, j) => {
        const [x, y] = [LABEL + j * cell, 26 + i * high];
        return svg("g", { class: `weight-cell ${i === query ? "chosen" : ""}`, "data-column": j },
          svg("rect", { x, y, width: cell, height: high, class: "cell" }),
          svg("rect", { x, y, width: cell, height: high, class: "shade", "fill-opacity": weight, "data-weight": weight, "data-at": `${i},${j}` }),
          svg("text", { x: x + cell / 2, y: y + high / 2 + 4, class: "value" }, cell < 26 ? "" : weight.toFixed(2).replace(cell < 36 ? /^0/ : "", "")));
      });
      const name = svg("text", { x: LABEL - 6, y: 30 + (i + 0.5) * high, "text-anchor": "end", class: i === query ? "chosen" : "" }, short(tokens[i], LABEL));
      return svg("g", { class: "weight-row pick", click: () => this.update({ query: i }) }, name, cells);
    });
    const names = tokens.map((token, at) => svg("text", { x: LABEL + (at + 0.5) * cell, y: 18, class: "value", "data-column": at }, short(token, cell)));
    const height = 30 + tokens.length * high;
    return svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": this.words.map }, names, rows);
  }

  /** The row that asks: its query against each key, scaled, as shares, and the weighted sum of the values. */
  way({ scaled, temperature, query }, tokens, { q, k, v, dots, fits, weights, output }, width) {
    const [LABEL, few] = [room(width), width < NARROW ? 1 : 2];
    const [line, step] = [19, Math.min(64, width * 0.12)];
    const strip = Math.min(150, width * 0.22);
    const at = { key: LABEL, dot: LABEL + strip + step * 0.95, fit: LABEL + strip + 1.95 * step, bar: LABEL + strip + 2.15 * step, value: width - 2 };
    const long = Math.max(20, at.value - at.bar - (few === 1 ? 86 : 130));
    const head = (x, word, end = "end") => svg("text", { x, y: 13, "text-anchor": end, class: "small" }, word);
    const scale = `÷${[...(scaled ? ["√d"] : []), ...(temperature === 1 ? [] : ["T"])].join("÷") || "1"}`;
    const top = 40;
    const near = (j, on) => this.drawing.querySelectorAll(`[data-column="${j}"]`).forEach((part) => part.classList.toggle("near", on));
    const rows = tokens.map((token, j) => {
      const y = top + j * line;
      const words = (x, text, more = {}) => svg("text", { x, y: y + 13, "text-anchor": "end", ...more }, text);
      return svg("g", { class: "way", "data-column": j, pointerenter: () => near(j, true), pointerleave: () => near(j, false) },
        svg("rect", { x: 0, y, width, height: line, class: "hit" }),
        words(LABEL - 6, short(token, LABEL)),
        this.strip(k[j], at.key, y + 2, strip),
        words(at.dot, number(dots[j], 3), { "data-dot": dots[j] }),
        words(at.fit, number(fits[j], 3), { "data-score": fits[j] }),
        svg("rect", { x: at.bar, y: y + 3, width: Math.max(0.5, long * weights[j]), height: 13, class: "bar" }),
        words(at.bar + long * weights[j] + 5, number(weights[j], few + 1), { "text-anchor": "start" }),
        words(at.value, `(${v[j].map((value) => number(value, few)).join(", ")})`));
    });
    const y = top + tokens.length * line;
    const height = y + 22;
    return svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": this.words.bars },
      head(at.key, "q, k", "start"), head(at.dot, "q·k"), head(at.fit, scale), head(at.bar, "softmax", "start"), head(at.value, "v"),
      svg("text", { x: LABEL - 6, y: 33, "text-anchor": "end", class: "chosen" }, short(tokens[query], LABEL)), this.strip(q[query], at.key, 22, strip), rows,
      svg("path", { class: "frame", d: `M${at.bar} ${y + 2}H${width}` }),
      svg("text", { x: at.value, y: y + 17, class: "title", "text-anchor": "end", "data-output": JSON.stringify(output) },
        `${this.words.sum} = (${output.map((value) => number(value, 3)).join(", ")})`));
  }

  /** A row of numbers as cells, blue above 0 and orange below; with the numbers in them where there is room. */
  strip(values, x, y, width) {
    const most = Math.max(...values.map(Math.abs)) || 1;
    const cell = width / values.length;
    if (cell < 8) return svg("image", { x, y, width: width - 2, height: 15, href: picture(values, most), preserveAspectRatio: "none" });
    return svg("g", {}, values.flatMap((value, at) => [
      svg("rect", { x: x + at * cell, y, width: cell - 2, height: 15, class: "cell part", style: `fill:var(--dl-c${value < 0 ? 1 : 0});fill-opacity:${(0.45 * Math.abs(value)) / most}` }),
      ...(cell > 30 || (cell > 15 && number(value, 1).length < 3) ? [svg("text", { x: x + (at + 0.5) * cell - 1, y: y + 11.5, class: "value inside" }, number(value, cell > 30 ? 2 : 1))] : []),
    ]));
  }
}

const short = (word, wide) => (word.length * 8 > wide + 4 && word.length > 2 ? `${word.slice(0, Math.max(1, Math.floor(wide / 9) - 1))}…` : word);

/** Many numbers as one picture. */
const picture = (values, most) => {
  const canvas = html("canvas", { width: values.length, height: 1 });
  const pixels = canvas.getContext("2d").createImageData(values.length, 1);
  values.forEach((value, at) => pixels.data.set([...(value < 0 ? [224, 110, 30] : [40, 120, 220]), (255 * Math.abs(value)) / most], 4 * at));
  canvas.getContext("2d").putImageData(pixels, 0, 0);
  return canvas.toDataURL();
};
