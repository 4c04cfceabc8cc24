"""What is whose: the list of works of others against the packages that bring them, and against the site."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
import sklearn.datasets
import yaml
from bs4 import BeautifulSoup, SoupStrainer
from nbformat import read

import dlbook
from dlbook import data, datasets
from dlbook.book.checks.works import brought_along
from dlbook.book.layout import GENERATED, Book
from dlbook.book.works import Use, shown_on, works

BOOK = Book(Path(__file__).parents[1])
WORKS = works(BOOK)
CREDITS = SoupStrainer(class_="book-credits")  # to read whole pages takes a minute
LICENCES_HERE = {"MIT", "PSF-2.0"}  # of what the package brings along


def test_the_photographs_are_credited_as_their_addresses_say():
    """scikit-learn's own text names one author for both, and leads to two: see the page "Reuse and cite"."""
    told = (Path(sklearn.datasets.__file__).parent / "images/README.txt").read_text("utf8")
    parts = dict(re.findall(r"Image: (\w+)\.jpg\n(.*?)(?=\nImage:|\Z)", told, re.S))
    assert parts.keys() == set(data.PHOTOS) <= WORKS.keys()
    for name, text in parts.items():
        licence, author, source = re.findall(r"^\[\d\] (\S+)", text, re.M)
        about = WORKS[name].about
        assert about["licence_at"] == licence
        assert about["in_full"]
        assert author.rstrip("/").endswith(about["by"])
        assert source.startswith(about["source"])


def test_everything_that_needs_no_download_is_on_the_list():
    """The functions of `dlbook.data` that read something, and the names of the data sets."""
    tree = ast.parse(Path(data.__file__).read_text("utf8"))
    functions = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert functions
    wanted = [Use(f"dlbook.data.{name}", "*") for name in functions]
    wanted += [Use("dlbook.datasets.load", name) for name in datasets.names()]
    wanted += [Use("dlbook.data.photo", name) for name in data.PHOTOS]
    wanted += [Use("dlbook.data.corpus", name) for name in data.CORPORA]
    assert [use for use in wanted if not any(work.is_loaded([use]) for work in WORKS.values())] == []


@pytest.mark.parametrize("language", BOOK.languages)
def test_the_page_lists_each_work_with_all_that_is_to_be_named(site, language):
    page = BOOK.site(site, language) / "reuse/index.html"
    html = BeautifulSoup(page.read_text("utf8"), "html.parser")
    for name, work in WORKS.items():
        item = html.find(id=f"work-{name}").find_parent("li")
        said, links = item.get_text(), [link["href"] for link in item.find_all("a")]
        for key in ("title", "by", "licence", "changes"):
            assert work.word(key, language) in said, (name, key)
        assert links == [work.about[key] for key in ("source", "licence_at") if key in work.about]


@pytest.mark.parametrize("language", BOOK.languages)
def test_each_page_and_its_notebook_end_with_the_works_that_they_show(site, language):
    there, credited = BOOK.site(site, language), 0
    for page in BOOK.pages(language):
        if page.parts[0] in GENERATED:
            continue
        found = shown_on(BOOK, BOOK.docs / language / page)
        name = page.with_suffix("").as_posix()
        file = there / ("index.html" if name == "index" else f"{name}/index.html")
        lines = BeautifulSoup(file.read_text("utf8"), "html.parser", parse_only=CREDITS).select(".book-credits")
        assert bool(lines) == bool(found), page
        notebook = there / f"notebooks/{name}.ipynb"
        texts = [lines[0].get_text()] if lines else []
        texts += [read(notebook, 4).cells[-1].source] if notebook.exists() and found else []
        for text in texts:
            assert all(work.word("by", language) in text for work in found), page
            assert all(work.word("licence", language) in text for work in found), page
        if lines:
            leads = [link["href"] for link in lines[0].find_all("a")]
            for work in (work for work in found if work.about.get("in_full")):
                assert {work.about["source"], work.about["licence_at"]} <= set(leads)
                assert work.word("changes", language) in lines[0].get_text()
            assert (file.parent / leads[-1]).resolve() == (there / "reuse").resolve()
        credited += bool(found)
    assert credited >= 20


def test_every_page_leads_to_what_may_be_done_with_it(site):
    for file in site.rglob("*.html"):
        text = file.read_text("utf8")
        foot = text[text.rindex('<div class="md-copyright"') :]
        link = BeautifulSoup(foot, "html.parser").select_one(".md-copyright a")
        assert link["href"].endswith("reuse/"), file


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_the_picture_of_the_readme_names_its_author(readme):
    text = (BOOK.root / readme).read_text("utf8")
    (figure,) = re.findall(r"\(docs/theme/figures/(\S+)\.svg\)", text)
    from dlbook.book.works import uses_in

    uses = uses_in(BOOK.snippets / f"{figure}.py")
    shown = [work for work in WORKS.values() if work.is_loaded(uses)]
    assert shown
    for work in shown:
        assert all(work.about[key] in text for key in ("by", "source", "licence", "licence_at"))


def test_a_file_that_carries_a_photo_names_its_author():
    for work in (WORKS[name] for name in data.PHOTOS):
        for file in work.files:
            text = (BOOK.root / file).read_text("utf8")
            assert all(work.about[key] in text for key in ("by", "source", "licence"))
    assert all(WORKS[name].about["by"] in data.photo.__doc__ for name in data.PHOTOS)


def test_the_package_says_the_licences_of_what_it_brings_along():
    project = tomllib.loads((BOOK.root / "pyproject.toml").read_text("utf8"))["project"]
    inside = [work for work in WORKS.values() if any(file.startswith("src/") for file in work.files)]
    named = {work.about["licence"] for work in inside if isinstance(work.about["licence"], str)}
    assert named <= LICENCES_HERE
    assert project["license"].split(" AND ") == sorted(LICENCES_HERE)
    beside = [BOOK.relative(file) for file in brought_along(BOOK) if "LICENSE" in file.name or file.name == "OFL.txt"]
    assert set(beside) < set(project["license-files"])
    assert all((BOOK.root / file).exists() for file in project["license-files"])


def test_the_ways_to_cite_agree():
    cited = yaml.safe_load((BOOK.root / "CITATION.cff").read_text("utf8"))
    assert cited["version"] == dlbook.__version__
    assert cited["license"] == "MIT"
    (author,) = cited["authors"]
    for language in BOOK.languages:
        page = (BOOK.docs / language / "reuse.md").read_text("utf8")
        bibtex = dict(re.findall(r"^  (\w+)\s*= \{(.*)\},$", page, re.M))
        assert bibtex == {
            "author": f"{{{author['name']}}}",
            "title": cited["title"],
            "version": cited["version"],
            "url": cited["repository-code"],
        }
        assert f"{author['name']}. {cited['title']}. Version {cited['version']}. {cited['repository-code']}" in page
