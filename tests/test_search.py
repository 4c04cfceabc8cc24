"""The search finds what readers type: the right page stands among the first three.

The book's own worker (`docs/theme/search.js`) is asked in a browser, with the index of the built site, as the theme asks it. The
queries stand in `tests/queries`: a line for each, with the pages of which one must be found. Those that are untouched were written
by people who knew the chapters' names; who tuned the search has read none of them, and no weight was fitted to them: let it stay so.
`test_site.py` types into the box.
"""

import json
import re
from pathlib import Path

import pytest
from browsing import BOOK, LANGUAGES, path_of

from dlbook.book import questions
from dlbook.book.layout import Book
from dlbook.book.markdown import prose
from dlbook.book.site import searching

QUERIES = Path(__file__).parent / "queries"
SHARE = 0.95  # of the queries that must be answered
ASK = """async ([address, docs, queries]) => {
  const worker = new Worker(address)
  const ask = (message) => new Promise((done) => { worker.onmessage = ({ data }) => done(data); worker.postMessage(message) })
  const { type } = await ask({ type: 0, data: { docs, config: {}, options: {} } })
  if (type !== 1) return type
  const found = []
  for (const query of queries) found.push((await ask({ type: 2, data: query })).data.items)
  worker.terminate()
  return found
}"""
pytestmark = pytest.mark.xdist_group("site")


@pytest.fixture(scope="module")
def asked(browser, address, site):
    """What the worker answers to queries, in a language or about pages that a test brings."""
    page = browser.new_page()
    page.goto(f"{address}/kernel.svg")

    def ask(queries, language="en", docs=None):
        docs = docs or json.loads((BOOK.site(site, language) / searching.ENTRIES).read_text("utf8"))
        return page.evaluate(ASK, [f"{address}/search.js", docs, queries])

    yield ask
    page.close()


def pages_of(items):
    """The pages of an answer, best first: as the nav names them."""
    found = [group[0]["location"].split("#")[0].rstrip("/") for group in items]
    return [page or "index" for page in found]


def queries(language, kind=""):
    lines = (QUERIES / f"{language}{kind}.txt").read_text("utf8").splitlines()
    pairs = [line.rsplit(" = ", 1) for line in lines if line.strip()]
    return [(query, {page.strip() for page in wanted.split(",")}) for query, wanted in pairs]


@pytest.mark.parametrize("kind", ["", ".untouched"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_readers_find_what_they_type(asked, language, kind):
    wanted = queries(language, kind)
    assert len(wanted) >= 60
    answers = asked([f"{query}*" for query, _ in wanted], language)
    missed = {
        query: pages_of(items)[:3]
        for (query, pages), items in zip(wanted, answers, strict=True)
        if not pages & set(pages_of(items)[:3])
    }
    assert len(missed) <= (1 - SHARE) * len(wanted), missed


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_leads_to_the_page_that_defines_it(asked, language):
    place = LANGUAGES.index(language)
    rows = [cells for _, cells in prose.glossary_tables(BOOK, "en")[0]]
    terms = [(cells[place], re.search(r"\(([\w/]+)\.md\)", cells[-1])[1]) for cells in rows]
    answers = asked([term for term, _ in terms], language)
    missed = {
        term: pages_of(items)[:3]
        for (term, page), items in zip(terms, answers, strict=True)
        if page not in pages_of(items)[:3]
    }
    assert len(missed) <= 0.02 * len(terms), missed


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_names_lead_to_the_book_s_own(asked, language):
    """A name of the second table of the glossary finds a page that its term finds, too."""
    names = [
        (other.strip(), cells[0])
        for _, cells in prose.glossary_tables(BOOK, language)[1]
        for other in re.split("[,、]", cells[-1])
        if other.strip() != prose.NONE
    ]
    others = asked([name for name, _ in names], language)
    terms = asked([term for _, term in names], language)
    for (name, term), here, there in zip(names, others, terms, strict=True):
        assert set(pages_of(here)[:4]) & set(pages_of(there)[:4]), (name, term, pages_of(here)[:4])


PAGES = [
    {"location": "a/", "title": "Adam", "text": "<p>An\u200b optimiser. <code>nn.Linear</code> &lt;b&gt; is bold.</p>"},
    {"location": "a/#step", "title": "步幅", "text": "<p>每\u200b一步\u200b，步幅\u200b是 2。</p>"},
    {
        "location": "b/",
        "title": "Steps",
        "text": "<p>五个步骤。Convolutions are normalised.</p><pre><code>adam = 1</code></pre>",
    },
]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Adam优化器", ["a", "b"]),  # no space between Latin and Chinese
        ("步幅", ["a"]),  # whole to its last sign
        ("convolution", ["b"]),
        ("convolutions", ["b"]),
        ("convolve", ["b"]),  # as far as it goes
        ("normalization", ["b"]),  # the other spelling
        ("normalizing", ["b"]),
        ("optimiser", ["a"]),
        ("optimsier", ["a"]),  # two letters changed places
        ("opti", ["a"]),  # typed partly
        ("timiser", []),  # a word is found from its beginning
        ("linear", ["a"]),
        ("layer.linear", ["a"]),  # a method, of whatever the book calls the thing
        ("ａｄａｍ", ["a", "b"]),  # of full width
        ("adam", ["a", "b"]),  # words before code
        ("什么是步幅", ["a"]),  # words of a question count for nothing
        ("什么", []),
        ("xyzzy", []),
        ("", []),
        ("*", []),
        ('"', []),
        ("+ -~^:", []),
    ],
)
def test_a_query_and_what_it_finds(asked, query, found):
    assert [pages_of(items) for items in asked([query, f"{query}*"], docs=PAGES)] == [found] * 2


