"""Names of the package in the prose lead to the reference, and only those."""

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown

from dlbook.book.api_links import public_names, treated

SOURCE = {
    "sums.py": "def add(a, b): ...\n\ndef _hidden(): ...\n\nclass Sum: ...\n",
    "sums_carry.py": "def carry(a): ...\n",
    "__init__.py": "def device(): ...\n",
}


class FilePage:
    """Stands for MkDocs' tree processor, which knows the page."""

    def __init__(self, name):
        self.file = type("File", (), {"src_uri": name})

    def run(self, root):
        return None


@pytest.fixture
def source(tmp_path):
    for name, text in SOURCE.items():
        (tmp_path / name).write_text(text, "utf8")
    return tmp_path


REFERENCE = {
    "sums.md": "# Sums\n\n::: dlbook.sums\n\n::: dlbook.sums_carry\n",
    "data.md": "::: dlbook\n    options: 1\n",
}


@pytest.fixture
def reference(source):
    for name, text in REFERENCE.items():
        (source / "reference").mkdir(exist_ok=True)
        (source / "reference" / name).write_text(text, "utf8")
    return source / "reference"


@pytest.fixture
def links(source, reference):
    def render(text, page="other.md"):
        md = Markdown(
            extensions=["pymdownx.superfences", "dlbook.book.api_links"],
            extension_configs={"dlbook.book.api_links": {"source": str(source), "reference": str(reference)}},
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
    assert set(links("`add` and `carry` and `_hidden` and `Sum`", page="sums.md")) == {"add", "carry"}
    assert links("`add` and `carry`") == {}


def test_a_module_beside_a_chapter_stands_on_its_page(reference, links):
    assert links("`dlbook.sums_carry.carry`") == {
        "dlbook.sums_carry.carry": "reference/sums.md#dlbook.sums_carry.carry"
    }
    assert treated(reference) == {"dlbook.sums": "sums", "dlbook.sums_carry": "sums", "dlbook": "data"}


def test_the_way_back_from_a_folder_is_kept(links):
    assert links("`dlbook.device()`", page="labs/one.md") == {"dlbook.device()": "../reference/data.md#dlbook.device"}


@pytest.mark.parametrize("text", ["`torch.add`", "`add`", "`sums.subtract`", "[`sums.add`](x.md)", "# `sums.add`"])
def test_other_names_links_and_headings_stay(links, text):
    assert links(text) == {}


def test_the_reference_does_not_link_to_itself(links):
    assert links("`dlbook.sums.add`", page="reference/sums.md") == {}


def test_a_new_function_is_known_without_a_restart(source):
    assert "dlbook.sums.more" not in public_names(source)
    file = source / "sums.py"
    file.write_text(SOURCE["sums.py"] + "\ndef more(): ...\n", "utf8")
    assert "dlbook.sums.more" in public_names(source)
