"""What is copied runs as it is: steps with the steps before them, source with its imports."""

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown
from mkdocs_page import FilePage

from dlbook.book.listings import edited
from dlbook.book.listings.cache import Cache
from dlbook.book.listings.copies import CopyError, copied, free_names, imports_of, joined
from dlbook.book.listings.includes import Include
from dlbook.book.listings.running import Result
from dlbook.book.markdown.copies import BlocksError, copies

SOURCE = '''"""A module."""

import math
import os.path as places
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple as Tuple

if TYPE_CHECKING:
    from decimal import Decimal

LIMIT, (LOW, _) = 3, (1, 2)
Pair = tuple[int, int]


def helper(x):
    return x


# --8<-- [start:piece]
class Thing(Tuple):
    size: Pair

    @helper
    def grow(self, by: "int" = LIMIT) -> Iterable[int]:
        local = math.pi
        helper = sorted([places.sep])
        return [local for local in range(by) if self and Thing and helper and LOW]
# --8<-- [end:piece]


# --8<-- [start:lost]
def lost():
    return nowhere
# --8<-- [end:lost]


# --8<-- [start:alone]
def alone(x, *more, key=None, **others):
    def inner(y):
        return x + y + max(more)
    return [inner(z) for z in others if key] and __name__
# --8<-- [end:alone]
'''


@pytest.fixture
def book(write_book):
    return write_book({"src/deep/things.py": SOURCE, "src/deep/__init__.py": "from .things import Thing\n"})


def piece(section, file="src/deep/things.py"):
    return Include(file, section)


def test_a_piece_gets_what_it_uses_and_nothing_else(book):
    assert imports_of(book, piece("piece")) == [
        "import math",
        "import os.path as places",
        "from collections.abc import Iterable",
        "from typing import NamedTuple as Tuple",
        "from deep.things import LIMIT, LOW, Pair, helper",
    ]
    assert imports_of(book, piece("alone")) == []
    assert copied(book, [piece("alone")]).startswith("def alone(")


def test_a_piece_with_its_imports_runs(book, monkeypatch):
    monkeypatch.syspath_prepend(str(book.source))
    exec(copied(book, [piece("alone")]), {})
    code = copied(book, [piece("piece")]).replace("class Thing(Tuple)", "class Thing")
    exec(code, {"__name__": "fresh"})


def test_a_name_from_nowhere_is_refused(book):
    with pytest.raises(CopyError, match=r"src/deep/things.py:lost uses nowhere, which its module does not define"):
        imports_of(book, piece("lost"))


def test_imports_from_beside_become_absolute(write_book):
    book = write_book(
        {"src/deep/a.py": "from .b import c\nfrom . import d\n# --8<-- [start:x]\ny = c, d\n# --8<-- [end:x]\n"}
    )
    assert imports_of(book, piece("x", "src/deep/a.py")) == ["from deep.b import c", "from deep import d"]


def test_a_long_import_is_broken(write_book):
    names = [f"a_rather_long_name_{number}" for number in range(5)]
    text = f"from somewhere import {', '.join(names)}\n# --8<-- [start:x]\ny = {', '.join(names)}\n# --8<-- [end:x]\n"
    (statement,) = imports_of(write_book({"src/a.py": text}), piece("x", "src/a.py"))
    assert statement.startswith("from somewhere import (\n    a_rather_long_name_0,\n")
    compile(statement, "a.py", "exec")


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("x = y", {"y"}),
        ("def f(a: A, b=B) -> C: return a", {"A", "B", "C"}),
        ("class D(E):\n    f: F = G\n    def h(self): return f", {"E", "F", "G", "f"}),
        ("[i for i in j if k(i)]", {"j", "k"}),
        ("import a\na.b", set()),
        ("try:\n    x\nexcept Own as e:\n    print(e)", {"x", "Own"}),
        ("f'{a:{b}}'", {"a", "b"}),
        ("lambda a, b=c: a + b + d", {"c", "d"}),
        ("def f():\n    global g\n    g = 1", set()),
        ("@deco\ndef f(): ...", {"deco"}),
        ("if (n := m): n", {"m"}),
    ],
)
def test_names_that_code_uses_and_does_not_define(code, names):
    assert free_names(code) == names


