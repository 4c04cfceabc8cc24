// A chapter as slides, for a class: `?present` behind the address of a page. Nothing is written for it and nothing moves:
// of the page's own parts, those of one slide are shown at a time, as large as the screen allows. So figures stay alive.
{
  const CHINESE = document.documentElement.lang.startsWith("zh");
  const WORDS = CHINESE
    ? { bar: "幻灯片", back: "上一张", on: "下一张", text: "正文", screen: "全屏", close: "退出", of: (i, n) => `第 ${i} 张，共 ${n} 张` }
    : { bar: "Slides", back: "Back", on: "Next", text: "Text", screen: "Full screen", close: "Close", of: (i, n) => `Slide ${i} of ${n}` };
  const LONGEST = CHINESE ? 110 : 260; // characters of a passage that leads to what a slide shows
  const WIDE = 44; // rem: how wide a slide is; its height is that of its screen
  const SMALLEST = 9; // px: below, a slide scrolls
  const SKIPPED = ".book-beside, .md-content__button, .book-credits, details.code, details.source, details.check, script, style";
  const SHOWN = "figure, .highlight, .math, table, .md-typeset__scrollwrap, .admonition, details, ul, ol, pre, img";
  const OUTPUT = ".highlight.no-copy";

  /** The slides of an article: which headings and which parts stand on each, and what is said beside them. */
  const slidesOf = (article) => {
    const slides = [];
    let heads = [], said = [], bare = true; // `bare`: nothing of this section has been shown
    const add = (shown, more = {}) => {
      const lead = said.at(-1)?.textContent.length <= LONGEST ? [said.at(-1)] : [];
      slides.push({ heads: heads.filter(Boolean), parts: [...lead, ...shown], text: said, ...more });
      [said, bare] = [[], false];
    };
    const end = () => {
      if (bare && said.length) slides.push({ heads: heads.filter(Boolean), parts: said.slice(0, 2), text: said });
      said = [];
    };
    for (const part of article.children) {
      const level = Number(part.tagName.match(/^H([1-6])$/)?.[1]);
      if (level) {
        if (heads.length) end();
        if (part.id === "sources") break;
        if (level === 1) slides.push({ heads: [part], parts: [part.nextElementSibling], text: [] }); // what the chapter is for
        heads = level < 3 ? [part] : [heads.find((head) => head?.tagName === "H2"), part];
        bare = true;
      } else if (part.matches(SKIPPED)) {
        continue;
      } else if (!part.matches(SHOWN)) {
        if (part.previousElementSibling?.tagName !== "H1") said.push(part);
        if (article.querySelector("#questions") === heads[0]) add([]);
      } else if (part.matches(OUTPUT) && slides.at(-1)?.code) {
        slides.at(-1).parts.push(part);
        slides.at(-1).code = false;
      } else if (part.matches("table, .md-typeset__scrollwrap") && slides.at(-1)?.formula && !said.length) {
        slides.at(-1).parts.push(part); // its symbols
      } else if (part.matches(".admonition.notes")) {
        said.push(part);
      } else if (heads[0]?.id === "exercises" && part.matches("ol")) {
        for (const one of part.children) add([part], { off: [...part.children].filter((other) => other !== one) });
      } else if (part.querySelector(":scope > .widget > img.stays")) {
        const [drawing, ...live] = part.querySelector(".widget").children; // what was drawn, and what can be tried
        for (const off of [live, [drawing]]) add([part], { off });
      } else {
        add([part], { code: part.matches(".highlight"), formula: part.matches(".math") });
      }
    }
    end();
    return slides;
  };

  const root = document.documentElement;
  let slides = [], at = 0, bar = null, style = null, element; // `element`: how book.js makes one

  const article = () => document.querySelector("article");

  /** The largest letters with which the slide stands on the screen whole. */
  const fit = () => {
    if (!bar) return;
    const room = innerHeight - bar.offsetHeight;
    const needed = () => article().getBoundingClientRect().bottom + scrollY;
    let size = innerWidth / WIDE;
    for (let tries = 0; tries < 6; tries++) {
      root.style.fontSize = `${size}px`;
      if (needed() <= room || size <= SMALLEST) break;
      size = Math.max(SMALLEST, size * Math.max(0.6, Math.min(0.97, room / needed())));
    }
    root.classList.toggle("present-tall", needed() > room);
  };

  const show = (number) => {
    for (const part of document.querySelectorAll(".present-off")) part.classList.remove("present-off");
    at = Math.max(0, Math.min(slides.length - 1, number));
    const { heads, parts, text, off = [] } = slides[at];
    for (const part of off) part.classList.add("present-off");
    const on = new Set([...heads, ...parts, ...(root.classList.contains("present-text") ? text : [])]);
    for (const part of article().children) {
      part.classList.toggle("on", on.has(part));
      if (on.has(part) && part.matches("details.derivation")) part.open = true;
    }
    bar.querySelector(".present-said").textContent = WORDS.of(at + 1, slides.length);
    bar.querySelector(".present-done").style.width = `${(100 * (at + 1)) / slides.length}%`;
    const address = new URL(location);
    address.searchParams.set("present", at + 1);
    history.replaceState(history.state, "", address);
    scrollTo(0, 0);
    fit();
    requestAnimationFrame(fit); // a figure with dials comes late
  };

  const close = () => {
    const [head] = slides[at].heads.slice(-1);
    bar.remove();
    style.remove();
    bar = null;
    root.classList.remove("present", "present-text", "present-tall");
    root.style.fontSize = "";
    for (const part of document.querySelectorAll("article > .on, .present-off")) part.classList.remove("on", "present-off");
    if (document.fullscreenElement) document.exitFullscreen();
    const address = new URL(location);
    address.searchParams.delete("present");
    address.hash = head?.id ?? "";
    history.replaceState(history.state, "", address);
    head?.scrollIntoView();
  };

  const toggleText = () => {
    root.classList.toggle("present-text");
    bar.querySelector(".present-text").setAttribute("aria-pressed", root.classList.contains("present-text"));
    show(at);
  };
  const screen = () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen?.());

  const KEYS = {
    ArrowRight: () => show(at + 1), PageDown: () => show(at + 1), " ": () => show(at + 1), ArrowDown: () => show(at + 1),
    ArrowLeft: () => show(at - 1), PageUp: () => show(at - 1), ArrowUp: () => show(at - 1),
    Home: () => show(0), End: () => show(slides.length - 1), Escape: close, t: toggleText, f: screen,
  };
  const WRITES = "input, select, textarea, [contenteditable], [role=slider], [role=application], canvas, svg[tabindex]";
  const pressed = (event) => {
    if (!bar || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const { target, key } = event;
    if (target.closest?.(WRITES) && key !== "PageDown" && key !== "PageUp") return;
    if (key === " " && target.closest?.("button, a, summary")) return;
    if (key.startsWith("Arrow") && target.closest?.("figure.widget")) return; // those of the figure
    if (root.classList.contains("present-tall") && /^Arrow(Up|Down)$/.test(key)) return; // to scroll
    if (!KEYS[key]) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // the theme has a meaning for some of these keys
    KEYS[key]();
  };
  window.addEventListener("keydown", pressed, true);
  window.addEventListener("resize", fit);

  const button = (name, sign, act, more = {}) => {
    const made = element("button", { type: "button", className: `present-${name}`, title: WORDS[name], ariaLabel: WORDS[name], textContent: sign, ...more });
    made.addEventListener("click", act);
    return made;
  };

  window.dlPresent = { get count() { return slides.length; }, show };

  /** Begin: at the slide that the address names, else at that of its section. */
  window.dlPresent.begin = (css, make) => {
    if (bar || !article()) return;
    element = make;
    slides = slidesOf(article());
    style = element("link", { rel: "stylesheet", href: css });
    const said = element("p", { className: "present-said" });
    said.setAttribute("role", "status");
    bar = element("nav", { className: "present-bar" },
      element("div", { className: "present-done" }),
      button("back", "‹", () => show(at - 1)), said, button("on", "›", () => show(at + 1)),
      button("text", "¶", toggleText), ...(root.requestFullscreen ? [button("screen", "⤢", screen)] : []), button("close", "×", close));
    bar.setAttribute("aria-label", WORDS.bar);
    bar.querySelector(".present-text").setAttribute("aria-pressed", false);
    style.addEventListener("load", () => {
      root.classList.add("present");
      const asked = Number(new URLSearchParams(location.search).get("present"));
      const section = slides.findIndex(({ heads }) => heads.at(-1)?.id && `#${heads.at(-1).id}` === decodeURIComponent(location.hash));
      show(asked ? asked - 1 : section);
      dispatchEvent(new Event("resize")); // figures measure their frames anew
      new ResizeObserver(fit).observe(article());
    });
    document.head.append(style);
    document.body.append(bar);
  };
}
