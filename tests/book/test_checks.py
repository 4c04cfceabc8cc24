"""Each check of the whole book, shown to fail on a small book made bad for it."""

import pytest
from small_book import EXTENSIONS

from dlbook.book.checks import CHECKS

FENCE = "```"
EN, ZH = "docs/en/sums.md", "docs/zh/sums.md"
INSERT = "\n[Peano]"  # a place in the prose of the page, behind all else

SOLVED = '    ??? solution "S"\n\n        Two.'
TRAINED = {"snippets/sums/two.py": "from sums import add\n\nloss.backward()\n"}
WINE = (
    "works:\n  wine: {title: Wine, by: Ann, source: https://example.org, licence: MIT, changes: none,"
    " loaded_by: [sklearn.datasets.load_wine]}\n"
)
LIST = "src/exercises/exercises.toml"
LISTED = 'sums = [\n  {name = "two", title = "A sum", define = "add(a, b)", en = "the sum", zh = "和"},\n]\n'
ASKED = (
    "\n## Exercises { #exercises }\n\n1. Add.\n\n"
    f'    ??? solution "Solution"\n        {FENCE}python\n        --8<-- "sums/two.py"\n        {FENCE}\n'
)
ASKS: dict = dict.fromkeys((EN, ZH), (INSERT, ASKED + INSERT))


def SAYS(text: str) -> tuple[str, str]:  # noqa: N802 (it stands among constants)
    """Put a sentence behind the listing."""
    return INSERT, f"\n{text}\n\n[Peano]"


LETTERS = """symbols:
  letters:
    - {symbol: a, en: the first number, zh: 第一个数, at: sums}
    - {symbol: b, en: the number behind it, zh: 后面的数, at: sums}
"""
FORMS = (
    LETTERS
    + r"""forbidden:
  - {form: '[Wn]_\{?l', instead: a layer stands above, not_on: [glossary]}
  - {form: 'd·_l', instead: no command}
forbidden_words:
  - {form: '\$L\$ layers', instead: they are D}
"""
)


def SYMBOLS(row: str, header: str = "symbol") -> tuple[str, str]:  # noqa: N802 (it stands among constants)
    """Put a table of symbols behind the listing."""
    return SAYS(f"| {header} | meaning |\n| --- | --- |\n{row}")


def CAPTIONED(captions: str) -> dict[str, object]:  # noqa: N802
    """Put a figure behind the listing, and these captions beside the pages."""
    return {
        EN: SAYS("![A line.](figures/sums/two.svg)"),
        ZH: SAYS("![一条线。](figures/sums/two.svg)"),
        "docs/captions/sums.yml": captions + "\n",
    }


def LABELLED(labels: str, label: str = "step 2") -> dict[str, object]:  # noqa: N802
    """Put a figure with one label into the book, and these words beside the pages."""
    return {
        "docs/theme/figures/sums/two.svg": f"<svg>\n<text x='1'>{label}</text>\n</svg>\n",
        "docs/labels.yml": labels + "\n",
    }


