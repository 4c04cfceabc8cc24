// What the theme leaves open, repaired. The book reads well without it.
{
  /** Name what screen readers meet without a name, and let the tab key into what scrolls. */
  const repair = () => {
    const search = document.querySelector(".md-search[role=dialog]");
    search?.setAttribute("aria-label", search.querySelector("input")?.getAttribute("aria-label") ?? "Search");
    for (const box of document.querySelectorAll(".md-typeset__scrollwrap")) {
      box.tabIndex = 0;
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", box.closest("article")?.querySelector("h1")?.firstChild?.textContent ?? "Table");
    }
    for (const link of document.querySelectorAll("article :is(h1, h2, h3, h4) > .headerlink[title]")) {
      const heading = link.parentElement; // who jumps from heading to heading hears the words of each, and no links
      heading.ariaLabel ??= [...heading.childNodes].filter((part) => !part.matches?.(".headerlink")).map((part) => part.textContent).join("");
      link.ariaLabel ??= link.title;
    }
    for (const box of document.querySelectorAll("div.admonition > .admonition-title")) {
      box.parentElement.setAttribute("role", "note"); // so its end is heard
      box.parentElement.ariaLabel = box.textContent;
    }
  };

  /**
   * Code as the prompt of any Python takes it. That of 3.11 and 3.12 ends a block at an empty line and nowhere else: one
   * is put behind each block, and those within a block are filled with spaces, which change nothing.
   */
  const OPENS = /^(async|class|def|for|if|match|try|while|with)\b/;
  const GOES_ON = /^([)\]}]|(elif|else|except|finally)\b)/;
  const TEXT_MARK = /"""|'''/g;
  const pasteable = (code) => {
    const lines = code.trimEnd().split("\n");
    const made = [];
    let open = false; // a block, which an empty line would end
    let text = false; // a text of several lines, which stays as it is
    for (const [at, line] of lines.entries()) {
      const next = line || lines.slice(at).find(Boolean);
      const margin = next.match(/^ */)[0];
      const outside = !text && !margin && !GOES_ON.test(next);
      if (line && outside) {
        if (open && made.at(-1)) made.push("");
        open = OPENS.test(line);
      }
      made.push(text ? line : line || margin);
      if ((line.match(TEXT_MARK)?.length ?? 0) % 2) text = !text;
    }
    return made.join("\n");
  };

  /** What the copy button gives: a step with the steps before it, a piece of source with its imports. */
  const complete = () => {
    let steps = "";
    for (const block of document.querySelectorAll(".highlight.language-python:not(.test, .doc-signature)")) {
      const code = block.querySelector("code").textContent;
      const before = "goesOn" in block.dataset ? steps : (block.dataset.before ?? "");
      steps = before ? `${before.trimEnd()}\n\n\n${code}` : code;
      const copy = pasteable(steps);
      if (copy !== code.trimEnd()) block.dataset.copy = copy; // where the theme looks first
    }
  };
  window.document$?.subscribe(complete);
  window.document$?.subscribe(repair); // after each page, also those that instant navigation swaps in

  /** Lay out what `book.css` left for later: for ten milliseconds at a time, so that nobody waits for it. */
  const FAR = ":is(.md-content__inner > *, .md-content__inner > .highlight > pre)";
  const idle = window.requestIdleCallback ?? ((work) => setTimeout(work, 50));
  const layOutRest = () => {
    const far = [...document.querySelectorAll(FAR)].filter((block) => getComputedStyle(block).contentVisibility === "auto");
    const some = () => {
      const end = performance.now() + 10;
      while (far.length && performance.now() < end) {
        const block = far.shift();
        block.style.contentVisibility = "visible";
        block.getBoundingClientRect(); // lays it out
      }
      if (far.length) idle(some);
    };
    idle(some);
  };
  window.document$?.subscribe(() => (document.readyState === "complete" ? layOutRest() : addEventListener("load", layOutRest, { once: true })));

  // A figure, as large as the screen: its labels are small on a phone. By its button, which the tab key reaches, or by a touch.
  const CHINESE = document.documentElement.lang.startsWith("zh");
  const COLON = CHINESE ? "：" : ": ";
  const [LARGER, CLOSE] = CHINESE ? ["放大", "关闭"] : ["Enlarge", "Close"];
  const element = (name, properties, ...inside) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...inside);
    return made;
  };
  const enlarge = (image) => {
    const close = element("button", { type: "button", className: "book-close", textContent: CLOSE });
    const copy = element("img", { src: image.src, alt: image.alt });
    const sheet = element("div", { className: "book-sheet", tabIndex: 0 }, copy);
    const said = image.closest(".book-figure")?.querySelector(":scope > figcaption")?.childNodes ?? [];
    const caption = element("p", { className: "book-caption md-typeset" }, ...[...said].map((part) => part.cloneNode(true)));
    const dialog = element("dialog", { className: "book-large", ariaLabel: image.alt }, close, sheet, ...(said.length ? [caption] : []));
    sheet.setAttribute("role", "region");
    sheet.setAttribute("aria-label", LARGER);
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", ({ target }) => (target.closest("a") || !target.closest("img, p")) && dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  };
  const enlargeable = () => {
    for (const image of document.querySelectorAll('article img[alt]:not([alt=""])[src*="figures/"]')) {
      if (image.nextElementSibling?.matches(".book-enlarge")) continue;
      const name = image.closest("figure")?.querySelector("figcaption strong")?.textContent.replace(/[.。：:]$/, "") || image.alt;
      const button = element("button", { type: "button", className: "book-enlarge", title: LARGER, ariaLabel: `${LARGER}${COLON}${name}` });
      button.addEventListener("click", () => enlarge(image));
      image.addEventListener("click", () => enlarge(image));
      image.after(button);
    }
  };
  window.document$?.subscribe(enlargeable);

  // A mistake is reported where it stands: beside each heading, a link to the form for it, with the address of the section.
  const REPORT = CHINESE ? "这一节有错？告诉我们" : "A mistake in this section? Report it";
  const reportable = () => {
    const form = document.querySelector("meta[name=book-issues]")?.content;
    for (const link of form ? document.querySelectorAll("article :is(h2, h3) > .headerlink:only-of-type") : []) {
      const section = [...link.parentElement.childNodes].filter((part) => part !== link).map((part) => part.textContent).join("");
      const at = new URL(link.href), title = `${document.querySelector("article h1")?.firstChild.textContent}${COLON}${section}`;
      const href = `${form}?${new URLSearchParams({ title, body: `${at.origin}${at.pathname}${at.hash}\n\n` })}`;
      link.after(element("a", { className: "headerlink book-report", href, title: REPORT, ariaLabel: `${REPORT}${COLON}${title}`, textContent: "⚑" }));
    }
  };
  window.document$?.subscribe(reportable);

  // What comes late (a figure with dials, a font) would push away the section that the reader asked for. So the section is
  // held where it is until the reader moves. Some browsers do so themselves, not all. The theme scrolls there too, once, before
  // or after; a reader who draws the bar scrolls with each frame, and there is no other sign of it.
  const HOLDS = 10000; // milliseconds
  let wanted = null, until, seen, room, moved = false, returned = false; // `wanted`: the address of the section
  const DRAWN = 3; // scrolls in a row, and no more
  let strays = 0;
  const held = () => wanted?.pathname === location.pathname && document.getElementById(decodeURIComponent(wanted.hash.slice(1)));
  const note = () => held() && ([seen, room] = [scrollY, held().getBoundingClientRect().top]);
  const letGo = () => (wanted = null);
  const place = () => {
    held()?.scrollIntoView?.();
    strays = 0;
    note();
  };
  const hold = (address) => {
    [wanted, until] = [new URL(address), performance.now() + HOLDS];
    place(); // what came before may have pushed it already
  };
  const restore = () => {
    if (!held() || room === undefined || performance.now() > until || Math.abs(held().getBoundingClientRect().top - room) < 1) return;
    scrollY === seen || strays <= DRAWN ? place() : letGo();
  };
  window.addEventListener("scroll", () => strays++, { passive: true });
  for (const sign of ["wheel", "touchmove", "pointerdown", "keydown"]) {
    window.addEventListener(sign, () => letGo((moved = true)), { capture: true, passive: true });
  }
  window.addEventListener("popstate", (event) => (returned = Boolean(event.state)) && letGo()); // back to where the reader was
  window.addEventListener("hashchange", ({ newURL }) => returned || hold(newURL));
  window.addEventListener("load", () => {
    if (!moved && performance.getEntriesByType("navigation")[0]?.type === "navigate") hold(location.href);
  });
  new ResizeObserver(restore).observe(document.body);

  // The theme notes section and scroll position of a page a moment after it moved. If that moment falls between a click
  // and the page it leads to, the theme takes the note for the reader's wish, and the link's section is lost. So go there.
  let sought = null;
  const arrive = () => {
    if (sought?.hash && sought.pathname === location.pathname) location.replace(sought.hash);
    sought = null;
  };
  window.document$?.subscribe(arrive);
  window.document$?.subscribe(() => wanted && place()); // also at the first link within a page: the theme fetches the page anew
  window.addEventListener("popstate", () => (sought = null)); // back and forward return to where the reader was

  // A section that stands on another page now: its old address leads there. Where it went is asked only if it is missing.
  const SCRIPT = document.currentScript.src;
  const follow = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const [, page, end] = location.pathname.match(/([^/]+?)(\.html|\/(?:index\.html)?)$/) ?? [];
    if (!id || !page || document.getElementById(id)) return;
    const went = () => {
      const [there, section] = dlMoved[page]?.[id]?.split("#") ?? [];
      const address = end === ".html" ? `${there}.html` : `../${there}/${end.slice(1)}`;
      if (there) location.replace(new URL(`${address}${location.search}#${section}`, location));
    };
    document.head.append(element("script", { src: new URL("moved.also.js", SCRIPT), onload: went }));
  };
  window.document$?.subscribe(follow);

  // On paper: the address in the margin, and the figures that the reader has not come near yet. A browser that prints at once
  // waits for nothing, so they are fetched here before it goes on.
  const margin = element("style", {});
  const here = (image) => {
    image.loading = "eager";
    if (image.complete && image.naturalWidth) return;
    const request = new XMLHttpRequest();
    request.open("GET", image.src, false);
    request.send();
    image.src = `data:image/svg+xml,${encodeURIComponent(request.responseText)}`;
  };
  window.addEventListener("beforeprint", () => {
    if (document.querySelector(".paper")) return; // the whole book has numbers and figures of its own
    const address = JSON.stringify(decodeURI(location.origin + location.pathname));
    margin.textContent = `@page { @bottom-left { content: ${address}; font: 8pt sans-serif; color: #4a515c; } }`;
    document.head.append(margin);
    if (location.protocol !== "file:") document.querySelectorAll('article img[src$=".svg"]').forEach(here);
  });

  /** What the address says of the figures on the page. */
  const settings = () => {
    const own = [...new URLSearchParams(location.search)].filter(([name]) => name.startsWith("dl-"));
    return new URLSearchParams(own).toString();
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (link?.matches(".book-slides")) {
      event.preventDefault(); // no page is fetched anew for it
      event.stopPropagation();
      return present();
    }
    // Both languages have the same sections and figures, so the language switch keeps those that the reader is in, as they stand.
    if (link?.matches(".book-language")) [link.hash, link.search] = [location.hash, settings()];
    sought = link;
    [wanted, until, room] = [link?.hash ? new URL(link.href) : null, performance.now() + HOLDS, undefined];
  }, true);

  // A figure in a frame on another page: it alone is shown, with a link to its page.
  const embed = () => {
    const name = new URLSearchParams(location.search).get("embed")?.match(/^[\w-]+$/)?.[0];
    const figure = name && document.querySelector(`figure.widget.${name}`);
    if (!figure) return;
    figure.classList.add("embedded");
    document.documentElement.classList.add("embed");
    const href = Object.assign(new URL(location), { search: settings(), hash: `live-${name}` });
    const title = document.querySelector("article h1")?.firstChild.textContent;
    figure.prepend(element("a", { className: "widget-whole", target: "_blank", href, textContent: `${title} ↗` }));
  };
  window.document$?.subscribe(embed);

  // A chapter as slides, for a class. What makes them is fetched when a reader asks for them.
  const present = () => {
    const begin = () => dlPresent.begin(new URL("present.css", SCRIPT).href, element);
    if (window.dlPresent) begin();
    else document.head.append(element("script", { src: new URL("present.js", SCRIPT), onload: begin }));
  };
  window.document$?.subscribe(() => new URLSearchParams(location.search).has("present") && present());

  // Interactive figures. A page opened from a file may not load modules: one built for a folder has the means (offline.js),
  // another keeps the drawn first states.
  if (window.dlFolder) dlFolder.module("loader.mjs");
  else if (location.protocol === "file:") document.documentElement.classList.add("folder");
  else import(new URL("widgets/loader.mjs", SCRIPT));
}
