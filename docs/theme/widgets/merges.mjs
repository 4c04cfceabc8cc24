// Byte-pair encoding merge by merge: the words in their tokens, and the pairs that are next.
import { Figure, fill, html, svg } from "./figure.mjs";
import { TEXTS, counted, done, learn, pairs, piece } from "./merges.core.mjs";

const [LETTER, ROW, SHOWN] = [9, 30, 6];
const most = ({ text }) => learn(TEXTS[text], 99).made.length;

export default class Merges extends Figure {
  static tag = "dl-merges";
  static start = { text: "bananas", merges: 2 };
  static tasks = ["fifths", "word"];

  controls() {
    return [this.choice("text", Object.keys(TEXTS))];
  }

  steps() {
    return [
      this.player("merges", most),
      this.button("back", () => this.update({ merges: this.state.merges - 1 }), ({ merges }) => merges > 0),
      this.button("next", () => this.update({ merges: this.state.merges + 1 }), (state) => state.merges < most(state)),
      this.slider("merges", { least: 0, most }),
    ];
  }

  /** A click on the pair that is next merges it. */
  dragged(_, __, begins) {
    if (begins) this.update({ merges: this.state.merges + 1 });
  }

  clean(state) {
    const text = Object.hasOwn(TEXTS, state.text) ? state.text : "bananas";
    return { text, merges: Math.round(Math.min(most({ text }), Math.max(0, state.merges))) };
  }

  chosen(key, value) {
    return { [key]: value, merges: 0 };
  }

  draw({ text, merges }, width) {
    const { words, made } = learn(TEXTS[text], merges);
    const next = pairs(words);
    const name = (id) => piece(id, made);
    const tokens = words.reduce((sum, [ids, count]) => sum + ids.length * count, 0);
    const more = next.length && next[0][2] > 1;
    const [a, b, count] = more ? next[0] : [];
    const sentence = fill(this.words[more ? "says" : "done"], { merges, tokens, a: more && name(a), b: more && name(b), count, id: 256 + merges });
    const half = width > 520 ? Math.floor(width / 2) - 7 : width;
    return {
      drawing: html("div", { class: "widget-pair" },
        this.cut(words, name, 255 + merges, half), this.counts(next.slice(0, SHOWN), name, half, counted(TEXTS[text]).length, more)),
      sentence,
      done: done(TEXTS[text], merges),
      rows: () => [[this.words.pair, this.words.count], ...next.map(([one, other, n]) => [`${name(one)} ${name(other)}`, n])],
    };
  }

  /** Each different word, a box for each of its tokens; the newest one is filled. */
  cut(words, name, newest, width) {
    const drawn = words.flatMap(([ids, count], at) => {
      const y = ROW * at + 22;
      let x = 36;
      const boxes = ids.flatMap((id) => {
        const wide = LETTER * name(id).length + 9;
        const box = svg("rect", { x, y: y - 1, width: wide, height: ROW - 8, rx: 3, class: "cell", style: id === newest && id > 255 ? "fill:var(--dl-soft1)" : null });
        const letters = svg("text", { x: x + wide / 2, y: y + 14, "text-anchor": "middle" }, name(id));
        x += wide + 3;
        return [box, letters];
      });
      return [svg("text", { x: 28, y: y + 14, "text-anchor": "end" }, `${count} ×`), ...boxes];
    });
    const height = ROW * words.length + 22;
    const data = { "data-words": JSON.stringify(words) };
    return svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": this.words.cells, ...data }, svg("text", { x: 0, y: 13, class: "title" }, this.words.tokens), drawn);
  }

  /** The most frequent pairs as bars; the first one is merged next. */
  counts(next, name, width, words, more) {
    const longest = Math.max(...next.map(([, , count]) => count));
    const left = 86;
    const drawn = next.flatMap(([a, b, count], at) => {
      const y = ROW * at + 22;
      const long = ((width - left - 34) * count) / longest;
      return [
        svg("text", { x: left - 6, y: y + 14, "text-anchor": "end" }, `${name(a)} ${name(b)}`),
        svg("rect", { x: left, y: y + 1, width: long, height: ROW - 12, style: `fill:var(--dl-c${more && !at ? 1 : 0})` }),
        svg("text", { x: left + long + 5, y: y + 14 }, String(count)),
        ...(more && !at ? [svg("rect", { x: 0, y: y - 3, width, height: ROW - 4, class: "hit pick", "data-drag": "next" })] : []),
      ];
    });
    const height = ROW * Math.max(words, SHOWN) + 22;
    const data = { "data-pairs": JSON.stringify(next) };
    return svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": this.words.bars, ...data }, svg("text", { x: 0, y: 13, class: "title" }, this.words.pairs), drawn);
  }
}