# check: [(what is wrong, {file: (old, new) | text | None}, the problem as reported)]
GLOSSARY, ROW = "docs/en/glossary.md", "| sum | 和 | total, see [sums](sums.md) |\n"
BAD = {
    "every_page_has_its_twin": [
        ("no twin", {"docs/en/extra.md": "# Extra\n"}, "docs/en/extra.md:1: has no twin docs/zh/extra.md"),
        ("only a twin", {"docs/zh/extra.md": "# 多\n"}, "docs/zh/extra.md:1: has no twin docs/en/extra.md"),
    ],
    "nav_and_pages_agree": [
        ("page not in nav", {"docs/en/extra.md": "# Extra\n"}, "mkdocs.yml:1: nav lacks extra.md"),
        (
            "nav without page",
            {"mkdocs.yml": ("Sums: sums.md", "Sums: sums.md, More: gone.md")},
            "mkdocs.yml:1: nav names gone.md",
        ),
        (
            "other order",
            {"mkdocs.zh.yml": "nav: [{词: glossary.md}, {加: [{加: sums.md}]}]\n"},
            "mkdocs.zh.yml:1: nav has another order than mkdocs.yml",
        ),
    ],
    "both_languages_have_one_skeleton": [
        (
            "heading id",
            {ZH: ("{ #adding }", "{ #add }")},
            "docs/zh/sums.md:3: heading '2 add' stands where docs/en/sums.md",
        ),
        ("formula", {ZH: ("a + b \\text", "a - b \\text")}, "docs/zh/sums.md:7: equation"),
        ("include", {ZH: ("sums/two.py", "sums/one.py")}, "docs/zh/sums.md:12: fence"),
        ("box", {ZH: ("!!! notes", "!!! mistake")}, "docs/zh/sums.md:20: box 'mistake'"),
        (
            "table",
            {"docs/zh/glossary.md": ("| sum | 和 | 总数，见[加法](sums.md) |\n", "")},
            "docs/zh/glossary.md:4: the end of the page",
        ),
        ("figure", {EN: ("\n[Peano]", "\n![a](figures/a.svg)\n\n[Peano]")}, "has image 'figures/a.svg'"),
    ],
    "every_heading_has_an_id": [
        ("no id", {EN: (" { #adding }", "")}, "docs/en/sums.md:3: heading 'Adding: the sum' has no { #id }")
    ],
    "fences_hold_includes_only": [
        (
            "typed code",
            {EN: ('--8<-- "sums/two.py"', "print(3.5)")},
            "docs/en/sums.md:12: a python fence holds one include",
        ),
        ("two includes", {EN: ('"sums/two.py"', '"sums/two.py"\n--8<-- "sums/two.py"')}, "docs/en/sums.md:12"),
        (
            "typed output",
            {ZH: ('--8<-- "sums/two.out"', "sum 3.5")},
            "docs/zh/sums.md:16: an output block holds includes only",
        ),
        ("notest", {EN: ("{.python title", "{.python notest title")}, "docs/en/sums.md:22: 'notest' would hide"),
    ],
    "included_files_exist": [
        ("no file", {EN: ("sums/two.py", "sums/one.py")}, "docs/en/sums.md:12: sums/one.py"),
        ("no section", {ZH: ("sums.py:add", "sums.py:sub")}, "docs/zh/sums.md:22: src/sums.py:sub"),
    ],
    "no_include_ends_its_fence": [
        (
            "an output with a fence in it",
            {"snippets/sums/two.out": f"one\n{FENCE}\n**two**\n{FENCE}\n"},
            "docs/en/sums.md:16: sums/two.out holds a line of ```: write this fence with more of them",
        ),
        (
            "a listing with a fence in it",
            {"snippets/sums/two.py": f'text = """\n{FENCE}\n"""\n'},
            "docs/zh/sums.md:12: sums/two.py holds a line of ```",
        ),
    ],
    "every_fence_is_collected": [
        (
            "shown as Python, and run by nobody",
            {EN: (f"{FENCE}python\n", f"{FENCE}pyi\n")},
            "docs/en/sums.md:12: this python fence is shown and not run: write ```python",
        )
    ],
    "lines_end_where_all_programs_end_them": [
        ("in a listing", {"snippets/sums/two.py": "x = 1  # a\x0cb\n"}, "snippets/sums/two.py:1: holds U+000C"),
        ("in an output", {"snippets/sums/two.out": "sum\u2028 3.5\n"}, "snippets/sums/two.out:1: holds U+2028"),
    ],
    "pages_keep_to_the_grammar": [
        (
            "brackets",
            {EN: (INSERT, "\n\\[\nc = d \\label{x}\n\\]\n[Peano]")},
            "docs/en/sums.md:26: a formula stands between $",
        ),
        ("brackets in a line", {EN: ("$a+b$", "\\(a+b\\)")}, "docs/en/sums.md:5: a formula stands between $"),
        (
            "environment",
            {EN: (INSERT, "\n\\begin{align}\na\n\\end{align}\n[Peano]")},
            "docs/en/sums.md:26: a formula stands",
        ),
        (
            "another name of Python",
            {EN: (f"{FENCE}python\n", f"{FENCE}py3\n")},
            "docs/en/sums.md:12: the site sets 'py3' as Python",
        ),
        (
            "a dot too many",
            {EN: ("```python", "```{.python .continuation}")},
            "docs/en/sums.md:12: continuation has no dot",
        ),
        ("a third name", {EN: ("{.python title", "{.starlark title")}, "docs/en/sums.md:22: the site sets"),
        (
            "typed output",
            {EN: ("{.text .no-copy}", "output")},
            "docs/en/sums.md:16: a fence says what it holds, one of",
        ),
        ("no name", {EN: ("{.text .no-copy}", "")}, "docs/en/sums.md:16: a fence says what it holds, one of"),
        (
            "two words without braces",
            {EN: ("{.text .no-copy}", "text no-copy")},
            "docs/en/sums.md:16: more than one word",
        ),
        (
            "a word without its dot",
            {EN: ("{.text .no-copy}", "{text .no-copy}")},
            "docs/en/sums.md:16: words in braces begin",
        ),
        (
            "never ends",
            {ZH: ("[Peano](https", f"{FENCE}console\nmake\n[Peano](https")},
            "docs/zh/sums.md:26: this fence never ends",
        ),
        (
            "ends further in",
            {EN: (f"    {FENCE}\n\n[", f"      {FENCE}\n\n[")},
            "docs/en/sums.md:22: this fence never ends",
        ),
        (
            "formula never ends",
            {EN: ("\\label{sum}\n$$", "\\label{sum}")},
            "docs/en/sums.md:7: this formula never ends",
        ),
        (
            "formula with a gap",
            {EN: ("\n\\label{sum}", "\n\n\\label{sum}")},
            "docs/en/sums.md:7: a formula holds no empty line",
        ),
        (
            "underlined heading",
            {EN: (INSERT, "\nOther part\n----------\n\n[Peano]")},
            "docs/en/sums.md:27: a heading is a line that begins with #",
        ),
        (
            "doubly underlined",
            {EN: (INSERT, "\nOther part\n===\n\n[Peano]")},
            "docs/en/sums.md:27: a heading is a line",
        ),
        (
            "link by reference",
            {EN: (INSERT, "\n[g]: glossary.md\n[Peano]")},
            "docs/en/sums.md:26: the address of a link stands in the link",
        ),
        ("footnote", {EN: ("It may", "It[^1] may")}, "docs/en/sums.md:5: there are no footnotes"),
        (
            "heading in HTML",
            {EN: (INSERT, '\n<h2 id="x">Other</h2>\n\n[Peano]')},
            "docs/en/sums.md:26: a heading, table",
        ),
        (
            "fold in HTML",
            {EN: (INSERT, "\n<details markdown>\nx\n</details>\n[Peano]")},
            "docs/en/sums.md:26: a heading, table",
        ),
        (
            "image in HTML",
            {EN: ("It may", '<img src="a.svg"> It may')},
            "docs/en/sums.md:5: an image, code or a heading",
        ),
        (
            "include in the prose",
            {EN: (INSERT, '\n--8<-- "sums/two.out"\n\n[Peano]')},
            "docs/en/sums.md:26: an include stands in a fence",
        ),
        (
            "a block of includes",
            {EN: (INSERT, "\n--8<--\nsums/two.out\n--8<--\n\n[Peano]")},
            "docs/en/sums.md:26: an include stands",
        ),
        (
            "formula of another page",
            {EN: ("(#peano)", "(#peano) [](glossary.md#eq-sum)")},
            "docs/en/sums.md:5: a link without words",
        ),
        ("empty link", {EN: ("(#peano)", "(#peano) [](#adding)")}, "docs/en/sums.md:5: a link without words"),
        (
            "prices",
            {EN: ("It may", "From $1,234.56 or US$20. It may")},
            "docs/en/sums.md:5: $1,234.56 or US$ is read as a formula",
        ),
        (
            "box with its title unquoted",
            {EN: ('!!! notes "In the notes"', "!!! notes In the notes")},
            "docs/en/sums.md:20: the title of a box",
        ),
        (
            "fence behind a marker",
            {EN: (INSERT, f"\n- {FENCE}console\n    make\n    {FENCE}\n\n[Peano]")},
            "docs/en/sums.md:26: a fence begins a line",
        ),
        ("line separator", {EN: ("It may", "It\u2028 may")}, "docs/en/sums.md:5: holds U+2028"),
    ],
    "the_site_shows_what_is_read": [
        (
            "indented code",
            {EN: ("\n\n$$\na", "\n\n    x = 1\n\n$$\na")},
            "docs/en/sums.md:9: the site shows fence 'other' where the checks",
        ),
        (
            "a table without ends",
            {EN: (INSERT, "\na | b\n--|--\n1 | 2\n\n[Peano]")},
            "the site shows row '2 cells' where the checks",
        ),
        (
            "another number of cells",
            {EN: (INSERT, "\n| a | b |\n| --- | --- |\n| 1 | 2 | 3 |\n\n[Peano]")},
            "docs/en/sums.md:28: the site shows row '2 cells'",
        ),
        (
            "a table right below prose",
            {EN: (INSERT, "\nWords.\n| a |\n| --- |\n| b |\n\n[Peano]")},
            "docs/en/sums.md:27: the site shows nothing more",
        ),
        (
            "formula in a paragraph",
            {EN: (INSERT, "\nThis is\n$$\nx\n$$\n\n[Peano]")},
            "docs/en/sums.md:27: the site shows",
        ),
        (
            "image by reference",
            {EN: (INSERT, "\n![alt][a]\n\n  [a]: figures/a.svg\n\n[Peano]")},
            "the site shows image 'figures/a.svg'",
        ),
        (
            "heading in a box",
            {EN: ("    ```{.python title", "    ## Deep\n\n    ```{.python title")},
            "docs/en/sums.md:24: the site shows heading '2 deep'",
        ),
        (
            "heading without a space",
            {EN: (INSERT, "\n##Other\n\n[Peano]")},
            "the site shows heading '2 other' where the checks",
        ),
        ("image in code", {EN: (INSERT, "\n`![a](b.svg)` and <x>![a](c.svg)</x>\n\n[Peano]")}, ""),
    ],
    "links_lead_somewhere": [
        ("dead link", {ZH: ("](#peano)", "](#giuseppe)")}, "docs/zh/sums.md:5: #giuseppe leads nowhere"),
        ("dead reference", {EN: ("(#peano)", "(#peano) [](#eq-other)")}, "docs/en/sums.md:5: #eq-other leads nowhere"),
        (
            "dead link with a title",
            {EN: ("(#peano)", '(#giuseppe "who")')},
            "docs/en/sums.md:5: #giuseppe leads nowhere",
        ),
    ],
    "pieces_of_source_run_by_themselves": [
        (
            "a name from nowhere",
            {"src/sums.py": ("return a + b", "return plus(a, b)")},
            "docs/en/sums.md:22: src/sums.py:add uses plus, which its module does not define",
        )
    ],
    "both_languages_have_the_same_formulas_in_their_lines": [
        (
            "another number",
            {EN: ("$a+b$", "$1816 \\cdot 11603$"), ZH: ("$a+b$", "$7351 \\cdot 11603$")},
            "docs/zh/sums.md:5: formula 1 within the lines of section #adding is $7351\\cdot11603$,"
            " docs/en/sums.md:5 has $1816\\cdot11603$",
        ),
        (
            "one less",
            {ZH: ("$a+b$", "和")},
            "docs/zh/sums.md:3: formula 1 within the lines of section #adding is not there",
        ),
        (
            "in a table",
            {GLOSSARY: ("total", "total $a$"), "docs/zh/glossary.md": ("总数", "总数 $b$")},
            "docs/zh/glossary.md:1: formula 1",
        ),
        ("over two lines", {EN: ("$a+b$", "$a\n+ b$"), ZH: ("$a+b$", "$a\n- b$")}, "is $a-b$"),
        (
            "in a heading",
            {EN: ("## Adding: the sum", "## Adding: the sum $x$"), ZH: ("## 相加得和", "## 相加得和 $y$")},
            "is $y$",
        ),
        ("in an item", {EN: (INSERT, "\n- $x$\n\n[Peano]"), ZH: (INSERT, "\n- $y$\n\n[Peano]")}, "is $y$"),
        (
            "in a box",
            {EN: ("    ```{.py", "    $x$\n\n    ```{.py"), ZH: ("    ```{.py", "    $y$\n\n    ```{.py")},
            "is $y$",
        ),
        (
            "order",
            {EN: ("$a+b$", "$a$ or $b$"), ZH: ("$a+b$", "$b$ 或 $a$")},
            "formula 1 within the lines of section #adding is $b$",
        ),
    ],
    "what_is_generated_is_up_to_date": [
        (
            "a figure in other colours",
            {"docs/theme/figures/sums/two.svg": "<svg>\n<style>:root{--c0:#ff0000;}</style>\n</svg>\n"},
            "docs/theme/figures/sums/two.svg:2: is out of date",
        ),
        (
            "no entry",
            {"docs/en/checks/old.md": "# Old\n"},
            "docs/en/checks/sums.md:1: is out of date: run python -m dlbook.book.chapter --update",
        ),
        (
            "another text",
            {"docs/en/checks/sums.md": "# Sums: tests of the formulas\n\nHello.\n"},
            "docs/en/checks/sums.md:3: is out of date",
        ),
        (
            "the line on the home page",
            {"docs/en/index.md": "# Home\n\n- [Sums](sums.md)\n", EN: ("# Sums", "---\ndescription: all\n---\n# Sums")},
            "docs/en/index.md:3: is out of date",
        ),
    ],
    "every_chapter_is_registered": [
        (
            "glossary",
            {GLOSSARY: (", see [sums](sums.md)", "")},
            "docs/en/glossary.md:1: does not name the chapter sums",
        ),
        ("notes map", {"docs/en/notes_map.md": "# Map\n"}, "docs/en/notes_map.md:1: does not name the chapter sums"),
    ],
    "every_chapter_says_what_it_is_about": [
        (
            "nothing said",
            {"docs/en/index.md": "- [Sums](sums.md)\n"},
            "docs/en/sums.md:1: lacks 'description' between two lines of ---",
        ),
        ("no question", {"docs/en/how_to_read.md": "# How\n"}, "docs/en/sums.md:1: lacks 'question'"),
        (
            "needs what is not there",
            {EN: ("# Sums", "---\nneeds: [numbers]\n---\n# Sums")},
            "docs/en/sums.md:1: needs 'numbers', which is no page",
        ),
    ],
    "a_chapter_needs_only_what_stands_before_it": [
        (
            "itself",
            {EN: ("# Sums", "---\nneeds: [sums]\n---\n# Sums"), ZH: ("# 加法", "---\nneeds: [sums]\n---\n# 加法")},
            "docs/en/sums.md:1: needs itself: sums needs sums",
        ),
        (
            "a later one",
            {
                EN: ("# Sums", "---\nneeds: [more]\n---\n# Sums"),
                "docs/en/more.md": "# More\n",
                "mkdocs.yml": ("Sums: sums.md", "Sums: sums.md, More: more.md"),
            },
            "docs/en/sums.md:1: needs 'more', which is no chapter that stands before it in the nav",
        ),
        (
            "in a circle",
            {
                EN: ("# Sums", "---\nneeds: [more]\n---\n# Sums"),
                "docs/en/more.md": "---\nneeds: [sums]\n---\n# More\n",
                "mkdocs.yml": ("Sums: sums.md", "Sums: sums.md, More: more.md"),
            },
            "docs/en/more.md:1: needs itself: more needs sums needs more",
        ),
        (
            "other ones in another language",
            {ZH: ("# 加法", "---\nneeds: [glossary]\n---\n# 加法")},
            "docs/zh/sums.md:1: needs ['glossary'], but en []",
        ),
    ],
    "no_chapter_types_how_long_it_takes": [
        (
            "over the end of a line",
            {EN: ("## Adding", "It takes about\nan hour.\n\n## Adding")},
            "docs/en/sums.md:3: 'takes about an hour': take it out; above the page stands what is counted, 5\u00a0min",
        ),
        (
            "in Chinese",
            {ZH: ("## 相加", "大约要五十分钟。\n\n## 相加")},
            "docs/zh/sums.md:3: '要五十分钟': take it out",
        ),
    ],
    "no_chapter_is_too_long": [
        (
            "too many words",
            {"pyproject.toml": '[tool.book]\nlanguages = ["en", "zh"]\nwords_at_most = 19\n'},
            "docs/en/sums.md:1: has 20 words, at most 19",
        ),
    ],
    "no_page_uses_a_forbidden_form": [
        (
            "in a line, with a space",
            {"docs/notation.yml": FORMS, EN: ("$a+b$", "$a + W_ {l-1}$")},
            "docs/en/sums.md:5: 'W_{l': a layer stands above",
        ),
        ("behind a letter", {"docs/notation.yml": FORMS, ZH: ("$a+b$", "$aW_l$")}, "docs/zh/sums.md:5: 'W_l': a layer"),
        ("displayed", {"docs/notation.yml": FORMS, EN: ("a + b", "W_l + b")}, "docs/en/sums.md:7: 'W_l': a layer"),
        (
            "in the text",
            {"docs/notation.yml": FORMS, EN: SAYS("With $L$ layers.")},
            "docs/en/sums.md:26: '$L$ layers': they are D",
        ),
        ("within a command", {"docs/notation.yml": FORMS, EN: ("$a+b$", "$a+\\min_l b$")}, ""),
        ("on a page that may", {"docs/notation.yml": FORMS, GLOSSARY: ("total", "total $W_l$")}, ""),
        ("as a command", {"docs/notation.yml": FORMS.replace("d·", r"\\d·"), EN: ("$a+b$", "$\\d_l$")}, "no command"),
        (
            "a letter of another page",
            {"docs/notation.yml": LETTERS.replace("后面的数, at", "后面的数, only: [glossary], at")},
            "docs/en/sums.md:5: b stands on glossary only",
        ),
    ],
    "tables_of_symbols_agree_with_the_sheet": [
        (
            "not on the sheet",
            {"docs/notation.yml": LETTERS, EN: SYMBOLS("| $a$, $c_1$ | the first number, another |")},
            "docs/en/sums.md:28: $c_1$ is not in docs/notation.yml",
        ),
        (
            "another meaning",
            {"docs/notation.yml": LETTERS, EN: SYMBOLS("| $b^{(l)} = a$ | a bias |")},
            "docs/en/sums.md:28: $b^{(l)}$ is 'a bias' here and 'the number behind it' in docs/notation.yml: which?",
        ),
        (
            "another meaning in Chinese",
            {"docs/notation.yml": LETTERS, ZH: SYMBOLS("| $b$ | 偏置 |", "符号")},
            "docs/zh/sums.md:28: $b$ is '偏置' here",
        ),
        (
            "the same",
            {
                "docs/notation.yml": LETTERS,
                EN: SYMBOLS("| $(a_i, b')$ | numbers |"),
                ZH: SYMBOLS("| $a$ | 第一个 |", "记号"),
            },
            "",
        ),
        ("the meaning of another page", {"docs/notation.yml": LETTERS, EN: SYMBOLS("| $c$ | a bias |", "letter")}, ""),
    ],
    "the_sheet_names_symbols_that_pages_use": [
        (
            "used nowhere",
            {"docs/notation.yml": LETTERS + "    - {symbol: u, en: x, zh: x, at: sums}\n"},
            "docs/notation.yml:5: u is said to stand on sums, which does not use it",
        ),
        (
            "another meaning on a page without it",
            {
                "docs/notation.yml": LETTERS.replace(
                    "后面的数, at", "后面的数, also: [{pages: [glossary], en: x, zh: x}], at"
                )
            },
            "docs/notation.yml:4: b is said to stand on glossary",
        ),
        (
            "a name that no code has",
            {"docs/notation.yml": LETTERS.replace("后面的数, at", "后面的数, code: '`add`, `ad`', at")},
            "docs/notation.yml:4: b is said to be ad in code, which no code says",
        ),
        (
            "half an entry",
            {"docs/notation.yml": LETTERS.replace("zh: 后面的数, ", "")},
            "docs/notation.yml:1: b lacks zh",
        ),
        (
            "twice",
            {"docs/notation.yml": LETTERS.replace("symbol: b", "symbol: a")},
            "docs/notation.yml:1: a stands twice",
        ),
    ],
    "nothing_of_the_skeleton_is_left": [
        (
            "a sentence",
            {EN: ("A **sum**", "By the end of this chapter you can …\n\nA **sum**")},
            "docs/en/sums.md:5: 'By the end",
        ),
        (
            "a description",
            {ZH: ("# 加法", "---\ndescription: 这一章讲什么，一行话，会出现在首页的目录里\n---\n# 加法")},
            "docs/zh/sums.md:2: 'description:",
        ),
    ],
    "every_module_stands_in_the_reference": [
        (
            "no page",
            {"docs/en/reference/other.md": "# Other\n"},
            "src/sums.py:1: docs/en/reference/sums.md is missing: ::: sums",
        ),
    ],
    "labs_fold_what_is_to_be_guessed": [
        (
            "open",
            {"docs/en/labs/long.md": '# Long\n\nWhich is it? Guess.\n\n```python\n--8<-- "sums/two.py"\n```\n'},
            'docs/en/labs/long.md:5: the reader is to guess: fold the output, ??? output "…"',
        ),
        (
            "open, in Chinese",
            {"docs/zh/labs/long.md": '# 长\n\n是哪个？先猜。\n\n```python\n--8<-- "sums/two.py"\n```\n'},
            'docs/zh/labs/long.md:5: the reader is to guess: fold the output, ??? output "…"',
        ),
        (
            "folded",
            {
                "docs/en/labs/long.md": '# Long\n\nGuess.\n\n```python\n--8<-- "sums/two.py"\n```\n\n??? output "Open"\n\n    See.\n'
            },
            "",
        ),
        (
            "far from its listing",
            {"docs/en/labs/long.md": '# Long\n\nWords.\n\n??? output "Open"\n\n    See.\n'},
            "docs/en/labs/long.md:5: a fold 'output' stands right below its listing, and holds what that gives",
        ),
    ],
    "labs_are_on_the_home_page": [
        (
            "unnamed",
            {"docs/en/index.md": "# Home\n", "docs/en/labs/long.md": "# Long\n"},
            "docs/en/index.md:1: does not name the lab labs/long.md",
        ),
    ],
    "sections_are_whole": [
        ("never ends", {"src/sums.py": ("# --8<-- [end:add]\n", "")}, "src/sums.py:1: section 'add' never ends"),
        (
            "twice",
            {"src/more.py": "# --8<-- [start:a]\n# --8<-- [end:a]\n" * 2},
            "src/more.py:3: section 'a' starts a second time",
        ),
        (
            "whole and in sections",
            {"snippets/sums/two.py": "# --8<-- [start:a]\n# --8<-- [end:a]\n"},
            "snippets/sums/two.py:1: is included whole, so it must have no sections",
        ),
    ],
    "listings_are_short": [
        (
            "too long",
            {"snippets/sums/two.py": "x = 1\n" * 26},
            "docs/en/sums.md:12: sums/two.py has 26 lines, at most 25",
        ),
        (
            "too wide",
            {"snippets/sums/two.py": f"x = '{'-' * 80}'\n"},
            "docs/zh/sums.md:12: sums/two.py is 86 wide, 78 fit",
        ),
        (
            "long source",
            {"src/sums.py": ("return", "pass\n" * 50 + "    return")},
            "docs/en/sums.md:22: src/sums.py:add has 52 lines",
        ),
    ],
    "source_says_its_file": [
        (
            "other title",
            {EN: ('title="src/sums.py"', 'title="sums"')},
            "docs/en/sums.md:22: title must be 'src/sums.py'",
        )
    ],
    "outputs_stand_below_their_listing": [
        (
            "output not shown",
            {EN: (f'{FENCE}{{.text .no-copy}}\n--8<-- "sums/two.out"\n{FENCE}\n', "")},
            "docs/en/sums.md:12: the recorded output sums/two.out is not shown below",
        ),
        (
            "output of another",
            {EN: ('"sums/two.out"', '"sums/one.out"'), "snippets/sums/one.out": "1\n"},
            'docs/en/sums.md:16: output --8<-- "sums/one.out" does not stand below its listing',
        ),
        (
            "figure not shown",
            {"docs/theme/figures/sums/two.svg": "<svg/>"},
            "docs/en/sums.md:12: the recorded figure figures/sums/two.svg",
        ),
        (
            "figure above, and no fold around the listing",
            {
                "docs/theme/figures/sums/two.svg": "<svg/>",
                EN: (f"{FENCE}python", f"![a](figures/sums/two.svg)\n\n{FENCE}python"),
            },
            "docs/en/sums.md:14: the recorded figure figures/sums/two.svg is not shown below, nor right above a box",
        ),
    ],
    "nothing_is_left_over": [
        ("listing", {"snippets/sums/old.py": "x = 1\n"}, "snippets/sums/old.py:1: no page shows sums/old.py"),
        ("output", {"snippets/sums/old.out": "1\n"}, "snippets/sums/old.out:1: no page shows sums/old.out"),
        (
            "figure",
            {"docs/theme/figures/sums/old.svg": "<svg/>"},
            "docs/theme/figures/sums/old.svg:1: no page shows this figure",
        ),
        (
            "step",
            {"snippets/sums/steps.py": "# --8<-- [start:one]\n# --8<-- [end:one]\n"},
            "snippets/sums/steps.py:1: no page shows sums/steps.py:one",
        ),
    ],
    "every_labelled_equation_is_tested": [
        ("no test", {"tests/test_sums.py": ("'sum'", "'total'")}, "docs/en/sums.md:7: equation 'sum' has no test"),
        (
            "no equation",
            {"tests/test_sums.py": ("'sum'", "'total'")},
            "tests/test_sums.py:4: tests equation 'total', which no page has",
        ),
        (
            "label twice",
            {"docs/en/glossary.md": ("# Glossary", "# Glossary\n\n$$\nx\n\\label{sum}\n$$")},
            "docs/en/sums.md:7: label 'sum' is used twice",
        ),
    ],
    "no_orphan_numbers": [
        (
            "below a figure",
            CAPTIONED("two: {en: 'It is 3.52.', zh: 甲。}"),
            "docs/en/sums.md:26: 3.52 stands in no output",
        ),
        (
            "typed number",
            {EN: ("It may be 3.5", "It may be 3.52")},
            "docs/en/sums.md:5: 3.52 stands in no output on this page",
        ),
        (
            "in a table",
            {"docs/zh/glossary.md": ("总数", "1,234 个")},
            "docs/zh/glossary.md:5: 1234 stands in no output",
        ),
        (
            "in an alt text",
            {EN: ("\n[Peano]", "\n![all 61,706](a.svg)\n\n[Peano]")},
            "docs/en/sums.md:26: 61706 stands in no output",
        ),
        (
            "claim without citation",
            {
                EN: ("It may be 3.5, says [Peano](#peano)", "It may be 3.52"),
                "docs/claims.yml": "- {page: sums, number: 3.52, source: peano}\n",
            },
            "docs/en/sums.md:5: 3.52 is a claim: cite #peano in its paragraph",
        ),
        (
            "unused claim",
            {"docs/claims.yml": "- {page: sums, number: 3.52, source: peano}\n"},
            "docs/claims.yml:1: claims 3.52 on page 'sums'",
        ),
    ],
    "terms_have_their_pair": [
        (
            "not in the glossary",
            {EN: ("**sum**", "**total**")},
            "docs/en/sums.md:5: term 'total' is not in the glossary",
        ),
        ("pair not bold", {ZH: ("**和**", "和")}, "docs/zh/sums.md:1: term '和' is not bold in section #adding"),
        (
            "English not bold",
            {EN: ("**sum**", "sum")},
            "term '和' is bold, its pair is not, in section #adding",
        ),
        ("bold twice", {EN: ("It may", "A **sum** may")}, "docs/en/sums.md:1: term 'sum' is bold 2 times"),
    ],
    "a_chapter_is_listed_under_its_section": [
        (
            "below another heading",
            {
                "mkdocs.yml": ("nav: [Sums: sums.md, ", "nav: [Day 1: [Sums: sums.md], "),
                "docs/en/index.md": "# Home\n\n## Day 1\n\n## Day 2\n\n- [Sums](sums.md)\n",
            },
            "docs/en/index.md:7: sums belongs to 'Day 1': move it below that heading",
        ),
        (
            "below its own",
            {
                "mkdocs.yml": ("nav: [Sums: sums.md, ", "nav: [Day 1: [Sums: sums.md], "),
                "docs/en/index.md": "# Home\n\n## Day 1: sums\n\n- [Sums](sums.md)\n",
            },
            "",
        ),
    ],
    "headings_name_what_they_define": [
        (
            "wit instead of the term",
            {EN: ("## Adding: the sum", "## One and one")},
            "docs/en/sums.md:3: section #adding defines 'sum': name one of them in a heading",
        ),
    ],
    "the_glossary_is_in_order": [
        ("twice", {GLOSSARY: (ROW, ROW * 2)}, "docs/en/glossary.md:6: 'sum' stands twice"),
        ("late", {GLOSSARY: (ROW, ROW + "| add | 加 | x |\n")}, "docs/en/glossary.md:6: 'add' must stand before 'sum'"),
        (
            "other pair",
            {GLOSSARY: ("| 和 |", "| 总 |")},
            "docs/zh/glossary.md:5: 'sum', '和' is not what the other language has in its place",
        ),
    ],
    "second_names_are_said": [
        (
            "never said",
            {GLOSSARY: (ROW, f"{ROW}\n| term | also |\n| --- | --- |\n| sum | total |\n")},
            "docs/en/glossary.md:9: docs/en/sums.md does not say 'total' in the section that defines 'sum'",
        ),
        (
            "said elsewhere",
            {
                GLOSSARY: (ROW, f"{ROW}\n| term | also |\n| --- | --- |\n| sum | total |\n"),
                EN: (INSERT, "\n## More { #more }\n\nThe total.\n\n[Peano]"),
            },
            "docs/en/sums.md does not say 'total'",
        ),
        (
            "said as part of a word",
            {
                GLOSSARY: (ROW, f"{ROW}\n| term | also |\n| --- | --- |\n| sum | total |\n"),
                EN: ("It may", "In totality it may"),
            },
            "docs/en/sums.md does not say 'total'",
        ),
        (
            "in the other language",
            {
                "docs/zh/glossary.md": (
                    "(sums.md) |\n",
                    "(sums.md) |\n\n| 词 | 又叫 |\n| --- | --- |\n| 和 | 总数、– |\n",
                )
            },
            "docs/zh/glossary.md:9: docs/zh/sums.md does not say '总数'",
        ),
        (
            "no term",
            {GLOSSARY: (ROW, f"{ROW}\n| term | also |\n| --- | --- |\n| difference | – |\n")},
            "docs/en/glossary.md:9: 'difference' has second names and no page that defines it",
        ),
    ],
    "what_is_asked_means_a_term": [
        (
            "no term",
            {"docs/asked.yml": "product: [times]\n"},
            "docs/asked.yml:1: 'times' is asked for 'product', which is no",
        ),
        ("a term", {"docs/asked.yml": "sum: [和]\n"}, "docs/asked.yml:1: '和' stands in the glossary already"),
    ],
    "questions_lead_to_pages": [
        (
            "no page",
            {"docs/questions/en/sums.txt": "# asked\n\nhow to add = sums\nwhat is = 3 = sums, times\n"},
            "docs/questions/en/sums.txt:4: 'what is = 3' leads to 'times', which is no page",
        ),
        (
            "none named",
            {"docs/questions/zh/sums.txt": "怎么加=sums\n"},
            "docs/questions/zh/sums.txt:1: '怎么加=sums' names no page",
        ),
        (
            "twice",
            {"docs/questions/en/sums.txt": "How to add = sums\nhow to add = sums\n"},
            "docs/questions/en/sums.txt:1: 'How to add' is asked twice",
        ),
    ],
    "glossary_terms_are_used_in_both": [
        (
            "other word",
            {ZH: ("得和 { #adding }\n\n**和**", " { #adding }\n\n总计")},
            "docs/zh/sums.md:1: sums.md says 'sum' in en, never '和' in zh",
        )
    ],
    "private_names_are_shown": [
        (
            "a name that was changed",
            {EN: (INSERT, "\n`_add` is called, and `add` too.\n[Peano]")},
            "docs/en/sums.md:26: no listing on this page shows `_add`",
        )
    ],
    "long_listings_are_few": [
        ("one of one", {EN: ("```python", "```{.python .long}")}, "docs/en/sums.md:12: 1 of 1 listings are .long"),
    ],
    "ledgers_hold": [
        (
            "no ledger",
            {EN: ("```python", "```{.python .long}")},
            "sums/two.py must be run again: changed since: snippets",
        ),
        ("no listing", {"snippets/sums/three.ledger.json": "{}"}, "three.ledger.json:1: is the ledger of no listing"),
    ],
    "each_language_is_written_as_it_should_be": [
        (
            "a space before the sign",
            {ZH: SAYS("对了 75 %。")},
            "docs/zh/sums.md:26: '5 %': no space before % in Chinese: 75%",
        ),
        ("the same in English", {EN: SAYS("75 % are right.")}, ""),
        ("in code", {ZH: SAYS("写 `75 %`。")}, ""),
        ("Latin in a citation", {ZH: SAYS("（Peano et al. 1889）")}, "'et al.' is 等 in Chinese"),
        ("ahead, said as behind", {ZH: SAYS("甲五次全都胜过乙，差 1 到 3。")}, "who wins is ahead: 领先"),
        ("behind", {ZH: SAYS("甲输给乙，差 1 到 3。")}, ""),
        ("another word", {ZH: SAYS("两个数打平。")}, "'打平': the book says '并列'"),
        (
            "curly quotes in code",
            {ZH: SAYS("写 `mode=“sum”`。")},
            "docs/zh/sums.md:26: `mode=“sum”`: the quotes of code are",
        ),
        (
            "curly quotes in bare code",
            {EN: SAYS("Say mode=“sum” here.")},
            "docs/en/sums.md:26: e=“: the quotes of code",
        ),
        ("quotes between two pieces of code", {ZH: SAYS("`a` 是“和”，`b` 也是。")}, ""),
        ("dots below Latin", {ZH: SAYS("这叫 *sum*。")}, "'*sum*': dots stand below Chinese signs only"),
        ("dots below Chinese", {ZH: SAYS("这叫*和*。")}, ""),
        ("a question in slanted letters", {EN: SAYS("*Why?* Because.")}, "questions stand in one form: Q: …<br>A: …"),
        ("the same in Chinese", {ZH: SAYS("*为什么？*因为。")}, "questions stand in one form: 问：…<br>答：…"),
    ],
    "the_words_of_live_figures_are_written_so_too": [
        (
            "a space before the sign",
            {"docs/theme/widgets/x.words.json": '{\n"en": {"a": "75 %"},\n"zh": {"a": "对了 75 %"}\n}'},
            "docs/theme/widgets/x.words.json:3: '5 %': no space before % in Chinese: 75%",
        ),
    ],
    "a_paragraph_of_chinese_is_one_line": [
        ("broken", {ZH: SAYS("加法很\n简单。")}, "docs/zh/sums.md:27: a line break in the middle"),
        ("broken after a comma", {ZH: SAYS("加法，\n很简单。")}, "docs/zh/sums.md:27: a line break in the middle"),
        ("before Latin", {ZH: SAYS("加法叫\nsum。")}, ""),
        ("two paragraphs", {ZH: SAYS("加法。\n\n减法。")}, ""),
        ("a list", {ZH: SAYS("- 加法。\n- 减法。")}, ""),
    ],
    "comparing_words_have_a_verdict": [
        ("a bare word", {**TRAINED, EN: SAYS("Adding helps.")}, "docs/en/sums.md:26: 'helps' compares, near training"),
        ("in Chinese", {**TRAINED, ZH: SAYS("加法更好。")}, "docs/zh/sums.md:26: '更好' compares, near training"),
        ("in a box", {**TRAINED, EN: SAYS('!!! note "N"\n\n    - It is stuck.')}, "'stuck' compares, near training"),
        ("with its run", {**TRAINED, EN: SAYS("In this run, adding helps.")}, ""),
        ("after so many steps", {**TRAINED, ZH: SAYS("走完 100 步之后，加法更好。")}, ""),
        ("by another, cited", {**TRAINED, EN: SAYS("Adding helps [(Peano 1889)](#peano).")}, ""),
        ("a question", {**TRAINED, EN: SAYS("What helps?")}, ""),
        ("in another section", {**TRAINED, EN: SAYS("## More { #more }\n\nAdding helps.")}, ""),
        (
            "beside a verdict",
            {
                **TRAINED,
                "snippets/sums/two.out": "A beats B in 5 of 5 seeds, by 1 to 2 points\n",
                EN: SAYS("Adding helps."),
            },
            "",
        ),
        (
            "an exception",
            {
                **TRAINED,
                EN: SAYS("Adding helps."),
                "docs/comparisons.yml": "- {page: sums, says: Adding helps, reason: r}\n",
            },
            "",
        ),
        (
            "an exception of nothing",
            {"docs/comparisons.yml": "- {page: sums, says: Adding helps, reason: r}\n"},
            "docs/comparisons.yml:1: excuses 'Adding helps' on page 'sums', which does not need it",
        ),
    ],
    "every_solution_has_a_hint_before_it": [
        (
            "no hint",
            {EN: SAYS(f"1. Add.\n\n{SOLVED}")},
            "docs/en/sums.md:28: a solution without a hint before it: write 'Hint'",
        ),
        (
            "none in Chinese",
            {ZH: SAYS(f"1. 加。\n\n{SOLVED}")},
            "docs/zh/sums.md:28: a solution without a hint before it: write '提示'",
        ),
        ("in a line", {EN: SAYS(f"1. Add. (Hint: count.)\n\n{SOLVED}")}, ""),
        ("in a line of Chinese", {ZH: SAYS(f"1. 加。（提示：数一数。）\n\n{SOLVED}")}, ""),
        ("in a box", {EN: SAYS(f'1. Add.\n\n    ??? hint "Look"\n\n        Count.\n\n{SOLVED}')}, ""),
        ("in a box with its word", {ZH: SAYS(f'1. 加。\n\n    ??? tip "提示"\n\n        数。\n\n{SOLVED}')}, ""),
        (
            "of the exercise before",
            {EN: SAYS(f"1. Add. Hint: count.\n\n2. Add more.\n\n{SOLVED}")},
            "sums.md:30: a solution without",
        ),
        (
            "of the section before",
            {EN: SAYS(f"Hint: count.\n\n## More {{ #more }}\n\n{SOLVED}")},
            "sums.md:30: a solution without",
        ),
        (
            "behind the solution",
            {EN: SAYS(f"1. Add.\n\n{SOLVED}\n\n    Hint: count.")},
            "sums.md:28: a solution without",
        ),
        ("the word alone", {EN: SAYS(f"1. Take the hint.\n\n{SOLVED}")}, "sums.md:28: a solution without"),
    ],
    "no_address_is_lost": [
        (
            "a section is gone",
            {"docs/addresses.yml": "# ids\nsums: [adding, minus]\n"},
            "docs/addresses.yml:2: sums#minus is gone",
        ),
    ],
    "what_has_moved_is_where_it_went": [
        (
            "it went nowhere",
            {"docs/moved.yml": "sums:\n  minus: sums#less\n"},
            "docs/moved.yml:1: sums#minus leads to sums#less",
        ),
    ],
    "every_work_of_others_has_its_author": [
        (
            "a file of nobody",
            {"docs/works.yml": "works: {}\n", "src/data.bin": ""},
            "src/data.bin:1: whose is it? Say it in docs/works.yml",
        ),
        (
            "loaded, and not listed",
            {
                "docs/works.yml": "works: {}\n",
                "snippets/sums/two.py": "from sklearn import datasets as d\n\nd.load_wine()\n",
            },
            "snippets/sums/two.py:1: loads sklearn.datasets.load_wine()",
        ),
        (
            "handed on by the package",
            {
                "docs/works.yml": WINE,
                "src/sums.py": "from sklearn.datasets import load_wine\n\n\ndef wine():\n    return load_wine()\n",
            },
            "src/sums.py:1: loads wine: say in docs/works.yml by which of its functions a listing does (loaded_by: sums.…)",
        ),
        (
            "half an entry",
            {"docs/works.yml": "works: {wine: {by: Ann}}\n"},
            "wine lacks changes, licence, source, title",
        ),
    ],
    "every_exercise_is_in_the_list": [
        (
            "no entry",
            {**ASKS, LIST: "sums = []\n"},
            "docs/zh/sums.md:28: exercise 1 has no entry in src/exercises/exercises.toml",
        ),
        (
            "an entry too many",
            {**ASKS, LIST: LISTED.replace("]", '  {name = "b", title = "B", kind = "thought"},\n]')},
            "src/exercises/exercises.toml:3: docs/en/sums.md has no exercise 2",
        ),
        (
            "moved",
            {**ASKS, LIST: LISTED.replace('"two"', '"three"')},
            "docs/en/sums.md:28: exercise 1 is solved by two, its entry is that of three: has it moved?",
        ),
        (
            "another number",
            {**ASKS, EN: (INSERT, ASKED.replace("1. Add", "2. Add") + INSERT), LIST: LISTED},
            "docs/en/sums.md:28: exercise 1 has the number 2",
        ),
        ("no page", {LIST: LISTED}, "src/exercises/exercises.toml:1: no page sums has exercises"),
        ("no Chinese", {**ASKS, LIST: LISTED.replace(', zh = "和"', "")}, "src/exercises/exercises.toml:2: lacks zh"),
        (
            "neither checked nor named as a thought",
            {**ASKS, LIST: 'sums = [\n  {name = "two", title = "A sum"},\n]\n'},
            "src/exercises/exercises.toml:2: says what to define, or kind = one of thought, experiment",
        ),
        (
            "another kind",
            {**ASKS, LIST: 'sums = [\n  {name = "two", title = "A sum", kind = "joke"},\n]\n'},
            "src/exercises/exercises.toml:2: kind is 'joke'",
        ),
        ("no TOML", {**ASKS, LIST: "sums = [\n"}, "src/exercises/exercises.toml:1: "),
    ],
    "every_figure_has_its_caption": [
        (
            "no caption",
            CAPTIONED("{}"),
            "docs/zh/sums.md:26: figures/sums/two.svg has no caption in 'zh': write it in docs/captions/sums.yml",
        ),
        (
            "one language",
            CAPTIONED("two: {en: It rises.}"),
            "docs/zh/sums.md:26: figures/sums/two.svg has no caption in 'zh'",
        ),
        (
            "nothing in it",
            CAPTIONED("two: {en: It rises., zh: ' '}"),
            "docs/zh/sums.md:26: figures/sums/two.svg has no caption in 'zh'",
        ),
        (
            "gone",
            CAPTIONED("two: {en: A., zh: 甲。}\nold: {en: A., zh: 甲。}"),
            "docs/captions/sums.yml:2: 'sums/old' is a figure of no page",
        ),
        (
            "a third language",
            CAPTIONED("two: {en: A., zh: 甲。, fr: A.}"),
            "docs/captions/sums.yml:1: 'sums/two' has a caption in 'fr'",
        ),
        ("a book without captions", {EN: CAPTIONED("")[EN], ZH: CAPTIONED("")[ZH]}, None),
    ],
    "captions_are_short_and_no_alt_texts": [
        (
            "alt text",
            CAPTIONED("two: {en: A line., zh: 甲。}"),
            "docs/captions/sums.yml:1: 'sums/two' in 'en' says the alt text again",
        ),
        (
            "three sentences",
            CAPTIONED("two: {en: A., zh: 甲。乙。丙。}"),
            "'sums/two' in 'zh' has 3 sentences: say it in one or two",
        ),
        ("no sentence", CAPTIONED("two: {en: It rises, zh: 甲。}"), "'sums/two' in 'en' has 0 sentences"),
        (
            "two paragraphs",
            CAPTIONED('two: {en: "A.\\n\\nB.", zh: 甲。}'),
            "'sums/two' in 'en' has 2 sentences: say it in one or two, in one paragraph",
        ),
        (
            "the language's rules",
            CAPTIONED("two: {en: A., zh: 升了 5 %。}"),
            "'sums/two': '5 %': no space before % in Chinese",
        ),
        ("a point within a number", CAPTIONED("two: {en: It rises by 3.5 and no more., zh: 升了 3.5。}"), None),
    ],
    "captions_say_the_same_numbers": [
        (
            "number",
            CAPTIONED("two: {en: It rises by 1.5 to 3.5., zh: 升到 3.5。}"),
            "docs/captions/sums.yml:1: 'sums/two' says 1.5 in one language and not in the other",
        ),
        ("once more", CAPTIONED("two: {en: 2 and 2., zh: 两个 2。}"), "'sums/two' says 2 in one language"),
        ("formula", CAPTIONED("two: {en: $a$ rises., zh: $b$ 上升。}"), "'sums/two' says a, b in one language"),
        ("in other words", CAPTIONED("two: {en: 'Of 2,000, $a$ is $1$.', zh: $a$ 在 2000 里占 $1$。}"), None),
    ],
    "comparing_captions_have_a_verdict": [
        (
            "a claim",
            CAPTIONED("two: {en: It is better., zh: 甲。}") | TRAINED,
            "docs/en/sums.md:26: the caption of figures/sums/two.svg: 'better' compares",
        ),
        (
            "a claim in Chinese",
            CAPTIONED("two: {en: A., zh: 它更好。}") | TRAINED,
            "docs/zh/sums.md:26: the caption of figures/sums/two.svg: '更好' compares",
        ),
        ("of which run", CAPTIONED("two: {en: 'In this run, it is better.', zh: 这次它更好。}") | TRAINED, None),
        ("nothing is trained", CAPTIONED("two: {en: It is better., zh: 它更好。}"), None),
    ],
    "the_list_of_works_is_on_its_page": [
        ("no page", {"docs/works.yml": WINE}, "docs/en/reuse.md:1: must hold a line [[works]]"),
        (
            "no list",
            {"docs/works.yml": WINE, "docs/en/reuse.md": "# Reuse\n\n[[works]]\n", "docs/zh/reuse.md": "# 转载\n"},
            "docs/zh/reuse.md:1: must hold a line [[works]]",
        ),
    ],
    "every_label_has_its_words": [
        ("no words", LABELLED("zh: {}"), "docs/theme/figures/sums/two.svg:1: 'step 2' has no words in 'zh'"),
        ("only a part", LABELLED("zh: {words: {step: 步}}"), "'step 2' has no words in 'zh'"),
        ("no number", LABELLED("zh: {words: {'step {}': '第 {} 步'}}", "step two"), "'step two' has no words in 'zh'"),
        ("elsewhere", LABELLED("zh: {figures: {sums/one: {step 2: 甲 2}}}"), "'step 2' has no words in 'zh'"),
        ("a letter that XML hides", LABELLED("zh: {words: {}}", "a &amp; b"), "'a & b' has no words in 'zh'"),
        ("words", LABELLED("zh: {words: {step 2: 第 2 步}}"), None),
        ("a pattern", LABELLED("zh: {words: {'step {}': '第 {} 步'}}"), None),
        ("stays", LABELLED("stays: ['step .']\nzh: {}"), None),
        ("stays in this figure", LABELLED("stays_in: {sums/two: ['step .']}\nzh: {}"), None),
        ("stays in another", LABELLED("stays_in: {sums/one: ['step .']}\nzh: {}"), "'step 2' has no words in 'zh'"),
    ],
    "every_label_entry_is_used": [
        (
            "no such label",
            LABELLED("zh: {words: {step 2: 第 2 步, loss: 损失}}"),
            "docs/labels.yml:1: 'loss' is the label of no figure",
        ),
        (
            "no such pattern",
            LABELLED("stays: ['loss']\nzh: {words: {step 2: 第 2 步}}"),
            "docs/labels.yml:1: 'loss' is the label of no figure",
        ),
        (
            "not there",
            LABELLED("zh:\n  words: {step 2: 第 2 步}\n  figures:\n    sums/two: {loss: 损失}"),
            "docs/labels.yml:4: 'loss' is the label of no figure sums/two",
        ),
        (
            "hidden",
            LABELLED("zh: {words: {step 2: 甲 2}, figures: {sums/two: {step 2: 乙 2}}}"),
            "'step 2' is the label of no figure",
        ),
        ("used", LABELLED("zh: {words: {'step {}': '第 {} 步'}}"), None),
    ],
    "labels_say_the_same_numbers": [
        (
            "another",
            LABELLED("zh: {words: {step 2: 第 3 步}}"),
            "docs/labels.yml:1: '第 3 步' has other numbers than 'step 2'",
        ),
        ("lost", LABELLED("zh: {words: {'step {}': 步}}"), "'步' has other numbers than 'step {}'"),
        ("one of two", LABELLED("zh: {words: {step 2: [第 2 步, 步]}}"), "'步' has other numbers than 'step 2'"),
        ("the same", LABELLED("zh: {words: {step 2: 第 2 步}}"), None),
    ],
}
CASES = [(name, *case) for name, cases in BAD.items() for case in cases]


