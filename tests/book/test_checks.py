"""Each check of the whole book, shown to fail on a small book made bad for it."""

import pytest

from dlbook.book.checks import CHECKS

FENCE = "```"
EN, ZH = "docs/en/sums.md", "docs/zh/sums.md"

# check: [(what is wrong, {file: (old, new) | text | None}, the problem as reported)]
GLOSSARY, ROW = "docs/en/glossary.md", "| sum | 和 | total |\n"
BAD = {
    "every_page_has_its_twin": [
        ("no twin", {"docs/en/extra.md": "# Extra\n"}, "docs/en/extra.md:1: has no twin docs/zh/extra.md"),
        ("only a twin", {"docs/zh/extra.md": "# 多\n"}, "docs/zh/extra.md:1: has no twin docs/en/extra.md"),
    ],
    "nav_and_pages_agree": [
        ("page not in nav", {"docs/en/extra.md": "# Extra\n"}, "mkdocs.yml:1: nav lacks extra.md"),
        ("nav without page", {"mkdocs.yml": ("sums.md", "sums.md, gone.md")}, "mkdocs.yml:1: nav names gone.md"),
        (
            "other order",
            {"mkdocs.zh.yml": "nav: [glossary.md, {加: [sums.md]}]\n"},
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
        ("table", {"docs/zh/glossary.md": ("| sum | 和 | 总数 |\n", "")}, "docs/zh/glossary.md:4: the end of the page"),
        ("figure", {EN: ("\n[Peano]", "\n![a](figures/a.svg)\n\n[Peano]")}, "has image 'figures/a.svg'"),
    ],
    "every_heading_has_an_id": [
        ("no id", {EN: (" { #adding }", "")}, "docs/en/sums.md:3: heading 'Adding' has no { #id }")
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
    "every_fence_is_collected": [
        (
            "a fence that pytest-markdown-docs does not see",
            {EN: (f"{FENCE}python\n", f'{FENCE}text\n{FENCE}python\n--8<-- "sums/two.py"\n{FENCE}\n{FENCE}python\n')},
            "docs/en/sums.md:1: 3 python fences are written, 2 are run",
        )
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
            {"docs/assets/figures/sums/two.svg": "<svg/>"},
            "docs/en/sums.md:12: the recorded figure figures/sums/two.svg",
        ),
    ],
    "nothing_is_left_over": [
        ("listing", {"snippets/sums/old.py": "x = 1\n"}, "snippets/sums/old.py:1: no page shows sums/old.py"),
        ("output", {"snippets/sums/old.out": "1\n"}, "snippets/sums/old.out:1: no page shows sums/old.out"),
        (
            "figure",
            {"docs/assets/figures/sums/old.svg": "<svg/>"},
            "docs/assets/figures/sums/old.svg:1: no page shows this figure",
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
    "citations_have_their_source": [
        ("dead link", {ZH: ("](#peano)", "](#giuseppe)")}, "docs/zh/sums.md:5: #giuseppe leads nowhere")
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
            "term '和' is bold, its English pair is not, in section #adding",
        ),
        ("bold twice", {EN: ("It may", "A **sum** may")}, "docs/en/sums.md:1: term 'sum' is bold 2 times"),
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
    "glossary_terms_are_used_in_both": [
        (
            "other word",
            {ZH: ("**和**", "总计")},
            "docs/zh/sums.md:1: sums.md says 'sum' in English, never '和' in Chinese",
        )
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
    assert expected in problems


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
                write_book({"docs/en/extra.md": "# Extra\n", "mkdocs.yml": "nav: [sums.md, glossary.md, extra.md]\n"})
            ),
        )
    )
    assert bool(problems) == (name in ("every_page_has_its_twin", "nav_and_pages_agree"))


def test_titles_among_the_sources_are_not_ours(write_book, good):
    said = good["docs/en/sums.md"].replace("# Sums", "# Totals").replace("A **sum** is", "A **total** is")
    pages = {"docs/zh/sums.md": good["docs/zh/sums.md"].replace("**和**", "**总数**")}
    title = '\n\n## Sources { #sources }\n\n"Sum".\n'
    assert not list(CHECKS["glossary_terms_are_used_in_both"](write_book(pages | {"docs/en/sums.md": said + title})))
    assert list(
        CHECKS["glossary_terms_are_used_in_both"](write_book(pages | {"docs/en/sums.md": said + '\n\n"Sum".\n'}))
    )
