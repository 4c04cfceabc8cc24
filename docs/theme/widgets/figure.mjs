// What every interactive figure shares: words in the reader's language, controls, state in the address, one sentence for
// those who cannot see the drawing, the numbers as a table. The static figure beside it shows until this one is ready,
// and where it never is: without scripts, on paper.
//
// A figure is a class with: `tag`, `start` (its first state), `controls()`, `steps()`, `draw()` (returns the drawing, the sentence
// and the rows of the table), and, if not every state makes sense, `clean(state)`. It may have `tasks`, names of what a reader is
// asked to find; then `draw()` returns also `done`, those that the state fulfils. What carries `data-drag="name"` in the drawing is
// driven by mouse and finger: `dragged(name, [across, down], begins)` hears where, as shares of its width and height.

const SVG = "http://www.w3.org/2000/svg";
const PAUSE = 250; // milliseconds between two sentences: more would talk over each other
const NEAR = "400px"; // set up a little before it is seen
const PACE = 1100; // milliseconds between two steps of what plays
const STILL = "(prefers-reduced-motion: reduce)";

const fetched = new Map(); // words that have been asked for, by file

const wordsIn = (file) => {
  const name = `${file}.words.json`;
  const ask = () => globalThis.dlFolder?.text(name).then(JSON.parse) ?? fetch(new URL(name, import.meta.url)).then((answer) => answer.json());
  if (!fetched.has(file)) fetched.set(file, ask());
  return fetched.get(file);
};

/** The file of a figure, from its element: `dl-conv-size` is drawn by conv_size.mjs and speaks in conv_size.words.json. */
const fileOf = (tag) => tag.slice(3).replaceAll("-", "_");

/** The words of a figure in the language of the text around it. */
const wordsFor = async (element, tag) => {
  const language = element.closest("[lang]")?.lang.startsWith("zh") ? "zh" : "en";
  const [all, own] = await Promise.all([wordsIn("all"), wordsIn(fileOf(tag))]);
  return { ...all[language], ...own[language] };
};

// The state in the address, `key*value~key*value`: a text of the reader may hold these two signs, and the one that stands for them.
const SIGNS = { "!": "!0", "*": "!1", "~": "!2" };
const escaped = (text) => text.replace(/[!*~]/g, (sign) => SIGNS[sign]);
const plain = (text) => text.replace(/![012]/g, (pair) => "!*~"[pair[1]]);

/** What of a state differs from the first one, as text. */
export const toText = (state, start) => {
  const changed = Object.keys(start).filter((key) => state[key] !== start[key]);
  return changed.map((key) => `${key}*${typeof start[key] === "boolean" ? Number(state[key]) : escaped(String(state[key]))}`).join("~");
};

/** What such a text says of a state; what it cannot say is left out. */
export const fromText = (text, start) => {
  const found = {};
  for (const part of text.split("~")) {
    const [key, said] = part.split("*");
    if (said === undefined || !(key in start)) continue;
    const value = { number: Number(said), boolean: said === "1", string: plain(said) }[typeof start[key]];
    if (typeof value !== "number" || Number.isFinite(value)) found[key] = value;
  }
  return found;
};

/** "{n} of {m}" with the numbers filled in. */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

/** An element of the page, with attributes and children. */
export const html = (name, attributes = {}, ...children) => make(document.createElement(name), attributes, children);

/** An element of a drawing. */
export const svg = (name, attributes = {}, ...children) => make(document.createElementNS(SVG, name), attributes, children);

const make = (element, attributes, children) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== false && value != null) element.setAttribute(name, value === true && !name.startsWith("aria-") ? "" : value);
  }
  element.append(...children.flat());
  return element;
};

/** A number as people write it: a real minus sign, no tail of digits. */
export const number = (value, digits = 4) => {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : value < 0 ? "−∞" : "–";
  const size = Math.abs(value);
  const text =
    size !== 0 && (size < 1e-4 || size >= 1e6)
      ? scientific(value, Math.min(digits, 3) - 1)
      : String(Number(value.toPrecision(digits)));
  return text.replaceAll("-", "−");
};
const POWERS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
/** A power of ten. */
export const powerOfTen = (power) => `10${[...String(power)].map((c) => (c === "-" ? "⁻" : POWERS[c])).join("")}`;
/** A line that says what each sign of a drawing means: pairs of the sign, 22 by 12, and its words. */
export const legend = (...entries) =>
  html("p", { class: "widget-legend" }, entries.map(([sign, text]) => html("span", {}, svg("svg", { width: 22, height: 12, viewBox: "0 0 22 12", "aria-hidden": true }, sign), text)));