def changed(good: dict[str, str], changes: dict) -> dict[str, str | None]:
    """The changed files: (old, new) must really change the good text."""
    files = {}
    for name, change in changes.items():
        if isinstance(change, tuple):
            assert change[0] in good[name], f"{name} has no {change[0]!r}: the test would change nothing"
            change = good[name].replace(*change, 1)
        files[name] = change
    return files


def test_every_check_has_a_bad_book():
    assert set(BAD) == set(CHECKS)


@pytest.mark.parametrize("name", CHECKS)
def test_a_good_book_has_no_problems(write_book, name):
    assert list(map(str, CHECKS[name](write_book()))) == []


@pytest.mark.parametrize(("name", "wrong", "changes", "expected"), CASES, ids=[f"{c[0]}: {c[1]}" for c in CASES])
def test_a_bad_book_is_reported_with_its_place(write_book, good, name, wrong, changes, expected):
    problems = "\n".join(map(str, CHECKS[name](write_book(changed(good, changes)))))
    if expected:
        assert expected in problems
    else:
        assert problems == ""


def test_a_claim_with_its_citation_is_no_orphan(write_book, good):
    changes = {
        EN: ("It may be 3.5", "It may be 3.52"),
        "docs/claims.yml": "- {page: sums, number: 3.52, source: peano}\n",
    }
    assert list(CHECKS["no_orphan_numbers"](write_book(changed(good, changes)))) == []


