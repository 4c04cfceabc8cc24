"""What a page asks for when it is first loaded: no index of the search, the modules of its figures at once, less than plain Material."""

import gzip
import re

import pytest
from browsing import LANGUAGES, PHONE, path_of
from heights import placed

pytestmark = pytest.mark.looks_at("docs/theme/*.*", "docs/theme/widgets/*", "docs/theme/partials/*", "mkdocs*.yml")
INDEX_AT_MOST = 150  # kB, zipped: what the search may take before it is opened
PLAIN = 323  # kB, zipped: the home page in plain Material when the book had 14 chapters; it has grown since
IDLE = "new Promise(done => requestIdleCallback(() => setTimeout(done, 1000)))"


def asked(reader, address: str, path: str) -> list[str]:
    """The files of the site that a page asks for, without a move of the reader."""
    with reader(size=PHONE) as visit:
        visit.page.goto(address + path)
        visit.page.evaluate(IDLE)
        return [url.removeprefix(address).partition("?")[0] for url in visit.requests if url.startswith(address)]


def kilobytes(site, file: str) -> float:
    found = site / file.lstrip("/") / ("index.html" if file.endswith("/") else "")
    data = found.read_bytes() if found.exists() else b""
    return (len(data) if found.suffix == ".woff2" else len(gzip.compress(data, 9))) / 1000


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_search_weighs_little_before_it_is_opened(site, reader, address, language):
    before = asked(reader, address, path_of(language))
    assert sum(kilobytes(site, file) for file in set(before) if "search" in file) <= INDEX_AT_MOST
    assert not [file for file in before if file.endswith("entries.json")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_is_lighter_than_in_plain_material(site, reader, address, language):
    assert sum(kilobytes(site, file) for file in set(asked(reader, address, path_of(language)))) < PLAIN


@pytest.mark.parametrize("name", sorted({*placed().values(), "pooling"}))
def test_modules_of_figures_are_named_in_the_head_and_asked_for_once(site, reader, address, name):
    page = (site / name.replace("index", "") / "index.html").read_text("utf8")
    named = re.findall(r'<link rel="modulepreload" href="(?:\.\./|\./)*([^"]+)"', page)
    own = [file.replace("-", "_") for file in re.findall(r"<dl-([\w-]+)", page)]
    assert sorted(named) == sorted(f"widgets/{file}.mjs" for file in [*(["loader", "figure"] if own else []), *own])
    requests = asked(reader, address, path_of("en", name))
    assert [requests.count(f"/{file}") for file in named] == [1] * len(named)