/** The sign of a line in such a legend. */
export const stroke = (at) => svg("path", { class: `line c${at}`, d: "M0 6H22" });

const scientific = (value, digits) => {
  const [mantissa, power] = value.toExponential(digits).split("e");
  return `${mantissa}·${powerOfTen(Number(power))}`;
};

export class Figure extends HTMLElement {
  connectedCallback() {
    this.observer = new IntersectionObserver(([entry]) => entry.isIntersecting && this.setUp(), { rootMargin: NEAR });
    this.observer.observe(this.parentElement);
  }

  disconnectedCallback() {
    this.observer.disconnect();
    this.sizes?.disconnect();
    clearTimeout(this.waiting);
    clearInterval(this.playing);
  }

  async setUp() {
    this.observer.disconnect();
    const { tag, start } = this.constructor;
    this.words = await wordsFor(this, tag);
    if (!this.isConnected || this.hasAttribute("ready")) return;
    this.state = this.clean({ ...start, ...this.fromAddress() });
    this.inputs = new Map();
    this.drawing = html("div", { class: "widget-drawing" });
    this.sentence = html("p", { class: "widget-says", role: "status" });
    this.numbers = html("div", { class: "widget-numbers", tabindex: 0, role: "region", "aria-label": this.words.numbers });
    this.table = html("details", { toggle: () => this.render() }, html("summary", {}, this.words.numbers), this.numbers);
    this.share = html("details", { class: "widget-share", toggle: () => this.offer() }, html("summary", {}, this.words.share));
    const reset = html("button", { type: "button", click: () => this.update(start) }, this.words.reset);
    this.listen();
    this.append(
      html("div", { class: "widget-controls", role: "group", "aria-label": this.words.title }, this.controls()),
      this.drawing,
      html("div", { class: "widget-controls widget-steps", role: "group", "aria-label": this.words.steps }, this.steps()),
      this.sentence,
      ...this.tasks(),
      html("div", { class: "widget-foot widget-controls" }, reset, this.share, this.table),
    );
    this.setAttribute("ready", "");
    this.render();
    this.sizes = new ResizeObserver(([entry]) => entry.contentRect.width !== this.width && this.render());
    this.sizes.observe(this.drawing);
  }

  /** Change some of the state: everything follows, and what plays stands still. */
  update(change) {
    this.pause();
    this.change(change);
  }

  change(change) {
    this.state = this.clean({ ...this.state, ...change });
    this.render();
    this.toAddress();
  }

  clean(state) {
    return state;
  }

  /** Link, embedding, full screen, the drawing as a file: fetched when a reader wants one of them. */
  async offer() {
    if (this.offered) return;
    this.offered = true;
    const { offers } = await import("./share.mjs");
    this.share.append(offers(this, html));
  }

  /** What of the state the address holds. */
  get text() {
    return toText(this.state, this.constructor.start);
  }

  // The drawing is driven too. A finger that begins on a handle drags it; elsewhere it scrolls the page, and a touch is a click.

  listen() {
    const { drawing } = this;
    const name = ({ target }) => target.closest("[data-drag]")?.dataset.drag ?? target.closest("[data-handle]")?.dataset.handle;
    const tell = (event, held, begins = false) => {
      const box = held && drawing.querySelector(`[data-drag="${held}"]`)?.getBoundingClientRect();
      if (box) this.dragged(held, [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height], begins);
    };
    let held;
    const letGo = () => (held = undefined);
    drawing.addEventListener("pointerdown", (event) => {
      if (event.button || !name(event) || (event.pointerType === "touch" && !event.target.closest(".handle"))) return;
      held = name(event);
      drawing.setPointerCapture(event.pointerId); // what is drawn anew under the pointer does not let it go
      if (event.pointerType !== "touch") tell(event, held, true);
    });
    // Chromium 156 does not heed `touch-action` within an SVG, so it is told here that this finger does not scroll.
    drawing.addEventListener("touchstart", (event) => event.target.closest(".handle") && event.preventDefault(), { passive: false });
    drawing.addEventListener("pointermove", (event) => held && tell(event, held));
    drawing.addEventListener("lostpointercapture", letGo);
    drawing.addEventListener("click", (event) => tell(event, name(event), true)); // after a drag it is the drawing's, and has no name
  }

