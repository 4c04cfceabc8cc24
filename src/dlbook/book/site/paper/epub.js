// Runs after paper.js, in the page that is the whole book now, and takes it apart into files of an EPUB: each chapter as XHTML,
// links that name the file in which a place stands, and the pictures that are asked for. Numbers of pages have no meaning there.
() => {
  const make = (tag, about = {}, ...inside) => {
    const element = Object.assign(document.createElement(tag), about);
    element.append(...inside);
    return element;
  };
  for (const number of document.querySelectorAll(".paper-page")) number.remove();
  document.getElementById("contents").remove(); // an EPUB has its own
  const sections = [...document.querySelectorAll(".paper-cover, .paper-chapter")];
  const fileOf = (section) => `${(section.id || "cover").replaceAll("/", "-")}.xhtml`;

  const files = new Map();
  for (const section of sections) {
    for (const place of [section, ...section.querySelectorAll("[id]")]) if (place.id) files.set(place.id, fileOf(section));
  }
  const lost = [];
  for (const anchor of document.querySelectorAll(".paper a[href^='#']")) {
    const place = decodeURIComponent(anchor.getAttribute("href").slice(1));
    const known = files.has(place);
    if (!known) lost.push(place);
    anchor.setAttribute("href", known ? `${files.get(place)}#${place.replaceAll("/", "-")}` : "");
  }

  const pictures = new Map();
  for (const image of document.querySelectorAll(".paper img")) {
    const name = `pictures/${new URL(image.src).pathname.split("/").slice(-2).join("-")}`;
    pictures.set(image.src, name);
    const { alt } = image;
    for (const { name: attribute } of [...image.attributes]) image.removeAttribute(attribute);
    image.setAttribute("src", name);
    image.setAttribute("alt", alt);
  }

  // What folds on a screen stands open: many readers of EPUB show of a fold only its title.
  for (const fold of document.querySelectorAll(".paper details")) {
    const title = fold.querySelector(":scope > summary");
    const titled = title ? [make("p", { className: "fold-title" }, ...title.childNodes)] : [];
    title?.remove();
    fold.replaceWith(make("div", { className: `fold ${fold.className}`, id: fold.id || "" }, ...titled, ...fold.childNodes));
  }
  const screens = ["tabindex", "loading", "decoding", "role", "for", "title", "rel", "target", "download", "contenteditable"];
  for (const element of document.querySelectorAll(".paper *")) {
    for (const { name } of [...element.attributes]) {
      if (screens.includes(name) || name.startsWith("data-") || name.startsWith("aria-") || name.startsWith("on")) element.removeAttribute(name);
      else if ((name === "id" || name === "class") && !element.getAttribute(name).trim()) element.removeAttribute(name);
    }
    if (element.id) element.id = element.id.replaceAll("/", "-");
  }

  // Styles that browsers take of any element of a formula, and EPUB of one only.
  for (const styled of document.querySelectorAll(":is(math, math *):is([scriptlevel], [displaystyle]):not(mstyle)")) {
    const style = document.createElementNS(styled.namespaceURI, "mstyle");
    for (const name of ["scriptlevel", "displaystyle"]) {
      if (styled.hasAttribute(name)) style.setAttribute(name, styled.getAttribute(name));
      styled.removeAttribute(name);
    }
    if (styled.localName === "math") style.append(...styled.childNodes), styled.append(style);
    else styled.replaceWith(style), style.append(styled);
  }

  const serial = new XMLSerializer();
  const chapters = sections.map((section) => ({
    file: fileOf(section),
    title: section.querySelector("h1, .paper-title").textContent.trim(),
    math: Boolean(section.querySelector("math")),
    svg: Boolean(section.querySelector("svg")),
    body: serial.serializeToString(section),
  }));
  return { chapters, pictures: [...pictures], lost };
}