def test_the_target_of_a_link_says_no_word(write_book):
    """`extra.md#sum` is an address; the reader never sees it."""
    pages = {f"docs/{language}/extra.md": "# [X](sums.md#sum)\n" for language in ("en", "zh")}
    assert list(CHECKS["glossary_terms_are_used_in_both"](write_book(pages))) == []


@pytest.mark.parametrize("name", CHECKS)
def test_a_missing_twin_is_reported_once(write_book, name):
    problems = list(
        map(
            str,
            CHECKS[name](
                write_book(
                    {
                        "docs/en/extra.md": "# Extra\n",
                        "mkdocs.yml": f"nav: [sums.md, glossary.md, extra.md]\n{EXTENSIONS}",
                        "pyproject.toml": '[tool.book]\nlanguages = ["en", "zh"]\nbesides = ["extra", "glossary"]\n',
                    }
                )
            ),
        )
    )
    assert bool(problems) == (name in ("every_page_has_its_twin", "nav_and_pages_agree"))


@pytest.mark.parametrize("said", ["It is a total. It may", "Totals: it may"])
def test_a_second_name_that_is_said_is_no_problem(write_book, good, said):
    table = f"{good[GLOSSARY]}\n| term | also |\n| --- | --- |\n| sum | Total, – |\n"
    book = write_book({GLOSSARY: table, EN: good[EN].replace("It may", said)})
    assert list(CHECKS["second_names_are_said"](book)) == []