def test_a_step_comes_with_the_steps_before_it(write_book):
    steps = "# --8<-- [start:a]\nx = 1\n# --8<-- [end:a]\n# --8<-- [start:b]\nprint(x)\n# --8<-- [end:b]\n"
    book = write_book({"snippets/sums/steps.py": steps})
    chain = [Include("sums/steps.py", "a"), Include("sums/steps.py", "b")]
    assert copied(book, chain) == "x = 1\n\n\nprint(x)\n" == joined("x = 1", "", "print(x)\n\n")


PAGE = """# Page

```python
--8<-- "sums/two.py"
```

```{.python continuation}
--8<-- "sums/two.py"
```

```{.python title="src/sums.py"}
--8<-- "src/sums.py:add"
```

```{.python title="src/more.py"}
--8<-- "src/more.py:f"
```
"""
MORE = "from math import pi\n\n# --8<-- [start:f]\ntwice = [2 * pi, '<&\"']\n# --8<-- [end:f]\n"


def blocks_of(book):
    """A page as the site shows it."""
    md = Markdown(
        extensions=[
            "dlbook.book.markdown.light_code",
            "pymdownx.superfences",
            "attr_list",
            "pymdownx.snippets",
            "dlbook.book.markdown.copies",
        ],
        extension_configs={
            "dlbook.book.markdown.light_code": {"pygments_lang_class": True},
            "pymdownx.snippets": {"base_path": [str(book.snippets), str(book.root)]},
            "dlbook.book.markdown.copies": {"root": str(book.root), "language": "en"},
        },
    )
    md.treeprocessors.register(FilePage("page.md"), "relpath", 0)
    return md


def test_the_page_says_of_each_block_what_is_copied_with_it(write_book):
    book = write_book({"docs/en/page.md": PAGE, "src/more.py": MORE})
    md = blocks_of(book)
    alone, step, source, with_import = BeautifulSoup(md.convert(PAGE), "html.parser").select(".highlight")
    assert "data-goes-on" not in alone.attrs
    assert "data-goes-on" in step.attrs
    assert source["data-before"] == ""
    assert with_import["data-before"] == "from math import pi"
    found = [text for _, text in copies(book, book.docs / "en/page.md")]
    assert found[1] == joined(found[0], found[0])
    assert found[3] == "from math import pi\n\n\ntwice = [2 * pi, '<&\"']\n"
    with pytest.raises(BlocksError, match=r"docs/en/page\.md: 4 python fences, 3 blocks on the site"):
        md.convert(PAGE.replace('```python\n--8<-- "sums/two.py"\n```', ""))


def test_while_served_an_edited_listing_is_marked_until_it_is_recorded(write_book, monkeypatch):
    book = write_book({"docs/en/page.md": PAGE, "src/more.py": MORE})
    monkeypatch.setattr(edited, "BEGAN", {})

    def marks():
        shown = BeautifulSoup(blocks_of(book).convert(PAGE), "html.parser").select(".highlight")
        return [block.get("data-stale", "") for block in shown]

    listing = book.snippets / "sums/two.py"
    listing.write_text(listing.read_text("utf8") + "print(1)\n", "utf8")
    assert marks() == [""] * 4, "nothing is served"
    edited.begin(book)
    assert marks() == [""] * 4, "nothing was edited since"
    listing.write_text(listing.read_text("utf8") + "print(2)\n", "utf8")
    alone, step, source, other = marks()
    assert "make record PAGE=page" in alone
    assert (step, source, other) == (alone, "", ""), "both blocks are of the file; source has no output"
    include = Include("sums/two.py")
    Cache(book, "cpu").put([include], Result("sum 3.5\n1\n2\n", None, None))
    assert marks()[:2] == ["", alone], "the first was run, the step not"
    listing.write_text(listing.read_text("utf8").replace("print(2)\n", ""), "utf8")
    assert marks() == [""] * 4, "it is what it was"


def test_a_docstring_within_a_page_has_no_fences_of_its_own(write_book):
    book = write_book()
    md = Markdown(
        extensions=["dlbook.book.markdown.light_code", "pymdownx.superfences", "dlbook.book.markdown.copies"],
        extension_configs={
            "dlbook.book.markdown.light_code": {"pygments_lang_class": True},
            "dlbook.book.markdown.copies": {"root": str(book.root)},
        },
    )
    assert "x = 1" in BeautifulSoup(md.convert("```python\nx = 1\n```"), "html.parser").get_text()
