// Interactive figures: each is fetched only by a page that has it, and set up when the reader comes near.
// The element says the file: <dl-conv-size> is drawn by conv_size.mjs.
const fetched = new Set();
const get = (file) => globalThis.dlFolder?.module(file) ?? import(`./${file}`);

const load = () => {
  for (const { localName: tag } of document.querySelectorAll("figure.widget > :last-child:not(:defined)")) {
    if (fetched.has(tag)) continue;
    fetched.add(tag);
    const file = tag.slice(3).replaceAll("-", "_");
    get(`${file}.mjs`).then(({ default: figure }) => customElements.define(tag, figure));
  }
};
window.document$ ? document$.subscribe(load) : load(); // again after each page that instant navigation swaps in
