// Interactive figures: each is fetched only by a page that has it, and set up when the reader comes near.
const FIGURES = {
  "dl-activations": "activations",
  "dl-attention": "attention",
  "dl-conv-size": "conv_size",
  "dl-conv-hand": "conv_hand",
  "dl-descent": "descent",
  "dl-graph": "graph",
  "dl-positions": "positions",
};
const fetched = new Set();

const load = () => {
  for (const [tag, file] of Object.entries(FIGURES)) {
    if (fetched.has(tag) || !document.querySelector(tag)) continue;
    fetched.add(tag);
    import(`./${file}.mjs`).then(({ default: figure }) => customElements.define(tag, figure));
  }
};
window.document$ ? document$.subscribe(load) : load(); // again after each page that instant navigation swaps in