PIECES = [
    {"location": "a/", "title": "A", "text": "A leak of test data. The saved tensors of a layer."},
    {
        "location": "b/",
        "title": "Leaky ReLU",
        "text": "What is saved is saved. Tensors are not saved; tensors, many tensors. 宽度 和 深度 都 要 量。",
    },
    {"location": "c/", "title": "C", "text": "第一天 宽度和深度。第二天 模型加上 偏置。"},
    {"location": "d/", "title": "D", "text": "把 模型 存下来，再 加载 回来。"},
    {"location": "e/", "title": "E", "text": "这里 只有 宽度。"},
]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("leakage", ["a"]),  # a word cut short is looked for whole, if it stands somewhere
        ("saved tensors", ["a", "b"]),  # side by side before apart
        ("模型加载", ["d", "c"]),  # the fewest pieces, and not the longest first
        ("宽度和深度", ["c", "b", "e"]),  # what is joined, together before apart
        ("深度和宽度", ["c", "b", "e"]),
        ("leaky 和", ["b"]),  # a lone sign tells nothing beside a word
        ("存", ["d"]),  # and is looked for where it is all
    ],
)
def test_a_query_in_pieces(asked, query, found):
    assert [pages_of(items) for items in asked([query], docs=PIECES)] == [found]


def test_a_query_is_cut_where_the_book_has_its_pieces_often(asked):
    """准确率不变 is 准确率 and 不变, and not 准确 and a piece of 概率不变 that one page has by chance."""
    texts = ["准确 的 概率不变。", "准确率 不变。", "准确率 很高。", "准确率 很低，结果 不变。"]
    docs = [{"location": f"{name}/", "title": name, "text": text} for name, text in zip("abcd", texts, strict=True)]
    (found,) = asked(["准确率不变"], docs=docs)
    assert pages_of(found)[0] == "b"


