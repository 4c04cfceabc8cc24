// What a reader takes along of a figure: its link, a frame for another page, the whole screen, the drawing as a file.

const SVG = "http://www.w3.org/2000/svg";
const STYLES = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "font-family", "font-size", "font-weight", "text-anchor", "paint-order"];

/** The address of the figure as it stands; framed, it shows nothing but the figure. */
export const link = (figure, framed = false) => {
  const { tag } = figure.constructor;
  const address = new URL(location);
  address.search = "";
  if (framed) address.searchParams.set("embed", tag.slice(3));
  if (figure.text) address.searchParams.set(tag, figure.text);
  address.hash = `live-${tag.slice(3)}`;
  return address.href;
};

/** What to put on another page. */
export const frame = (figure) => {
  const high = Math.ceil(figure.parentElement.getBoundingClientRect().height) + 40;
  const safe = link(figure, true).replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  return `<iframe src="${safe}" title="${figure.words.title}" width="720" height="${high}" loading="lazy"></iframe>`;
};

const element = (name, attributes, text = "") => {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
};

/** A drawing with its colours and letters in it, which the page gives otherwise. */
const dressed = (drawn) => {
  const copy = drawn.cloneNode(true);
  const [from, to] = [drawn, copy].map((root) => [root, ...root.querySelectorAll("*")]);
  from.forEach((one, at) => {
    const style = getComputedStyle(one);
    for (const name of STYLES) {
      to[at].removeAttribute(name); // it may name a colour of the page
      to[at].style.setProperty(name, style.getPropertyValue(name));
    }
  });
  for (const one of copy.querySelectorAll(".hit, .handle")) one.remove();
  return copy;
};

/** All that is drawn, as one file. */
export const drawing = (figure) => {
  const box = figure.drawing.getBoundingClientRect();
  const paper = getComputedStyle(figure).getPropertyValue("--md-default-bg-color") || "white";
  const size = { width: Math.ceil(box.width), height: Math.ceil(box.height) };
  const all = element("svg", { xmlns: SVG, ...size, viewBox: `0 0 ${size.width} ${size.height}` });
  all.append(element("title", {}, figure.words.title), element("rect", { ...size, style: `fill:${paper}` }));
  for (const part of figure.drawing.querySelectorAll("svg, canvas, .widget-legend span")) {
    const { left, top, width, height } = part.getBoundingClientRect();
    const place = { x: left - box.left, y: top - box.top, width, height };
    if (part.localName === "canvas") all.append(element("image", { ...place, href: part.toDataURL(), preserveAspectRatio: "none", style: "image-rendering:pixelated" }));
    else if (part.localName === "svg") all.append(Object.entries(place).reduce((copy, [key, value]) => (copy.setAttribute(key, value), copy), dressed(part)));
    else {
      const { color, fontFamily, fontSize } = getComputedStyle(part);
      all.append(element("text", { x: place.x + 28, y: place.y + 0.72 * height, style: `fill:${color};font-size:${fontSize};font-family:${fontFamily.replaceAll('"', "'")}` }, part.textContent));
    }
  }
  return new XMLSerializer().serializeToString(all);
};

const save = (name, text) => {
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
};

/** The buttons, and the line that shows what was copied, for where nothing may be. */
export const offers = (figure, html) => {
  const { words, parentElement: whole } = figure;
  const line = html("input", { type: "text", readonly: true, hidden: true, "aria-label": words.copied });
  const copy = async (text) => {
    Object.assign(line, { value: text, hidden: false });
    line.select();
    const done = await navigator.clipboard?.writeText(text).then(() => true, () => false);
    figure.say(done ? words.copied : words.copyIt);
  };
  const screen = () => (document.fullscreenElement ? document.exitFullscreen() : whole.requestFullscreen());
  const button = (key, click) => html("button", { type: "button", click }, words[key]);
  return html("div", { class: "widget-controls", role: "group", "aria-label": words.share },
    button("link", () => copy(link(figure))),
    button("frame", () => copy(frame(figure))),
    document.fullscreenEnabled ? [button("screen", screen)] : [],
    button("save", () => save(`${figure.constructor.tag.slice(3)}.svg`, drawing(figure))),
    line);
};