  dragged() {}

  render() {
    this.width = this.drawing.clientWidth || 600;
    for (const sync of this.inputs.values()) sync(this.state);
    this.sentence.ariaLive = this.playing ? "off" : "polite"; // a reader of screens would never come to its end
    const { drawing, sentence, rows, done = [] } = this.draw(this.state, this.width);
    this.drawing.replaceChildren(...[drawing].flat());
    this.say([sentence, ...done.map((task) => this.tick(task))].join(" "));
    if (this.table.open) this.numbers.replaceChildren(table(rows()));
  }

  /** Say a sentence, the last one of a rush only. */
  say(sentence) {
    clearTimeout(this.waiting);
    const speak = () => {
      this.spoken = performance.now();
      if (this.sentence.textContent !== sentence) this.sentence.textContent = sentence;
    };
    const early = this.spoken === undefined ? 0 : this.spoken + PAUSE - performance.now();
    early > 0 ? (this.waiting = setTimeout(speak, early)) : speak();
  }

  // Tasks: once done they stay so, as long as the page is open.

  tasks() {
    const all = this.constructor.tasks ?? [];
    const lines = all.map((task) => html("li", { "data-task": task, "data-done": "no" }, this.words.tasks[task]));
    return lines.length ? [html("p", { class: "widget-try" }, this.words.find), html("ol", { class: "widget-tasks" }, lines)] : [];
  }

  /** Tick a task, and say so. */
  tick(task) {
    const line = this.querySelector(`[data-task=${task}]`);
    line.dataset.done = "yes";
    return fill(this.words.ticked, { n: this.constructor.tasks.indexOf(task) + 1 });
  }

  /** What is moved again and again stands right below the drawing. */
  steps() {
    return [];
  }

  // Controls. Each keeps itself equal to the state, however that was changed.

  /** Controls that few need at first. */
  fold(...controls) {
    return html("details", { class: "widget-more" }, html("summary", {}, this.words.more), html("div", { class: "widget-controls" }, controls));
  }

  /** A slider: one number between two, with the value beside it; `log` where each step multiplies. */
  slider(key, { least, most, step = 1, log = false, show = (value) => number(value) }) {
    const value = html("span", { class: "widget-value" });
    const name = this.words[key];
    const [shown, meant] = log ? [Math.log10, (power) => Number((10 ** power).toPrecision(3))] : [Number, Number];
    const input = html("input", {
      type: "range", step, "aria-label": name, input: () => this.update({ [key]: meant(Number(input.value)) }),
    });
    this.inputs.set(key, (state) => {
      [input.min, input.max] = [least, most].map((limit) => shown(typeof limit === "function" ? limit(state) : limit));
      input.value = shown(state[key]);
      value.textContent = show(state[key]);
      input.setAttribute("aria-valuetext", value.textContent);
    });
    return html("label", { class: "widget-slider" }, html("span", {}, name), input, value);
  }

  /** A number to type, or to step with the arrow keys. One beyond the limits is not taken: they stand below it then. */
  field(key, { least, most, step = 1, label = this.words[key], named = label }) {
    const [from, to] = [least, most].map((limit) => number(limit));
    const input = html("input", {
      type: "number", min: least, max: most, step, inputmode: step < 1 ? "decimal" : "numeric", "aria-label": named,
      input: () => {
        const fits = input.value !== "" && input.checkValidity();
        fits ? delete whole.dataset.limits : (whole.dataset.limits = `${from} … ${to}`);
        if (fits) this.update({ [key]: Number(input.value) });
        else this.say(fill(this.words.limits, { name: named, least: from, most: to, value: number(this.state[key]) }));
      },
      change: () => "limits" in whole.dataset && back(),
    });
    this.inputs.set(key, (state) => {
      if (document.activeElement !== input || Number(input.value) !== state[key]) input.value = state[key];
    });
    // What is no number between the limits goes back to what was. Else nothing is drawn anew: a click that ends the typing would lose its aim.
    const back = () => {
      delete whole.dataset.limits;
      this.render();
    };
    const whole = html("label", {}, html("span", {}, label), input);
    return whole;
  }

