"""Names of the package in the prose lead to the reference, and only those."""

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown
from mkdocs_page import FilePage

from dlbook.book.layout import Book
from dlbook.book.markdown.api_links import public_names, treated

FILES = {
    "pyproject.toml": '[tool.book]\npackage = "dlbook"\n',
    "src/dlbook/sums.py": "def add(a, b): ...\n\ndef _hidden(): ...\n\nclass Sum: ...\n",
    "src/dlbook/carry/__init__.py": "from dlbook.carry.digits import carry\n\n__all__ = ['carry']\n",
    "src/dlbook/carry/digits.py": "def carry(a): ...\n\ndef borrow(a): ...\n",
    "src/dlbook/carry/_refusals.py": "def refuse(a): ...\n",
    "src/dlbook/alone.py": "def lonely(): ...\n",
    "src/dlbook/__init__.py": "def device(): ...\n",
    "docs/en/reference/sums.md": "# Sums\n\n::: dlbook.sums\n",
    "docs/en/reference/carry.md": "# Carry\n\n::: dlbook.carry.digits\n",
    "docs/en/reference/data.md": "::: dlbook\n    options: 1\n",
}


@pytest.fixture
def book(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf8")
    return Book(tmp_path)


@pytest.fixture
def links(book):
    def render(text, page="other.md"):
        md = Markdown(
            extensions=["pymdownx.superfences", "pymdownx.details", "dlbook.book.markdown.api_links"],
            extension_configs={"dlbook.book.markdown.api_links": {"root": str(book.root)}},
        )
        md.treeprocessors.register(FilePage(page), "relpath", 0)
        soup = BeautifulSoup(md.convert(text), "html.parser")
        return {link.get_text(): link["href"] for link in soup.select("a.api")}

    return render


@pytest.mark.parametrize("text", ["`dlbook.sums.add`", "`sums.add`", "`sums.add(1, 2)`", "`dlbook.sums.Sum`"])
def test_a_name_in_full_is_a_link(links, text):
    name = text.strip("`")
    full = "dlbook.sums.Sum" if "Sum" in text else "dlbook.sums.add"
    assert links(f"See {text}, then.") == {name: f"reference/sums.md#{full}"}


def test_a_lone_name_is_a_link_where_a_listing_imports_it(links):
    listing = "1. a list\n\n    ```python\n    from dlbook.sums import (\n        Sum,\n        add,\n    )\n    ```\n"
    assert links(f"Use `add` or `add(1, 2)`, not `Sum`.\n\n{listing}") == {
        "add": "reference/sums.md#dlbook.sums.add",
        "add(1, 2)": "reference/sums.md#dlbook.sums.add",
    }


def test_a_lone_name_is_a_link_on_its_own_page(links):
    assert set(links("`add` and `carry` and `_hidden` and `Sum`", page="sums.md")) == {"add"}
    assert links("`carry` and `borrow` and `refuse`", page="carry.md") == {
        "carry": "reference/carry.md#dlbook.carry.digits.carry",
        "borrow": "reference/carry.md#dlbook.carry.digits.borrow",
    }
    assert links("`add` and `carry`") == {}


def test_a_name_at_the_front_door_leads_to_where_it_is_defined(book, links):
    for written in ("dlbook.carry.carry", "carry.carry", "dlbook.carry.digits.carry"):
        assert links(f"`{written}`") == {written: "reference/carry.md#dlbook.carry.digits.carry"}
    assert treated(book.docs / "en/reference") == {
        "dlbook.sums": "sums",
        "dlbook.carry.digits": "carry",
        "dlbook": "data",
    }


def test_a_name_of_a_module_without_a_reference_page_stays(links):
    assert links("`dlbook.alone.lonely`") == {}


def test_the_way_back_from_a_folder_is_kept(links):
    assert links("`dlbook.device()`", page="labs/one.md") == {"dlbook.device()": "../reference/data.md#dlbook.device"}


@pytest.mark.parametrize("text", ["`torch.add`", "`add`", "`sums.subtract`", "[`sums.add`](x.md)", "# `sums.add`"])
def test_other_names_links_and_headings_stay(links, text):
    assert links(text) == {}


def test_the_name_of_a_fold_has_no_link_and_what_is_in_it_has(links):
    assert links('??? source "Source: `sums.Sum`"\n\n    `sums.add`') == {
        "sums.add": "reference/sums.md#dlbook.sums.add"
    }


def test_the_reference_does_not_link_to_itself(links):
    assert links("`dlbook.sums.add`", page="reference/sums.md") == {}


def test_a_new_function_is_known_without_a_restart(book):
    assert "dlbook.sums.more" not in public_names(book)
    file = book.package / "sums.py"
    file.write_text(FILES["src/dlbook/sums.py"] + "\ndef more(): ...\n", "utf8")
    assert "dlbook.sums.more" in public_names(book)
