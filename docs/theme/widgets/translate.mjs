// A number translated sign by sign: where the model looks, what might come next, what it has written.
import { Figure, fill, html, number, svg } from "./figure.mjs";

let core; // the network comes with it, so it is fetched only when the reader comes near
const [LABEL, NOW, HIGH, TOP] = [76, 84, 21, 38]; // the words, the look of this step, a row, the heads of the columns
const FIRST_FEW = 5; // candidates that are shown
const FACES = ["mean", "0", "1", "2", "3"];

const percent = (share) => (share < 5e-5 ? "<\u00a00.01" : share > 0.99995 ? ">\u00a099.99" : number(100 * share, share > 0.1 ? 4 : 2));

export default class Translate extends Figure {
  static tag = "dl-translate";
  static start = { text: "21040", step: 0, head: "mean", even: false };
  static tasks = ["unsure", "wrong", "head"];

  async setUp() {
    this.observer.disconnect();
    core ??= await import("./translate.core.mjs");
    await super.setUp();
  }

  controls() {
    return [
      this.entry("text", (text) => core.read(text)),
      this.button("another", () => this.another()),
      this.choice("head", FACES),
      this.toggle("even"),
    ];
  }

  steps() {
    const last = (state) => core.seen(state).ids.length;
    return [
      this.player("step", last),
      this.button("back", () => this.update({ step: this.state.step - 1 }), ({ step }) => step > 0),
      this.button("next", () => this.update({ step: this.state.step + 1 }), (state) => state.step < last(state)),
      this.slider("step", { least: 0, most: last }),
    ];
  }

  /** A number of one to six digits, as they were drawn for training: short ones too. */
  another() {
    const digits = 1 + Math.floor(6 * Math.random());
    const least = digits > 1 ? 10 ** (digits - 1) : 0;
    this.update({ text: String(least + Math.floor(Math.random() * (10 ** digits - least))) });
  }

  /** Another number is a new beginning. */
  update(change) {
    super.update("text" in change && change.text !== this.state.text ? { step: 0, ...change } : change);
  }

  clean({ text, step, head, even }) {
    const fits = { text: core.read(text) ? text : "21040", step, head: FACES.includes(head) ? head : "mean", even: Boolean(even) };
    const last = core.seen(fits).ids.length;
    return { ...fits, step: Math.min(last, Math.max(0, Math.round(step))) };
  }

  draw(state, width) {
    const found = core.seen(state);
    const { words, ids, scores, looks } = found;
    const [sources, chances] = [["bos", ...words, "eos"], scores.map(core.shares)];
    const beside = width > 560 ? 210 : 0;
    return {
      drawing: [
        this.written(state, found),
        this.map(sources, looks, found, state.step, width - (beside && beside + 16)),
        this.candidates(chances[state.step], beside || width),
      ],
      sentence: state.step < ids.length ? this.told(state, found, sources, chances[state.step]) : this.ended(found),
      rows: () => [
        [this.words.sign, ...sources, this.words.chance],
        ...ids.map((id, t) => [this.sign(id), ...looks[t].map((weight) => weight.toFixed(3)), `${percent(chances[t][id])}\u00a0%`]),
      ],
      done: core.done(state, found),
    };
  }

  sign(id) {
    return this.words.special[id] ?? core.SIGNS[id];
  }

  told({ step }, { ids, looks: all }, sources, chances) {
    const looks = all[step];
    const best = looks.indexOf(Math.max(...looks));
    const second = chances.indexOf(Math.max(...chances.filter((_, id) => id !== ids[step])));
    return fill(this.words.says, {
      step, written: ids.slice(0, step).map((id) => this.sign(id)).join("") || this.words.nothing, word: sources[best], weight: number(looks[best], 2),
      sign: this.sign(ids[step]), share: percent(chances[ids[step]]), second: this.sign(second), other: percent(chances[second]),
    });
  }

  ended({ written, answer, words }) {
    const kind = answer === null ? "odd" : written === answer ? "right" : "wrong";
    return fill(this.words[kind], { written: written || this.words.nothing, answer, words: words.join(" ") });
  }