  /** One of a few: a list to choose from. */
  choice(key, options) {
    const names = options.map((option) => html("option", { value: option }, this.words.options?.[option] ?? option));
    const change = () => this.update(this.chosen(key, list.value));
    const list = html("select", { "aria-label": this.words[key], change }, names);
    this.inputs.set(key, (state) => (list.value = state[key]));
    return html("label", {}, html("span", {}, this.words[key]), list);
  }

  chosen(key, value) {
    return { [key]: value };
  }

  /** On or off. */
  toggle(key, shown = () => true) {
    const box = html("input", { type: "checkbox", change: () => this.update({ [key]: box.checked }) });
    const label = html("label", { class: "widget-toggle" }, box, html("span", {}, this.words[key]));
    this.inputs.set(key, (state) => {
      box.checked = state[key];
      label.hidden = !shown(state);
    });
    return label;
  }

  /** A button; where it can do nothing it says so and stays where it is, so that the focus does. */
  button(key, action, possible = () => true) {
    const button = html("button", { type: "button", click: () => possible(this.state) && action() }, this.words[key]);
    this.inputs.set(`button ${key}`, (state) => button.setAttribute("aria-disabled", String(!possible(state))));
    return button;
  }

  /** A button that goes step by step to the end, from the beginning if it stands there; at once for those who want no motion. */
  player(key, last) {
    const button = html("button", { type: "button", click: () => (this.playing ? this.update({}) : this.play(key, last)) });
    this.inputs.set("player", () => (button.textContent = this.words[this.playing ? "pause" : "play"]));
    return button;
  }

  play(key, last) {
    if (this.state[key] >= last(this.state)) this.change({ [key]: 0 });
    if (matchMedia(STILL).matches) return this.change({ [key]: last(this.state) });
    const { every, by } = this.pace();
    this.playing = setInterval(() => {
      if (this.state[key] + by >= last(this.state)) this.pause();
      this.change({ [key]: Math.min(last(this.state), this.state[key] + by) });
    }, every);
    this.render();
  }

  /** How fast it plays. */
  pace() {
    return { every: PACE, by: 1 };
  }

  pause() {
    clearInterval(this.playing);
    this.playing = null;
  }

  /** A line of text to type; what does not fit is not taken, and `misfit` of the words says what would. */
  entry(key, fits) {
    const name = this.words[key];
    const input = html("input", {
      type: "text", "aria-label": name, autocomplete: "off", autocapitalize: "off", spellcheck: "false",
      input: () => {
        const taken = fits(input.value);
        input.setAttribute("aria-invalid", String(!taken));
        taken ? delete whole.dataset.limits : (whole.dataset.limits = this.words.misfit);
        taken ? this.update({ [key]: input.value }) : this.say(this.words.misfit);
      },
      change: () => {
        const misfit = "limits" in whole.dataset;
        delete whole.dataset.limits;
        input.removeAttribute("aria-invalid");
        input.value = this.state[key]; // what was not taken goes back to what was
        if (misfit) this.render();
      },
    });
    this.inputs.set(key, (state) => {
      if (document.activeElement !== input || fits(input.value)) input.value = state[key];
    });
    const whole = html("label", { class: "widget-entry" }, html("span", {}, name), input);
    return whole;
  }

  // The address: what differs from the first state, so that a teacher can link a set-up.

  fromAddress() {
    const { tag, start } = this.constructor;
    return fromText(new URLSearchParams(location.search).get(tag) ?? "", start);
  }

  toAddress() {
    clearTimeout(this.noting);
    this.noting = setTimeout(() => {
      const { tag } = this.constructor;
      const { text } = this;
      const address = new URL(location);
      text ? address.searchParams.set(tag, text) : address.searchParams.delete(tag);
      if (this.isConnected) history.replaceState(history.state, "", address);
    }, PAUSE);
  }
}

/** Rows as a table; the first one is its head. */
const table = ([head, ...body]) =>
  html(
    "table",
    {},
    html("thead", {}, html("tr", {}, head.map((cell) => html("th", { scope: "col" }, String(cell))))),
    html("tbody", {}, body.map((row) => html("tr", {}, row.map((cell) => html("td", {}, String(cell)))))),
  );
