// A digit, drawn by the reader, and what each layer of a net that reads digits makes of it.
import { Figure, fill, html, number, svg } from "./figure.mjs";

let core; // the network comes with it, so it is fetched only when the reader comes near
const APART = 1.5; // pixels of the paper between two points of a stroke
const FAR = 24; // how far the ink can be moved, in pixels of the paper
const LONGEST = 12000; // letters of strokes in the address
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const KEY_STEP = 4;

/** A share in percent; what is next to nothing, or next to all, is said so. */
const percent = (share) => (share < 1e-4 ? "<\u00a00.01" : share > 1 - 1e-4 ? ">\u00a099.99" : number(100 * share, share > 0.1 ? 4 : 3));

export default class Draw extends Figure {
  static tag = "dl-draw";
  static start = { example: 8, ink: "", right: 0, down: 0, pen: 5, prepared: true };
  static tasks = ["read", "two", "saved"];

  async setUp() {
    this.observer.disconnect();
    core ??= await import("./draw.core.mjs");
    await super.setUp();
  }

  controls() {
    const within = { least: -FAR, most: FAR };
    return [
      this.board(),
      this.button("clear", () => this.update({ example: 0, ink: "", right: 0, down: 0 }), ({ example, ink }) => example || ink),
      this.button("undo", () => this.undo(), ({ ink }) => ink),
      this.toggle("prepared"),
      html("details", { class: "widget-more" }, html("summary", {}, this.words.more),
        this.slider("right", within), this.slider("down", within), this.slider("pen", { least: 2, most: 9 })),
    ];
  }

  steps() {
    return [this.slider("example", { least: 0, most: core.EXAMPLES.length, show: (at) => (at ? String(core.EXAMPLES[at - 1].digit) : "–") })];
  }

  /** Another example is another sheet of paper. */
  update(change) {
    super.update("example" in change ? { ink: "", ...change } : change);
  }

  clean(state) {
    const whole = (value, least, most) => Math.min(most, Math.max(least, Math.round(value)));
    return {
      example: whole(state.example, 0, core.EXAMPLES.length),
      ink: state.ink.length <= LONGEST && core.read(state.ink) ? state.ink : "",
      right: whole(state.right, -FAR, FAR),
      down: whole(state.down, -FAR, FAR),
      pen: whole(state.pen, 2, 9),
      prepared: state.prepared,
    };
  }

  // The paper stays the same element, so that a stroke goes on while all else is drawn anew.

  board() {
    const { PAPER } = core;
    this.paper = html("canvas", {
      width: PAPER, height: PAPER, class: "widget-paper", tabindex: 0, role: "application", "aria-label": this.words.paper,
      pointerdown: (event) => this.begin(event), pointermove: (event) => this.follow(event),
      pointerup: () => (this.drawn = null), pointercancel: () => (this.drawn = null),
      keydown: (event) => this.key(event), blur: () => this.lift(),
    });
    this.cross = html("span", { class: "widget-cross", "aria-hidden": "true" });
    this.seen = html("canvas", { width: 28, height: 28, class: "widget-map widget-seen", role: "img", "aria-label": this.words.seen });
    this.cursor = [PAPER / 2, PAPER / 2];
    const caption = (text) => html("span", { class: "widget-note", "aria-hidden": "true" }, text);
    return html("div", { class: "widget-board" },
      html("div", {}, html("div", { class: "widget-sheet" }, this.paper, this.cross), caption(this.words.board)),
      html("div", {}, this.seen, caption(this.words.seen)));
  }

  /** Where the pointer is, on paper whose ink has not been moved. */
  place({ clientX, clientY }) {
    const box = this.paper.getBoundingClientRect();
    const { right, down } = this.state;
    return [((clientX - box.left) / box.width) * core.PAPER - right, ((clientY - box.top) / box.height) * core.PAPER - down];
  }

  begin(event) {
    if (!event.isPrimary || event.button) return;
    this.paper.setPointerCapture(event.pointerId);
    this.drawn = this.place(event);
    this.add([this.drawn], true);
  }

  follow(event) {
    if (!this.drawn || !event.isPrimary) return;
    const points = [];
    const coalesced = event.getCoalescedEvents?.() ?? [];
    for (const each of coalesced.length ? coalesced : [event]) {
      const point = this.place(each);
      if (Math.hypot(point[0] - this.drawn[0], point[1] - this.drawn[1]) < APART) continue;
      points.push((this.drawn = point));
    }
    if (points.length) this.add(points);
  }

  /** Points of a new stroke, or more of the last one. */
  add(points, begins = false) {
    const { ink } = this.state;
    const more = `${ink && begins ? "." : ""}${points.map(core.written).join("")}`;
    if (ink.length + more.length <= LONGEST) this.update({ ink: ink + more });
  }

  undo() {
    this.lift();
    this.update({ ink: this.state.ink.split(".").slice(0, -1).join(".") });
  }

  key(event) {
    const step = KEYS[event.key];
    if (step) {
      const far = event.shiftKey ? 1 : KEY_STEP;
      this.cursor = this.cursor.map((at, axis) => Math.min(core.PAPER, Math.max(0, at + far * step[axis])));
      this.inks ? this.add([this.onPaper()]) : this.render();
    } else if (event.key === " " || event.key === "Enter") {
      this.inks = !this.inks;
      this.inks ? this.add([this.onPaper()], true) : this.render();
    } else if (event.key === "Backspace") this.undo();
    else return;
    event.preventDefault();
  }