  /** The line that grows; at its end what would be right. Signs that are wrong are marked. */
  written({ step }, { ids, answer, written }) {
    const over = step === ids.length;
    const signs = ids.slice(0, step).map((id, at) => {
      const off = over && answer !== null && id !== 3 && core.SIGNS[id] !== answer[at];
      return html("span", { class: off ? "wrong" : null }, id === 3 ? "" : this.sign(id));
    });
    const verdict = over && answer !== null ? (written === answer ? " ✓" : ` ✗ ${fill(this.words.is, { answer })}`) : "";
    const cursor = over ? "" : html("span", { class: "cursor" });
    return html("p", { class: "widget-written", lang: "zh", "data-written": ids.slice(0, step).map((id) => core.SIGNS[id]).join("") }, signs, cursor, html("small", {}, verdict));
  }

  /** Rows are words that were read. First how this step looks at them, then a column for each sign that was written. */
  map(sources, looks, { ids }, step, width) {
    const from = LABEL + NOW;
    const cell = Math.min(34, (width - from - 10) / ids.length);
    const height = TOP + HIGH * sources.length + 4;
    const row = (j) => TOP + j * HIGH;
    const rows = sources.flatMap((word, j) => {
      const [weight, y] = [looks[step]?.[j], row(j)];
      const text = svg("text", { x: LABEL - 6, y: y + 15, "text-anchor": "end" }, word);
      if (weight === undefined) return [text];
      return [
        text,
        svg("rect", { x: LABEL, y: y + 3, width: Math.max(1, 44 * weight), height: HIGH - 6, class: "bar", "data-look": weight }),
        svg("text", { x: LABEL + 44 * weight + 4, y: y + 15, class: "small" }, weight < 0.005 ? "" : weight.toFixed(2)),
      ];
    });
    const columns = ids.flatMap((id, t) => {
      const x = from + t * cell;
      const pick = () => this.update({ step: t });
      const shown = t <= step;
      const head = shown ? this.sign(id) : "·";
      const wide = head.length > 1 && cell < 24; // it begins where its column does, so that it runs into no other
      return [svg("g", { class: "pick", click: pick },
        svg("rect", { x, y: 18, width: cell, height: height - 22, fill: "transparent" }),
        sources.map((_, j) => svg("rect", { x, y: row(j), width: cell, height: HIGH, class: "cell" })),
        shown ? sources.map((_, j) => svg("rect", { x, y: row(j), width: cell, height: HIGH, class: "shade", "fill-opacity": looks[t][j], "data-weight": looks[t][j], "data-at": `${t},${j}` })) : [],
        svg("text", { x: wide ? x + 1 : x + cell / 2, y: TOP - 6, style: wide && "text-anchor: start", class: `value ${t === step ? "chosen" : ""}`, lang: "zh" }, head))];
    });
    const frame = step < ids.length ? [svg("rect", { x: from + step * cell, y: TOP, width: cell, height: HIGH * sources.length, class: "cell cursor", "pointer-events": "none" })] : [];
    const names = [["end", LABEL - 6, "read"], ["start", LABEL, "looks"], ["start", from, "writes"]].map(([anchor, x, name]) =>
      svg("text", { x, y: 12, "text-anchor": anchor, class: "small" }, this.words[name]));
    return svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": this.words.map }, names, rows, columns, frame);
  }

  /** The likeliest signs, and how likely they are. */
  candidates(chances, width) {
    const [label, high] = [LABEL, 22];
    const order = chances ? [...chances.keys()].sort((a, b) => chances[b] - chances[a]).slice(0, FIRST_FEW) : [];
    const bar = width - label - 62;
    const lines = order.flatMap((id, at) => {
      const y = 20 + at * high;
      return [
        svg("text", { x: label - 6, y: y + 15, "text-anchor": "end", class: at ? "" : "chosen", lang: "zh", "data-candidate": core.SIGNS[id], "data-share": chances[id] }, `${this.sign(id)} ${this.words.means[core.SIGNS[id]] ?? ""}`.trim()),
        svg("rect", { x: label, y: y + 3, width: Math.max(1, bar * chances[id]), height: high - 7, class: "bar" }),
        svg("text", { x: label + bar * chances[id] + 5, y: y + 15, class: "small" }, `${percent(chances[id])} %`),
      ];
    });
    const height = 24 + FIRST_FEW * high;
    const title = svg("text", { x: 0, y: 12, class: "small" }, this.words[chances ? "candidates" : "over"]);
    return svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": this.words.candidates }, title, lines);
  }
}