def test_what_readers_ask_leads_to_its_page(asked):
    """A question in words that no page has, or all have, finds the page that is asked for with most of them."""
    docs = [
        {
            "location": "a/",
            "title": "A",
            "text": "A net and a net.",
            "asked": "why does it memorise everything\n训练太久记死了",
        },
        {"location": "b/", "title": "B", "text": "A net.", "asked": "it learns nothing\n一点没学会"},
        {"location": "b/#heart", "title": "Last", "text": "To the heart."},
        {"location": "reference/a/", "title": "A", "text": "Heart, heart.", "boost": 0.1},
    ]
    found = asked(["memorised everything", "练太久会记死", "啥也没学会", "heart"], docs=docs)
    assert [pages_of(items)[0] for items in found] == ["a", "a", "b", "b"]
    assert [one["location"] for one in found[0][0]] == ["a/"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_query_of_these_tests_is_told_to_the_search(language):
    told = {"".join(question.text.casefold().split()) for question in questions.questions(BOOK, language)}
    assert len(told) > 1000
    tested = [*queries(language), *queries(language, ".untouched")]
    assert {query for query, _ in tested if "".join(query.casefold().split()) in told} == set()


def test_an_entry_of_a_page_is_given_what_readers_ask(tmp_path):
    book = Book(tmp_path)
    book.questions("en").mkdir(parents=True)
    (book.questions("en") / "pooling.txt").write_text(
        "# asked\n\nceil_mode = True = pooling, index\nhow = pooling\n", "utf8"
    )
    asked = questions.by_address(book, "en")
    assert asked == {"pooling/": "ceil_mode = True\nhow", "": "ceil_mode = True"}
    index = tmp_path / searching.INDEX
    index.parent.mkdir()
    entries = [{"location": place, "title": "t", "text": "w"} for place in ("", "pooling/", "pooling/#one", "lrn/")]
    index.write_text(json.dumps({"config": {}, "docs": entries}), "utf8")
    searching.add_questions(tmp_path, asked)
    found = json.loads(index.read_text("utf8"))["docs"]
    assert [entry.get("asked") for entry in found] == ["ceil_mode = True", "ceil_mode = True\nhow", None, None]
    assert questions.by_address(book, "zh") == {}


def test_a_name_in_the_other_spelling_is_the_name(asked):
    """The glossary writes normalisation; who writes normalization means its page, and not one that stands within the name."""
    for query, page in [("length generalization", "generation"), ("normalizing inputs", "gradient_descent")]:
        assert page in pages_of(asked([query])[0])[:3], query


def test_an_answer_is_what_the_theme_draws(asked):
    ((group, *_),) = list(asked(["optimiser bold zebra"], docs=PAGES))
    best = group[0]
    assert set(best) == {"location", "title", "text", "score", "terms"}
    assert best["text"] == (
        "<p>An <mark data-md-highlight>optimiser</mark>. nn.Linear &lt;b&gt; is <mark data-md-highlight>bold</mark>.</p>"
    )
    assert best["terms"] == {"optimiser": True, "bold": True, "zebra": False}
    assert "\u200b" not in json.dumps(asked(["步幅"], docs=PAGES), ensure_ascii=False)
    (section,) = asked(["步幅"], docs=PAGES)
    assert [one["location"] for one in section[0]] == ["a/#step", "a/"], "the page of a section stands with it"


def test_a_page_asks_the_book_s_own_worker(site):
    for page in ("index.html", "lrn/index.html", "zh/lrn/index.html", "404.html"):
        config = re.search(
            r"<script id=__config[^>]*>(.*?)</script>",
            (site / page).read_text("utf8").replace('"__config"', "__config"),
        )
        assert json.loads(config[1])["search"].endswith("search.js"), page
    for folder in (site, site / "zh"):
        assert (folder / "search.js").exists()
        assert (folder / "search.also.js").exists()


def test_the_entries_are_fetched_by_who_searches(reader, address, site):
    """A page comes without them; a reader who types one letter has them."""
    for language in LANGUAGES:
        with reader() as visit:
            asked = []
            visit.page.on("request", lambda request, asked=asked: asked.append(request.url))
            visit.page.goto(address + path_of(language, "lrn"), wait_until="networkidle")
            assert not [url for url in asked if url.endswith("entries.json")]
            visit.page.keyboard.press("/")
            visit.page.locator(".md-search__input").press_sequentially("lrn")
            visit.page.wait_for_selector(".md-search-result__link")
            assert [url for url in asked if url.endswith("entries.json")]
        index = json.loads((BOOK.site(site, language) / searching.INDEX).read_text("utf8"))
        assert index["docs"] == []


def test_an_entry_keeps_its_words_and_each_name_of_its_code_once():
    text = "<p>\u200b卷积\u200b核 <code>a_b</code>.</p> <ul><li>one</li><li>two</li></ul><pre><code>x = nn.Linear(x, &lt;b)</code></pre>"
    found = searching.slim({"location": "a/", "title": "卷\u200b积", "text": text, "boost": 0.1})
    assert found == {
        "location": "a/",
        "title": "卷积",
        "text": "卷积核 a_b. one two<pre>nn.Linear lt</pre>",
        "boost": 0.1,
    }


def test_a_site_with_the_theme_s_search_keeps_its_index(tmp_path):
    index = tmp_path / searching.INDEX
    index.parent.mkdir()
    index.write_text('{"config": {}, "docs": [{"location": "", "title": "t", "text": "w"}]}', "utf8")
    before = index.read_text("utf8")
    assert searching.split_index(tmp_path) == []
    assert index.read_text("utf8") == before
    (tmp_path / "search.js").write_text("", "utf8")
    assert searching.split_index(tmp_path) == [index, tmp_path / searching.ENTRIES]
    assert searching.split_index(tmp_path) == [index, tmp_path / searching.ENTRIES], "again, nothing is lost"
    assert json.loads((tmp_path / searching.ENTRIES).read_text("utf8")) == [{"location": "", "title": "t", "text": "w"}]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_entries_hold_no_mark_of_a_formula(site, language):
    """Its number and the word beside it stand on each page, and are about none."""
    entries = json.loads((BOOK.site(site, language) / searching.ENTRIES).read_text("utf8"))
    marks = re.compile(r"\(\d+\)\s*(?:tested|已检验)")
    assert [entry["location"] for entry in entries if marks.search(entry["text"])] == []