def test_a_term_within_a_second_name_is_not_said(write_book, good):
    """Nobody need say the pair of "sum" where a page says "sum of squares", another name of something else."""
    table = f"{good[GLOSSARY]}\n| term | also |\n| --- | --- |\n| sum | sum of squares |\n"
    said = {
        EN: "# Totals\n\nA sum of squares.\n",
        ZH: "# 总\n\n平方。\n",
    }
    assert list(CHECKS["glossary_terms_are_used_in_both"](write_book({**said, GLOSSARY: table}))) == []
    assert list(
        CHECKS["glossary_terms_are_used_in_both"](write_book({**said, GLOSSARY: table, EN: "# Totals\n\nA sum.\n"}))
    )


def test_another_word_may_be_told_once_as_what_others_say(write_book, good):
    for said, many in (("这叫并列，也叫打平。", 0), ("两个数打平，也叫打平。", 1)):
        book = write_book({ZH: good[ZH].replace("\n[Peano]", f"\n{said}\n\n[Peano]", 1)})
        assert len([p for p in CHECKS["each_language_is_written_as_it_should_be"](book) if "打平" in str(p)]) == many


def test_titles_among_the_sources_are_not_ours(write_book, good):
    said = (
        good["docs/en/sums.md"]
        .replace("# Sums", "# Totals")
        .replace("sum {", "total {")
        .replace("**sum**", "**total**")
    )
    pages = {"docs/zh/sums.md": good["docs/zh/sums.md"].replace("得和", "").replace("**和**", "**总数**")}
    title = '\n\n## Sources { #sources }\n\n"Sum".\n'
    assert not list(CHECKS["glossary_terms_are_used_in_both"](write_book(pages | {"docs/en/sums.md": said + title})))
    assert list(
        CHECKS["glossary_terms_are_used_in_both"](write_book(pages | {"docs/en/sums.md": said + '\n\n"Sum".\n'}))
    )


