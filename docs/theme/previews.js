// What a link refers to, shown beside it: the formula, or what the glossary says of the term. By mouse and by keyboard;
// on a touch screen a touch follows the link, so nothing shows. The book reads well without it.
{
  const WAITS = 200; // milliseconds: a pointer that only passes asks for nothing
  const READ = new Map(); // pages that have been fetched, by address
  let shown = null, waiting;

  const pageAt = (url) => {
    const address = url.href.split("#")[0];
    if (address === location.href.split("#")[0]) return document;
    const read = async () => new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
    if (!READ.has(address)) READ.set(address, read());
    return READ.get(address);
  };
  const base = () => new URL(JSON.parse(document.getElementById("__config").textContent).base.replace(/\/?$/, "/"), location);
  const plain = (text) => text.trim().toLowerCase().replace(/\s+/g, " ");

  /** The formula that a link leads to, set as on its page. */
  const formula = async (link) => {
    const found = (await pageAt(new URL(link.href))).getElementById(link.hash.slice(1));
    return found?.querySelector(".math-formula math")?.cloneNode(true);
  };
  /** What the glossary says of the words of a link, in one of the languages. */
  const meaning = async (link) => {
    const words = plain(link.textContent);
    const glossary = await pageAt(new URL("glossary/", base()));
    for (const row of glossary.querySelectorAll("article table:first-of-type tbody tr")) {
      const [english, chinese, says] = [...row.cells].map((cell) => cell.textContent);
      const names = [english, chinese].map(plain);
      if (names.includes(words) || names.includes(words.replace(/s$/, ""))) return says;
    }
  };

  const hide = () => {
    clearTimeout(waiting);
    shown?.link.removeAttribute("aria-describedby");
    shown?.box.remove();
    shown = null;
  };
  const show = async (link) => {
    const said = await (link.hash.startsWith("#eq-") ? formula(link) : meaning(link));
    if (!said || shown?.link !== link) return;
    shown.box.append(said);
    document.body.append(shown.box);
    const at = link.getClientRects()[0], room = document.documentElement.clientWidth - shown.box.offsetWidth - 8;
    shown.box.style.left = `${scrollX + Math.max(8, Math.min(at.left, room))}px`;
    const below = at.bottom + shown.box.offsetHeight + 8 < innerHeight;
    shown.box.style.top = `${scrollY + (below ? at.bottom + 6 : at.top - shown.box.offsetHeight - 6)}px`;
    link.setAttribute("aria-describedby", shown.box.id);
  };
  const begin = (link) => {
    if (shown?.link === link) return;
    hide();
    if (link?.host !== location.host || link.matches(".headerlink, .math-tested") || !link.closest("article p, article li, article td")) return;
    shown = { link, box: Object.assign(document.createElement("div"), { id: "book-preview", className: "book-preview md-typeset", role: "tooltip" }) };
    waiting = setTimeout(() => show(link).catch(() => {}), WAITS); // without a server no other page can be read
  };

  document.addEventListener("pointerover", ({ pointerType, target }) => pointerType === "mouse" && !target.closest?.(".book-preview") && begin(target.closest?.("a[href]")));
  document.addEventListener("focusin", ({ target }) => target.matches(":focus-visible") && begin(target.closest("a[href]")));
  document.addEventListener("focusout", hide);
  document.addEventListener("keydown", ({ key }) => key === "Escape" && hide());
  document.addEventListener("click", hide, true);
  window.document$?.subscribe(hide);
}
