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
  };
  window.document$?.subscribe(repair); // after each page, also those that instant navigation swaps in

  // Both languages have the same sections, so the language switch keeps the one that the reader is in.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.book-language");
    if (link) link.hash = location.hash;
  }, true);
}