FOLDED = (
    f'![a](figures/sums/two.svg)\n\n??? code "The code"\n\n    {FENCE}python\n    --8<-- "sums/two.py"\n    {FENCE}\n\n'
)
OUTPUT = f'    {FENCE}{{.text .no-copy}}\n    --8<-- "sums/two.out"\n    {FENCE}\n'


def test_a_figure_may_stand_above_the_fold_around_its_listing(write_book, good):
    """And the checks that hold the languages, the site and the listings together see it as before."""
    old = good[EN][good[EN].index(f"{FENCE}python") : good[EN].index("!!! notes")]
    pages = {name: good[name].replace(old, FOLDED + OUTPUT + "\n") for name in (EN, ZH)}
    book = write_book({**pages, "docs/theme/figures/sums/two.svg": "<svg/>"})
    assert {name: list(map(str, check(book))) for name, check in CHECKS.items() if list(check(book))} == {}


ACCEPTED = {
    "a formula in an item": "- $$\n    c = d\n    $$\n",
    "a fence in an item": f"- item\n\n    {FENCE}console\n    make\n    {FENCE}\n",
    "a fence around a fence": f"{FENCE}`markdown\n{FENCE}python\nprint(1)\n{FENCE}\n{FENCE}`\n",
    "a fence of tildes": f"~~~console\n{FENCE}\n~~~\n",
    "attributes in any order": "### Third { .x #third }\n",
    "a reference in code": "`[](#eq-other)` and `$x` and `\\[`\n",
    "an empty line in a fence": f"{FENCE}console\na\n\nb\n{FENCE}\n",
    "tabs": '=== "A"\n\n    one\n\n=== "B"\n\n    two\n',
    "a box beside the text": '!!! note inline end "Side"\n\n    Words.\n',
    "dollars": "A price of \\$5 and then \\$10, or $5 and then.\n",
    "a pipe in a cell": "| a | b |\n| --- | --- |\n| `x | y` | $p \\mid q$ |\n",
    "a quotation": "> Words, $x$.\n",
    "a rule": "Words.\n\n---\n\nMore.\n",
    "a comment": "<!-- ## not a heading -->\n",
    "an id in HTML": '<span id="here"></span> [x](#here)\n',
}


