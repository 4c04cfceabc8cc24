// Where the reader was: chapters read and exercises done. Kept by this browser alone: no account, no request, and the
// home page forgets it all at a click. The book reads well without it.
{
  const KEY = "dlbook.progress";
  const WORDS = {
    en: {
      read: "read",
      done: "done",
      so: "You have read {n} of {all} chapters. This is kept in your browser only.",
      on: "Go on with",
      forget: "Forget it",
    },
    zh: {
      read: "已读",
      done: "做完了",
      so: "已经读了 {n} 章，共 {all} 章。这些只记在你的浏览器里。",
      on: "接着读",
      forget: "忘掉这些",
    },
  };
  const words = WORDS[document.documentElement.lang.slice(0, 2)] ?? WORDS.en;

  const load = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY)) ?? {};
      return { read: [], done: [], last: "", ...kept };
    } catch {
      return { read: [], done: [], last: "" }; // no storage here, or not ours
    }
  };
  const change = (how) => {
    const kept = load();
    how(kept);
    try {
      localStorage.setItem(KEY, JSON.stringify(kept));
    } catch {} // not kept, then
    show();
  };

  const base = () => new URL(JSON.parse(document.getElementById("__config").textContent).base.replace(/\/?$/, "/"), location);
  /** The name of the page that an address leads to, the same in both languages; nothing for what is no page of the book. */
  const nameOf = (url) => {
    const { pathname, host } = new URL(url, location);
    const from = base().pathname;
    return host === location.host && pathname.startsWith(from)
      ? pathname.slice(from.length).replace(/(?:\/|\.html)$/, "").replace(/^index$/, "")
      : "";
  };
  const make = (tag, about, ...inside) => {
    const element = Object.assign(document.createElement(tag), about);
    element.append(...inside);
    return element;
  };

  /** Mark what is read in the navigation, what is done below the exercises, and say on the home page where to go on. */
  const show = () => {
    const kept = load();
    const read = new Set(kept.read);
    const links = [...document.querySelectorAll(".md-sidebar--primary a.md-nav__link[href]")];
    for (const link of links.filter((link) => !link.hash)) { // those with one are of the table of contents
      const mark = link.querySelector(".book-read");
      if (read.has(nameOf(link.href)) === Boolean(mark)) continue;
      mark ? mark.remove() : link.append(make("span", { className: "book-read", title: words.read }, "✓"));
    }
    for (const box of document.querySelectorAll(".book-done input")) box.checked = kept.done.includes(box.value);
    document.querySelector(".book-progress")?.remove();
    const title = document.querySelector("article > h1");
    if (!title || nameOf(location) || !(kept.last || read.size)) return;
    const chapters = [...document.querySelectorAll("article li > a:first-child[href]")];
    const last = chapters.find((link) => nameOf(link.href) === kept.last);
    const all = new Set(chapters.map((link) => nameOf(link.href)));
    const forget = make("button", { type: "button", className: "md-button" }, words.forget);
    forget.addEventListener("click", () => change((all) => Object.assign(all, { read: [], done: [], last: "" })));
    const on = last ? [`${words.on} `, make("a", { href: last.href }, last.textContent), ". "] : [];
    const so = words.so.replace("{n}", [...read].filter((name) => all.has(name)).length).replace("{all}", all.size);
    title.after(make("div", { className: "book-progress" }, make("p", {}, ...on, so), forget));
  };

  let watching;
  const begin = () => {
    watching?.disconnect();
    const name = nameOf(location);
    const article = document.querySelector("article");
    if (article && name && document.querySelector(".book-beside")) {
      article.querySelectorAll("li > details.solution").forEach((solution, number) => {
        if (solution.nextElementSibling?.matches(".book-done")) return;
        const box = make("input", { type: "checkbox", value: `${name}#${number + 1}` });
        box.addEventListener("change", () =>
          change((kept) => (kept.done = kept.done.filter((one) => one !== box.value).concat(box.checked ? box.value : []))),
        );
        solution.after(make("label", { className: "book-done" }, box, ` ${words.done}`));
      });
      change((kept) => (kept.last = name));
      // Read is what was seen to its end.
      watching = new IntersectionObserver(([end]) => {
        if (end.isIntersecting && scrollY > 0) change((kept) => (kept.read = [...new Set([...kept.read, name])]));
      });
      watching.observe(article.lastElementChild);
    }
    show();
  };
  window.document$?.subscribe(begin);
}