  onPaper() {
    return [this.cursor[0] - this.state.right, this.cursor[1] - this.state.down];
  }

  lift() {
    if (!this.inks) return;
    this.inks = false;
    this.render();
  }

  draw(state, width) {
    const { example, ink, right, down, pen, prepared } = state;
    const strokes = [...(example ? core.EXAMPLES[example - 1].strokes : []), ...core.read(ink)];
    const moved = strokes.map((stroke) => stroke.map(([x, y]) => [x + right, y + down]));
    const sheet = core.inked(moved, pen);
    const picture = prepared ? core.asMnist(sheet) : core.shrunk(sheet);
    const found = core.layers(picture);
    const chances = core.shares(found.scores);
    this.paint(this.paper, [sheet.flat()], core.PAPER);
    this.paint(this.seen, [picture.flat()], 28);
    this.seen.dataset.pixels = picture.flat().map((value) => Math.round(255 * value)).join();
    this.cross.style.left = `${(100 * this.cursor[0]) / core.PAPER}%`;
    this.cross.style.top = `${(100 * this.cursor[1]) / core.PAPER}%`;
    this.cross.classList.toggle("inks", Boolean(this.inks));
    return {
      drawing: [this.scores(found.scores, chances, width), ...this.maps(found, width)],
      sentence: this.told(chances, strokes.length),
      done: core.done(state, chances),
      rows: () => [
        [this.words.digit, ...chances.keys()],
        [this.words.score, ...found.scores.map((score) => number(score, 3))],
        [this.words.part, ...chances.map((chance) => `${percent(chance)} %`)],
      ],
    };
  }

  told(chances, many) {
    const order = [...chances.keys()].sort((a, b) => chances[b] - chances[a]);
    const [said, second] = order;
    const { example, ink } = this.state;
    const kind = many === 0 ? "blank" : ink ? "own" : "ready";
    const digit = example ? core.EXAMPLES[example - 1].digit : "";
    const text = fill(this.words[kind], { digit, at: example, of: core.EXAMPLES.length, said, share: percent(chances[said]), second, other: percent(chances[second]) });
    return this.inks ? text + this.words.inks : text;
  }

  /** A bar for each digit: its share; its score is written below. */
  scores(scores, chances, width) {
    const step = Math.min(44, width / 10);
    const [top, high] = [20, 70];
    const best = chances.indexOf(Math.max(...chances));
    const bars = scores.flatMap((score, digit) => {
      const [x, tall] = [(digit + 0.5) * step, high * chances[digit]];
      const name = { x, class: `value ${digit === best ? "chosen" : ""}` };
      return [
        svg("rect", { x: x - step * 0.35, y: top + high - tall, width: step * 0.7, height: tall, class: "bar" }),
        svg("text", { ...name, y: top + high - tall - 5 }, chances[digit] < 0.005 ? "" : `${Math.round(100 * chances[digit])}%`),
        svg("text", { ...name, y: top + high + 16, "data-digit": digit, "data-score": score }, digit),
        svg("text", { x, y: top + high + 31, class: "value small" }, number(score, 2)),
      ];
    });
    const height = top + high + 36;
    const line = svg("path", { class: "frame", d: `M0 ${top + high}H${10 * step}` });
    return svg("svg", { width: 10 * step, height, viewBox: `0 0 ${10 * step} ${height}`, role: "img", "aria-label": this.words.bars }, bars, line);
  }

  /** For each layer all its maps side by side; numbers in a row are a strip. */
  maps(found, width) {
    const rows = [["c1", 28, 6, 6], ["s2", 14, 6, 6], ["c3", 10, 16, 8], ["s4", 5, 16, 8], ["c5", 1, 120, 120], ["f6", 1, 84, 84]];
    const wide = Math.min(440, width);
    return rows.map(([name, side, many, across]) => {
      const canvas = html("canvas", { class: "widget-map", role: "img", "aria-label": `${name}: ${this.words[name]}`, "data-layer": name });
      const gap = side > 1 ? 1 : 0;
      canvas.width = across * (side + gap) - gap;
      canvas.height = (many / across) * (side + gap) - gap;
      canvas.style.width = `${wide}px`;
      canvas.style.height = side > 1 ? `${(wide * canvas.height) / canvas.width}px` : "12px";
      this.paint(canvas, side > 1 ? found[name] : found[name].map((value) => [value]), side, side + gap, across);
      const size = side > 1 ? `${many}×${side}×${side}` : many;
      return html("div", { class: "widget-layer" }, html("span", { "aria-hidden": "true" }, html("b", {}, name), ` ${size} · ${this.words[name]}`), canvas);
    });
  }

  /** Black is zero, white is the largest of all. */
  paint(canvas, maps, side, step = side, across = 1) {
    const context = canvas.getContext("2d");
    const most = Math.max(1e-9, ...maps.map((map) => Math.max(...map)));
    const picture = context.createImageData(side, side);
    maps.forEach((map, number) => {
      map.forEach((value, at) => picture.data.set([...Array(3).fill((255 * value) / most), 255], 4 * at));
      context.putImageData(picture, (number % across) * step, Math.floor(number / across) * step);
    });
  }
}