@pytest.mark.parametrize("form", ACCEPTED)
def test_forms_that_all_readers_know_are_accepted(write_book, good, form):
    pages = {name: good[name] + "\n" + ACCEPTED[form] for name in (EN, ZH)}
    book = write_book(pages)
    assert {name: list(map(str, check(book))) for name, check in CHECKS.items() if list(check(book))} == {}


def test_a_mark_in_front_of_a_page_and_ends_of_another_system_change_nothing(write_book, good):
    pages = {name: "\ufeff" + text.replace("\n", "\r\n") for name, text in good.items() if name == EN}
    book = write_book()
    for name, text in pages.items():
        (book.root / name).write_bytes(text.encode())
    assert {name: list(map(str, check(book))) for name, check in CHECKS.items() if list(check(book))} == {}


def test_a_book_of_one_language_without_a_package_has_all_checks_that_apply(tmp_path, good):
    from dlbook.book.layout import Book

    files = {name: text for name, text in good.items() if "zh" not in name and name != "pyproject.toml"}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf8")
    book = Book(tmp_path)
    assert book.languages == ("en",)
    assert {name: list(map(str, check(book))) for name, check in CHECKS.items() if list(check(book))} == {}
    (tmp_path / EN).write_text(good[EN].replace("\\label{sum}", "\\label{total}"), "utf8")
    first = next(CHECKS["every_labelled_equation_is_tested"](book))
    assert str(first).startswith("docs/en/sums.md:7")
