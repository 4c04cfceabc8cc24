/* The search of the book, in the place of the theme's worker: the same messages, another way to find.
 *
 * The theme cuts a query at other places than the text: "Adam优化器" finds nothing, 步幅 becomes 步, and "convolutions" is
 * not "convolution". Here nothing is cut beforehand. A query becomes terms: words of letters, which match where a word begins,
 * in each of their forms; and runs of Chinese signs, which match anywhere. A run that stands nowhere is taken apart into the
 * longest pieces that stand somewhere. What a term is also called (the glossary says so) is looked for under its name.
 *
 * A classic script: pages read from a folder run it in a frame.
 */
"use strict"

var dlSearch = (() => {
  const HAN = /\p{Script=Han}/u
  const RUNS = /\p{Script=Han}+|[\p{L}\p{N}_]+(?:\.[\p{L}\p{N}_]+)*/gu
  const MARKS = { "&": "&amp;", "<": "&lt;", ">": "&gt;" }
  const SIGNS = { lt: "<", gt: ">", amp: "&", quot: '"', "#39": "'", "#x27": "'", nbsp: " " }
  const SEEN = 220 // letters of a text that a result shows
  const CODE = /<pre>.*?<\/pre>/gs
  const MARGIN = /\(\d+\)\s*(?:tested|已检验)|The code that draws this|画这幅图的代码/g // stands on each page, and is about none
  const COMMON = new Set("a an and are as at be by can do does for from go has how i if in is it me my not of on or should that the this to use vs versus what when where which why with work works you".split(" "))
  const ASKED = /为什么|为何|什么是|是什么|什么意思|有什么用|什么|怎么样|怎么办|怎么算|怎么|怎样|如何|放在哪里|哪里|哪个|哪些|有多少|多少|有哪些|区别|用法|我的|一直|总是|没有|原因|为啥|啥/g // in a question, and about nothing
  const VOICE = new RegExp(`${ASKED.source}|咋|到底|老是|能不能|可以|会不会|是不是|应该|需要|感觉`, "g") // and how it is said
  const JOINS = /(?<=\p{Script=Han}{2})[和与的](?=\p{Script=Han}{2})/u
  const DEFINES = 12 // what it is worth that a page defines a term
  const ON_THE_PAGE = 0.5 // what a term counts that another section of the page has
  const RARE = 0.6 // what it costs to cut a query where the book has a piece once, by chance: 率不变
  const WEIGHTS = { exact: 6, asked: 4, whole: 2.5, sections: 1.5 } // fitted to what readers ask: see docs/asked
  const DOUBLED = /([bdfglmnprt])\1$/

  /** As it is compared: small letters, × as x, full-width letters as others. As long as it was. */
  function folded(text) {
    const small = text.toLowerCase()
    const even = small.length === text.length ? small : text.replace(/[A-Z]/g, (sign) => sign.toLowerCase())
    return even
      .replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
      .replace(/×/g, "x")
      .replace(/[−–‑]/g, "-")
      .replace(/’/g, "'")
  }

  /** The same, without the space that the book puts between a Chinese sign and a letter, and few readers type. */
  function together(text) {
    return folded(text).replace(/(?<=\p{Script=Han}) +(?=[^\s\p{Script=Han}])|(?<=[^\s\p{Script=Han}]) +(?=\p{Script=Han})/gu, "")
  }

  /** A name as it may be spelled: normalisation, normalization. */
  const spelled = (name) => [...new Set([name, name.replace(/(?<=[a-z]{3})is(?=(?:e|ed|er|ers|ing|ation)(?![a-z]))/g, "iz")])]

  /** The words of an entry of the index, without its tags and without the cuts that were made for the theme. */
  function plain(html) {
    return html
      .replace(/\u200b/g, "")
      .replace(/<\/?(?:p|li|ul|ol|pre|td|th|tr|table|h\d|div|blockquote|dd|dt|dl|br)\b[^>]*>/g, " ")
      .replace(/<[^>]*>/g, "")
      .replace(/&(#?\w+);/g, (all, name) => SIGNS[name] ?? all)
      .replace(MARGIN, " ")
      .replace(/\s+/g, " ")
      .trim()
  }

  /** The forms in which a word of a query may stand in a text, itself first. */
  function forms(word) {
    const found = new Set([word])
    const add = (stem) => stem.length > 2 && found.add(stem).add(stem.replace(DOUBLED, "$1"))
    for (const [end, others] of [["ies", ["y"]], ["es", ["", "e"]], ["s", [""]], ["ing", ["", "e"]], ["ed", ["", "e"]]])
      if (word.endsWith(end) && !word.endsWith("ss") && word.length > end.length + 2)
        for (const other of others) add(word.slice(0, -end.length) + other)
    for (const form of [...found])
      for (const [one, other] of [["iz", "is"], ["yz", "ys"], ["color", "colour"], ["neighbor", "neighbour"], ["gray", "grey"],
        ["center", "centre"], ["labeled", "labelled"], ["behavior", "behaviour"]]) {
        if (form.includes(one)) found.add(form.replace(one, other))
        if (form.includes(other)) found.add(form.replace(other, one))
      }
    return [...found]
  }

  /** Whether two words differ by one letter: another, one more, one less, or two neighbours that change places. */
  function oneOff(a, b) {
    if (Math.abs(a.length - b.length) > 1) return false
    let i = 0
    while (i < a.length && i < b.length && a[i] === b[i]) i++
    if (a.slice(i + 1) === b.slice(i + 1) || a.slice(i) === b.slice(i + 1) || a.slice(i + 1) === b.slice(i)) return true
    return a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2)
  }

  const isLetter = (sign) => sign !== undefined && /[\p{L}\p{N}_]/u.test(sign) && !HAN.test(sign)

  /** Where a term stands in a folded text: `whole` words, and where a word only begins with it. */
  function places(text, term) {
    const found = []
    const chinese = HAN.test(term)
    for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + term.length)) {
      if (!chinese && isLetter(text[at - 1])) continue
      const rest = chinese ? "" : /^[\p{L}\p{N}_]*/u.exec(text.slice(at + term.length, at + term.length + 20))[0].replace(/\p{Script=Han}.*/u, "")
      found.push({ at, to: at + term.length, whole: rest === "" || rest === "s" })
    }
    return found
  }

  const ENDS = /(?<=[a-z]{3})(?:ings?|edly|ed|es|s|ly|e)$/

  const stem = (word) => (word.endsWith("ss") ? word : word.replace(ENDS, "").replace(DOUBLED, "$1"))

  /** What a query and a text may have in common: stems of words, and neighbours: two words, two or three Chinese signs of a piece. */
  function grams(query, cut = (run) => [run]) {
    const text = together(query).replace(VOICE, " ")
    const found = new Set()
    for (const run of [...text.matchAll(/\p{Script=Han}+/gu)].flatMap(([run]) => cut(run)))
      for (const size of [2, 3]) for (let at = 0; at + size <= run.length; at++) found.add(run.slice(at, at + size))
    const words = text.match(/(?:(?!\p{Script=Han})[\p{L}\p{N}_])+/gu) ?? []
    words.forEach((word, i) => {
      if (COMMON.has(word)) return
      found.add(stem(word))
      for (const part of word.split("_")) if (part.length > 2) found.add(stem(part))
      if (i && !COMMON.has(words[i - 1])) found.add(`${words[i - 1]} ${stem(word)}`)
    })
    return [...found]
  }

  /** Texts as bags of grams, ranked by Okapi BM25 (Robertson and Zaragoza, 2009, section 3.3). */
  class Bags {
    /** @param {[string, string][]} texts  names and folded texts; texts of one name count as the best of them */
    constructor(texts) {
      this.texts = texts.filter(([, text]) => text)
      this.mean = this.texts.reduce((sum, [, text]) => sum + text.length, 0) / Math.max(1, this.texts.length)
      this.counted = new Map()
    }

    /** What a gram is worth for each text. */
    worth(gram) {
      if (!this.counted.has(gram)) {
        const many = this.texts.map(([, text]) => places(text, gram).length)
        const rare = Math.log(1 + this.texts.length / (0.5 + many.filter(Boolean).length))
        const long = this.texts.map(([, text]) => 1.5 * (0.6 + (0.4 * text.length) / this.mean))
        this.counted.set(gram, many.map((n, i) => (rare * n * 2.5) / (n + long[i])))
      }
      return this.counted.get(gram)
    }

    /** How well each name fits grams, relative to the best: from names to numbers up to 1. */
    fits(wanted) {
      const sums = this.texts.map(() => 0)
      for (const gram of wanted) this.worth(gram).forEach((value, i) => (sums[i] += value))
      const best = new Map()
      this.texts.forEach(([name], i) => sums[i] && best.set(name, Math.max(best.get(name) ?? 0, sums[i])))
      const top = Math.max(...best.values())
      return new Map([...best].map(([name, value]) => [name, value / top]))
    }
  }

  class Search {
    /** @param {{location: string, title: string, text: string, boost?: number, asked?: string}[]} docs
     *  @param {Record<string, string[]>} also  what is looked for under other names: from other names to names
     *  @param {Record<string, string>} defined  where a term is defined: from terms to pages */
    constructor(docs, also = {}, defined = {}) {
      this.entries = docs.map((doc) => {
        const [title, text] = [plain(doc.title), plain(doc.text.replace(CODE, " "))]
        const code = folded(plain((doc.text.match(CODE) ?? []).join(" ")))
        const [page, anchor] = doc.location.split("#")
        return { doc, page, anchor, title, text, boost: doc.boost ?? 1, low: { title: folded(title), text: folded(text), code } }
      })
      this.pages = new Map(this.entries.filter((entry) => entry.anchor === undefined).map((entry) => [entry.page, entry]))
      const longest = Object.entries(also).sort(([one], [other]) => other.length - one.length)
      this.also = longest.flatMap(([other, names]) =>
        spelled(together(other)).map((typed) => [typed, names.map(folded), defined[names.find((name) => defined[name])]]))
      this.defined = Object.entries(defined).flatMap(([name, page]) => spelled(together(name)).map((typed) => [typed, folded(name), page]))
      this.bags = this.bagged()
      this.length = this.entries.reduce((sum, entry) => sum + entry.text.length, 0) / Math.max(1, this.entries.length)
      this.names = new Set([...this.defined, ...this.also].map(([typed]) => typed))
      this.spreads = new Map()
      this.all = this.entries.map((entry) => `${entry.low.title}\n${entry.low.text}\n${entry.low.code}`).join("\n")
    }

    /** The pages, their sections, and what readers ask who mean a page: three ways to rank pages. */
    bagged() {
      const own = this.entries.filter(({ boost }) => boost >= 0.5)
      const pages = new Map()
      for (const { page, low } of own) pages.set(page, `${pages.get(page) ?? ""}${low.title}\n${low.text}\n${low.code}\n`)
      const sections = own.map(({ page, low }) => [page, `${low.title}\n${low.title}\n${low.text}`])
      const asked = own.filter(({ doc }) => doc.asked).map(({ page, doc }) => [page, together(doc.asked)])
      return { whole: new Bags([...pages]), sections: new Bags(sections), asked: new Bags(asked) }
    }

    stands(form) {
      if (HAN.test(form)) return this.all.includes(form)
      return places(this.all, form).length > 0
    }

    get words() {
      this.known ??= new Set(this.all.match(/[a-z_]{4,}/g))
      return this.known
    }

    /** The terms of a query: each a list of forms with weights. */
    terms(query) {
      const text = together(plain(query).replace(/["+*~^]/g, " "))
      const found = []
      let rest = text.replace(ASKED, " ").trim() ? text.replace(ASKED, (words) => " ".repeat(words.length)) : text
      const own = this.defined.map(([typed]) => typed).filter((typed) => this.holds(text, typed))
      for (const [other, names, page] of this.also) {
        const at = HAN.test(other) ? rest.indexOf(other) : places(rest, other).find((place) => place.whole)?.at ?? -1
        if (at < 0 || own.some((name) => name.length > other.length && name.includes(other))) continue
        const known = [...names.map((name) => [name, 1]), [other, 1]].filter(([form]) => this.stands(form))
        found.push({ forms: known, weight: 1.5, word: other, page })
        rest = rest.slice(0, at) + " ".repeat(other.length) + rest.slice(at + other.length)
      }
      found.push(...this.phrases(rest))
      const pieces = [...rest.matchAll(RUNS)].flatMap(([run]) => this.cut(run))
      const telling = pieces.filter((piece) => !HAN.test(piece) || piece.length > 1 || this.names.has(piece)) // not 比 and 好, if there is more
      const useful = telling.length || found.length ? telling : pieces
      for (const piece of useful) found.push(...(HAN.test(piece) ? this.han(piece) : this.word(piece)))
      for (const [typed, name, page] of this.defined) {
        if (!this.holds(text, typed)) continue
        const same = found.find((term) => term.forms.some(([form]) => form === name))
        if (same) same.page ??= page
        else found.push({ forms: [[name, 1]], weight: 0.5, page })
      }
      return found
    }

    /** Two words that stand side by side in the query, and somewhere in the book. */
    phrases(text) {
      const words = text.match(/[a-z]\S*/g) ?? []
      const pairs = words.slice(1).map((word, i) => [words[i], word]).filter((pair) => !pair.some((word) => COMMON.has(word)))
      return pairs
        .map(([one, other]) => forms(one).flatMap((a) => forms(other).map((b) => `${a} ${b}`)).filter((pair) => this.stands(pair)))
        .filter((known) => known.length)
        .map((known) => ({ forms: known.map((pair) => [pair, 1]), weight: 0.5 }))
    }

    holds(text, name) {
      return HAN.test(name) ? text.includes(name) : places(text, name).some((place) => place.whole)
    }

    /** A run of letters and Chinese signs that no space parts, at its borders. */
    cut(run) {
      return run.match(/\p{Script=Han}+|[^\p{Script=Han}]+/gu)
    }

    word(word) {
      if (word.length === 1 && !/[a-z\d]/.test(word)) return []
      let known = forms(word).filter((form) => this.stands(form))
      for (let less = 1; !known.length && less <= 5 && word.length - less >= 4; less++) {
        known = forms(word.slice(0, -less)).filter((form) => this.stands(form))
        const whole = known.filter((form) => places(this.all, form).some((place) => place.whole))
        if (whole.length) return [{ forms: whole.map((form) => [form, 1]), weight: 1, word, whole: true }] // leakage: leak, not leaky
      }
      if (!known.length && word.length > 4) known = [...this.words].filter((other) => oneOff(word, other)).slice(0, 5)
      const last = word.includes(".") ? word.split(".").at(-1) : "" // of model.eval: the book may write net.eval
      const method = last.length > 2 && !known.includes(last) && this.stands(last) ? [[last, 0.8]] : []
      return [{ forms: [...known.map((form, place) => [form, place ? 0.8 : 1]), ...method], weight: COMMON.has(word) ? 0.1 : word.length < 3 ? 0.6 : 1, word }]
    }

    /** A run of Chinese signs, whole or in pieces that stand somewhere; what joins two things is looked for on both its sides. */
    han(run) {
      const named = this.defined.some(([name]) => JOINS.test(name) && run.includes(name))
      const parts = named ? [run] : run.split(JOINS)
      const whole = parts.length > 1 && this.all.includes(run) ? [{ forms: [[run, 1]], weight: 0.3, word: run }] : []
      return [...whole, ...parts.flatMap((part) => this.pieces(part))]
    }

    /** The fewest pieces of a run that stand somewhere; no piece of a single sign, if it can be helped. */
    pieces(run) {
      if (this.all.includes(run)) return run.length < 4 || this.often(run) ? [this.piece(run)] : [this.piece(run), ...this.fewest(run, run.length - 1)]
      return this.fewest(run, run.length)
    }

    often(run) {
      return this.spread(run) > 2
    }

    /** On how many pages a run stands; on half a one, if only code has it. */
    spread(run) {
      if (!this.spreads.has(run)) {
        const pages = new Set(this.entries.filter(({ low }) => low.title.includes(run) || low.text.includes(run)).map(({ page }) => page))
        this.spreads.set(run, Math.max(pages.size, 0.5))
      }
      return this.spreads.get(run)
    }

    /** The fewest of the pieces up to a length that stand somewhere. */
    fewest(run, longest) {
      const best = [{ cost: 0, pieces: [] }]
      for (let to = 1; to <= run.length; to++) {
        for (let from = Math.max(0, to - longest); from < to; from++) {
          const piece = run.slice(from, to)
          if (to - from > 1 && !this.all.includes(piece)) continue
          const cost = best[from].cost + (to - from > 1 ? 1 + 1 / (to - from) ** 2 + (this.names.has(piece) ? 0 : RARE / this.spread(piece)) : 3)
          if (!best[to] || cost < best[to].cost) best[to] = { cost, pieces: [...best[from].pieces, piece] }
        }
      }
      return best.at(-1).pieces.filter((piece) => piece.length > 1 || run.length === 1).map(this.piece)
    }

    piece(piece) {
      return { forms: [[piece, 1]], weight: Math.min(piece.length, 4) / 2, word: piece }
    }

    /** What one entry is worth for one term. */
    value(entry, term) {
      let best = 0
      for (const [form, weight] of term.forms) {
        const at = (text) => places(text, form).filter((place) => place.whole || !term.whole)
        const title = at(entry.low.title)
        const share = title.length ? form.length / Math.max(form.length, entry.low.title.length) : 0
        const inTitle = title.length ? (title.some((place) => place.whole) ? 6 : 3) + 8 * share : 0
        const text = at(entry.low.text)
        const many = text.reduce((sum, place) => sum + (place.whole ? 1 : 0.4), 0)
        const inText = (2.2 * many) / (many + 0.4 + 0.8 * (entry.text.length / this.length))
        const inCode = places(entry.low.code, form).some((place) => place.whole) ? 0.3 : 0
        best = Math.max(best, weight * (inTitle + inText + inCode))
      }
      return best && entry.page === term.page ? best + DEFINES : best
    }

    /** The sections that fit a query, best first, each with what it is worth. */
    ranked(query) {
      const terms = this.terms(query).filter((term) => term.forms.length || term.word)
      const useful = terms.filter((term) => term.forms.length)
      if (!useful.length) return { terms, found: [] }
      const values = useful.map((term) => this.entries.map((entry) => this.value(entry, term)))
      const rare = values.map((row) => Math.log(1 + this.entries.length / (1 + row.filter(Boolean).length)))
      const pages = new Map()
      this.entries.forEach((entry, i) => {
        const row = pages.get(entry.page) ?? useful.map(() => 0)
        pages.set(entry.page, row.map((value, t) => Math.max(value, values[t][i])))
      })
      const total = useful.reduce((sum, term, t) => sum + term.weight * rare[t], 0)
      const found = []
      this.entries.forEach((entry, i) => {
        let score = 0
        let met = 0
        const parent = this.pages.get(entry.page)
        useful.forEach((term, t) => {
          const own = values[t][i]
          const above = parent && parent !== entry ? this.value(parent, { forms: term.forms.filter(([form]) => places(parent.low.title, form).length) }) : 0
          const near = own || above ? 0 : 0.15 * pages.get(entry.page)[t]
          score += term.weight * rare[t] * (own + 0.45 * above + near)
          met += term.weight * rare[t] * (own || above ? 1 : pages.get(entry.page)[t] ? ON_THE_PAGE : 0)
        })
        if (values.some((row) => row[i] > 0)) found.push({ entry, score: score * (met / total) ** 1.5 * entry.boost })
      })
      return { terms, found: found.sort((a, b) => b.score - a.score) }
    }

    /** What each page is worth: its best section, and how well its words and what is asked about it fit. */
    worth(query, found) {
      const said = grams(query, (run) => (this.all.includes(run) ? [run] : this.fewest(run, run.length))) // in the book's own pieces
      const wanted = { asked: grams(query), whole: said, sections: said }
      const exact = new Map()
      for (const { entry, score } of found) exact.set(entry.page, Math.max(exact.get(entry.page) ?? 0, score))
      const top = Math.max(...exact.values())
      const fits = Object.entries(this.bags).map(([name, bags]) => [WEIGHTS[name], bags.fits(wanted[name])])
      const value = (page) => fits.reduce((sum, [weight, fit]) => sum + weight * (fit.get(page) ?? 0), WEIGHTS.exact * Math.sqrt((exact.get(page) ?? 0) / top || 0))
      return new Map([...this.pages.keys()].map((page) => [page, value(page)]))
    }

    /** What the theme's page asks for: results by page, best page first. */
    search(query) {
      const { terms, found } = this.ranked(query)
      const worth = this.worth(query, found)
      const known = Object.fromEntries(terms.filter((term) => term.word).map((term) => [term.word, term.forms.length > 0]))
      const all = terms.flatMap((term) => term.forms.map(([form]) => form))
      const groups = new Map()
      for (const { entry, score } of found) {
        const group = groups.get(entry.page) ?? []
        if (group.length < 12) groups.set(entry.page, [...group, this.shown(entry, score, all, known)])
      }
      for (const [page, whole] of this.pages) {
        const group = groups.get(page) ?? []
        const missed = worth.get(page) && !group.some((one) => one.location === page)
        if (missed) groups.set(page, [...group, this.shown(whole, 0, all, known)])
      }
      const order = [...groups].sort(([one], [other]) => worth.get(other) - worth.get(one))
      return { items: order.slice(0, 40).map(([, group]) => group) }
    }

    shown(entry, score, forms, terms) {
      const { location } = entry.doc
      return { location, title: marked(entry.title, entry.low.title, forms), text: `<p>${snippet(entry, forms)}</p>`, score, terms }
    }
  }

  const escaped = (text) => text.replace(/[&<>]/g, (sign) => MARKS[sign])

  /** A text as HTML, with what was looked for marked. */
  function marked(text, low, forms) {
    const spans = forms.flatMap((form) => places(low, form)).sort((a, b) => a.at - b.at || b.to - a.to)
    let html = ""
    let done = 0
    for (const { at, to } of spans) {
      if (at < done) continue
      html += `${escaped(text.slice(done, at))}<mark data-md-highlight>${escaped(text.slice(at, to))}</mark>`
      done = to
    }
    return html + escaped(text.slice(done))
  }

  /** The part of a text that holds most of what was looked for. */
  function snippet({ text, low }, forms) {
    const at = forms.flatMap((form) => places(low.text, form).slice(0, 40)).map((place) => place.at).sort((a, b) => a - b)
    let [best, most] = [0, -1]
    for (const start of at) {
      const many = at.filter((other) => other >= start && other < start + SEEN - 40).length
      if (many > most) [best, most] = [start, many]
    }
    let from = Math.max(0, best - 40)
    if (from) from = text.slice(from, best).search(/[\s。；，]/) + 1 + from
    const part = text.slice(from, from + SEEN)
    const more = from + SEEN < text.length ? "…" : ""
    return `${from ? "…" : ""}${marked(part, low.text.slice(from, from + SEEN), forms)}${more}`
  }

  return { Search, WEIGHTS, grams, forms, folded, plain, oneOff }
})()

{
  const [SETUP, READY, QUERY, RESULT] = [0, 1, 2, 3]
  const names = importScripts("search.also.js") // sets dlAlso and dlDefined; in a frame it takes its time
  let search
  const made = (docs) => new dlSearch.Search(docs, dlAlso, dlDefined)
  /** A site keeps its entries apart, so that a page comes without them: see dlbook.book.site.searching. */
  const fetched = async () => made(await (await fetch(new URL("search/entries.json", location))).json())
  addEventListener("message", async ({ data: { type, data } }) => {
    await names
    if (type === SETUP) {
      search = data.docs.length ? made(data.docs) : undefined
      postMessage({ type: READY })
    } else if (type === QUERY && !data.trim()) {
      postMessage({ type: RESULT, data: { items: [] } }) // the theme asks for nothing as the page opens
    } else if (type === QUERY) {
      search ??= fetched().catch(() => (search = undefined))
      const found = (await search)?.search(data) ?? { items: [] }
      postMessage({ type: RESULT, data: found })
    }
  })
}
