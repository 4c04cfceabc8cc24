// Runs in a page of the built site, and makes it the whole book: cover, contents, chapters, solutions. Each page's ids get
// its name in front, and links between pages lead within the book. Returns what the contents list, and pictures that are missing.
async ({ pages, words, site }) => {
  const home = new URL(".", location);
  const make = (tag, about = {}, ...inside) => {
    const element = Object.assign(document.createElement(tag), about);
    element.append(...inside);
    return element;
  };
  const nameOf = (url) => url.pathname.slice(home.pathname.length).replace(/(index\.html)?$/, "").replace(/(\/|\.html)$/, "") || "index";
  const names = new Set(pages.map(({ name }) => name));
  const placed = (name, id) => (id ? `${name}--${id}` : name);

  const fetched = async ({ name, title, section }) => {
    const url = new URL(name === "index" ? "" : `${name}/`, home);
    const text = await (await fetch(url)).text();
    const article = new DOMParser().parseFromString(text, "text/html").querySelector("article");
    return { name, title, section, url, article: document.importNode(article, true) };
  };

  /** Leave out what only a screen can do. */
  const clean = ({ article }) => {
    const gone = ".book-beside, a.math-tested, .md-content__button, .headerlink, .run-card, script, button, input, figure.widget > :last-child:not(img):not(picture), .md-source-file, .md-feedback";
    for (const element of article.querySelectorAll(gone)) element.remove();
    for (const label of article.querySelectorAll(".tabbed-labels")) label.remove();
  };

  const link = ({ name, url, article }) => {
    for (const element of article.querySelectorAll("[id]")) element.id = placed(name, element.id);
    for (const element of article.querySelectorAll("[aria-labelledby], [for]")) {
      element.removeAttribute("aria-labelledby");
      element.removeAttribute("for");
    }
    for (const image of article.querySelectorAll("img")) {
      image.src = new URL(image.getAttribute("src"), url);
      image.loading = "eager";
    }
    for (const anchor of article.querySelectorAll("a[href]")) {
      const to = new URL(anchor.getAttribute("href"), url);
      if (to.host !== home.host) continue;
      const other = to.pathname.startsWith(home.pathname) ? nameOf(to) : "";
      if (names.has(other)) anchor.href = `#${placed(other, decodeURIComponent(to.hash.slice(1)))}`;
      else if (site) anchor.href = new URL(to.pathname.slice(1) + to.hash, site);
      else anchor.replaceWith(...anchor.childNodes);
    }
  };

  /** The solutions of a page, to stand at the end of the book; where each stood, a line leads to it. */
  const solutions = ({ name, title, article }) => {
    const found = [...article.querySelectorAll("details.solution")];
    const listed = found.map((solution, i) => {
      const [here, there] = [placed(name, `exercise-${i + 1}`), placed(name, `solution-${i + 1}`)];
      const number = make("a", { href: `#${here}`, className: "paper-number" }, `${i + 1}.`);
      const [before, after] = words.solution_on.split("{page}");
      solution.replaceWith(make("p", { id: here, className: "paper-to" }, make("a", { href: `#${there}` }, before, pageOf(there), after)));
      solution.querySelector("summary").remove();
      return make("section", { id: there, className: "paper-solution" }, number, ...solution.childNodes);
    });
    return listed.length ? [make("h2", { id: placed(name, "solutions") }, title), ...listed] : [];
  };

  /** Where the number of the page will stand on which something begins. */
  const pageOf = (id) => {
    const number = make("span", { className: "paper-page" });
    number.dataset.page = id;
    return number;
  };
  const line = (level, id, text) => make("li", { className: `paper-${level}` }, make("a", { href: `#${id}` }, make("span", {}, text), pageOf(id)));

  const book = [];
  for (const page of pages) book.push(await fetched(page));
  book.forEach(clean);
  book.forEach(link);
  const answers = book.flatMap(solutions);
  const contents = make("ol", { className: "paper-contents" });
  const chapters = book.map(({ name, title, section, article }, i) => {
    if (section && section !== book[i - 1]?.section) contents.append(make("li", { className: "paper-section" }, section));
    contents.append(line("chapter", name, title));
    for (const heading of article.querySelectorAll("h2[id]")) contents.append(line("heading", heading.id, heading.textContent));
    for (const fold of article.querySelectorAll("details")) fold.open = true;
    const whole = make("section", { id: name, className: "paper-chapter" }, ...article.childNodes);
    whole.querySelector("h1")?.replaceChildren(title);
    return whole;
  });
  contents.append(line("chapter", "solutions", words.solutions));
  const logo = document.querySelector(".md-logo :is(img, svg)")?.cloneNode(true);
  if (logo?.src) logo.src = document.querySelector(".md-logo img").src;
  const said = [words.about, words.edition].map((text) => make("p", {}, text));
  const cover = make("section", { className: "paper-cover" }, logo ?? "", make("p", { className: "paper-title" }, words.title), ...said);
  const body = make("article", { className: "md-content__inner md-typeset" }, cover, make("section", { id: "contents", className: "paper-chapter" }, make("h1", {}, words.contents), contents), ...chapters);
  body.append(make("section", { id: "solutions", className: "paper-chapter" }, make("h1", {}, words.solutions), ...answers));
  document.title = words.title;
  document.body.replaceChildren(make("main", { className: "paper" }, body));
  document.body.dataset.mdColorScheme = "default";
  document.documentElement.classList.remove("js");
  await document.fonts.ready;
  const missing = [];
  await Promise.all([...document.images].map((image) => image.decode().catch(() => missing.push(image.src))));
  return { listed: [...document.querySelectorAll(".paper-page")].map(({ dataset }) => dataset.page), missing };
}
