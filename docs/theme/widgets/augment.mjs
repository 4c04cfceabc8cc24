// Views of a photo: the window, the mirror, and three dials for its colours.
import * as core from "./augment.core.mjs";
import { Figure, fill, html, number, svg } from "./figure.mjs";

const [DOWN, ACROSS] = core.room();
const MOST = 3; // sigmas either way
const BAR = 110; // pixels from the middle of a bar to its end

export default class Augment extends Figure {
  static tag = "dl-augment";
  static start = { flip: true, place: 106, first: 2, second: -1, third: 0, form: "deviation" };
  static tasks = ["last", "cast", "cut"];

  controls() {
    const axis = (key) => this.slider(key, { least: -MOST, most: MOST, step: 0.1, show: (value) => `${number(value, 2)} σ` });
    const form = html("details", { class: "widget-more" }, html("summary", {}, this.words.more), this.choice("form", core.FORMS));
    return [this.toggle("flip"), axis("first"), axis("second"), axis("third"), form];
  }

  steps() {
    return [
      this.slider("place", { least: 0, most: DOWN * ACROSS - 1, show: (place) => fill(this.words.of, { at: place + 1, of: DOWN * ACROSS }) }),
      this.button("again", () => this.again()),
    ];
  }

  /** What training does each time that it sees the image. */
  again() {
    const normal = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
    const [first, second, third] = [normal(), normal(), normal()].map((value) => Math.round(10 * value) / 10);
    this.update({ flip: Math.random() < 0.5, place: Math.floor(Math.random() * DOWN * ACROSS), first, second, third });
  }

  clean(state) {
    const within = (value, least, most) => Math.min(most, Math.max(least, value));
    const axes = Object.fromEntries(["first", "second", "third"].map((key) => [key, within(state[key], -MOST, MOST)]));
    const place = Math.round(within(state.place, 0, DOWN * ACROSS - 1));
    const form = core.FORMS.includes(state.form) ? state.form : "deviation";
    return { flip: Boolean(state.flip), place, ...axes, form };
  }

  draw(state, width) {
    const added = core.shift([state.first, state.second, state.third], state.form);
    const seen = core.view(state.place, state.flip, added);
    const [top, left] = core.corner(state.place);
    const [rows, columns] = core.WINDOW;
    const lost = core.outside(seen);
    const half = Math.min(330, width > 480 ? width / 2 - 6 : width);
    const [red, green, blue] = added.map((value) => number(value, 2));
    const sentence = fill(this.words.says, {
      view: (Number(state.flip) * DOWN * ACROSS + state.place + 1).toLocaleString("en"), of: (2 * DOWN * ACROSS).toLocaleString("en"),
      top, bottom: top + rows - 1, left, right: left + columns - 1, mirrored: this.words[state.flip ? "mirrored" : "straight"],
      red, green, blue, lost: lost.toLocaleString("en"), all: seen.length.toLocaleString("en"),
    });
    return {
      drawing: [
        this.picture("photo", core.PHOTO, core.SIZE, half,
          svg("rect", { x: left, y: top, width: columns, height: rows, class: "window" }),
          svg("rect", { x: 0, y: 0, width: core.SIZE[1], height: core.SIZE[0], class: "hit", "data-drag": "photo" }),
          svg("rect", { x: left, y: top, width: columns, height: rows, class: "handle", "data-handle": "photo" })),
        this.picture("view", seen, core.WINDOW, half),
        this.bars(added, Math.min(width, 2 * half)),
      ],
      sentence,
      done: core.done(state),
      rows: () => [["", ...["red", "green", "blue"].map((name) => this.words[name])], ["Δ", ...added.map((value) => number(value))]],
    };
  }

  /** Numbers from 0 to 1 as a picture, and what lies over it. */
  picture(name, numbers, [rows, columns], wide, ...over) {
    const canvas = html("canvas", { width: columns, height: rows, class: "widget-map" });
    canvas.style.width = `${wide}px`;
    canvas.style.height = `${(wide * rows) / columns}px`;
    const picture = canvas.getContext("2d").createImageData(columns, rows);
    for (let at = 0; at < rows * columns; at++) {
      picture.data.set([...numbers.slice(3 * at, 3 * at + 3).map((value) => 255 * value), 255], 4 * at); // it rounds, and cuts off
    }
    canvas.getContext("2d").putImageData(picture, 0, 0);
    canvas.dataset.picture = name;
    const drawn = svg("svg", { width: wide, height: (wide * rows) / columns, viewBox: `0 0 ${columns} ${rows}`, "aria-hidden": true }, over);
    return html("div", { class: `widget-surface widget-${name}`, role: "img", "aria-label": this.words[name] }, canvas, drawn);
  }

  /** How far red, green and blue are moved. */
  bars(added, width) {
    const most = Math.max(0.2, ...added.map(Math.abs));
    const middle = Math.min(BAR + 70, width / 2 + 20);
    const long = Math.min(BAR, width - middle - 60);
    const drawn = ["red", "green", "blue"].flatMap((name, at) => {
      const [y, length] = [8 + 22 * at, (Math.abs(added[at]) / most) * long];
      const x = added[at] < 0 ? middle - length : middle;
      return [
        svg("rect", { x, y, width: length, height: 14, class: name, "data-shift": added[at] }),
        svg("text", { x: 0, y: y + 12 }, this.words[name]),
        svg("text", { x: middle + long + 6, y: y + 12 }, number(added[at], 2)),
      ];
    });
    const line = svg("path", { class: "frame", d: `M${middle} 4V74` });
    return svg("svg", { width, height: 78, viewBox: `0 0 ${width} 78`, role: "img", "aria-label": this.words.bars }, drawn, line);
  }

  /** The window goes where the photo is touched. */
  dragged(_, [across, down]) {
    this.update({ place: core.nearest([down * core.SIZE[0], across * core.SIZE[1]]) });
  }
}
