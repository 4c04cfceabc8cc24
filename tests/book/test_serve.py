"""Building and serving both languages; a mistake is told and the last good pages stay."""

import os
import subprocess
import sys
import textwrap

import pytest

from dlbook.book import build, serve

CONFIG = "site_name: Sums\ndocs_dir: docs/{0}\nstrict: true\nplugins: []\ntheme: {{name: null, custom_dir: theme}}\n"


@pytest.fixture
def book(write_book):
    files = {
        "theme/main.html": "<body>{{ page.content }}</body>",
        "docs/assets/a.txt": "",
        "mkdocs.yml": CONFIG.format("en"),
    }
    return write_book({**files, "mkdocs.zh.yml": CONFIG.format("zh")})


@pytest.fixture
def builder(book, tmp_path):
    return serve.Builder(book, tmp_path / "served", "http://127.0.0.1:1/")


def test_both_languages_are_built_into_one_site(book, tmp_path):
    build.build(book, tmp_path / "site")
    assert "Adding" in (tmp_path / "site/sums/index.html").read_text("utf8")
    assert "相加" in (tmp_path / "site/zh/sums/index.html").read_text("utf8")


def test_a_warning_stops_the_build(book, tmp_path):
    (book.docs / "zh/sums.md").write_text("[gone](gone.md)\n", "utf8")
    with pytest.raises((SystemExit, Exception), match="1 warnings"):
        build.build(book, tmp_path / "site")


def touch(path, text):
    path.write_text(text, "utf8")
    later = path.stat().st_mtime + 5
    os.utime(path, (later, later))


def test_an_edit_builds_its_language_alone(builder, book, monkeypatch):
    builder.build()
    built = []
    monkeypatch.setattr(serve, "build_language", lambda _, language, target, **__: built.append(language))
    builder.build()
    assert built == []
    touch(book.docs / "zh/sums.md", "# 新\n")
    builder.build()
    assert built == ["zh"]
    touch(book.snippets / "sums/two.py", "print(2)\n")
    builder.build()
    assert built == ["zh", "en", "zh"]


def test_a_mistake_leaves_the_last_good_page(builder, book, caplog):
    builder.build()
    page = builder.site / "sums/index.html"
    touch(book.docs / "en/sums.md", "[gone](gone.md)\n")
    builder.rebuild()
    assert "Adding" in page.read_text("utf8")
    assert "last good pages" in caplog.text
    touch(book.docs / "en/sums.md", "# Mended\n")
    builder.rebuild()
    assert "Mended" in page.read_text("utf8")


def test_addresses_are_derived_from_the_two_that_are_set(monkeypatch):
    for name in ("DLBOOK_SITE_URL_ZH", "DLBOOK_EDIT_URI", "DLBOOK_EDIT_URI_ZH"):
        monkeypatch.setenv(name, "x")  # so that it is put back afterwards
        monkeypatch.delenv(name)
    monkeypatch.setenv("DLBOOK_SITE_URL", "https://example.org/dlbook/")
    monkeypatch.setenv("DLBOOK_REPOSITORY", "https://example.org/r")
    build.set_addresses()
    assert os.environ["DLBOOK_SITE_URL_ZH"] == "https://example.org/dlbook/zh/"
    assert os.environ["DLBOOK_EDIT_URI_ZH"] == "https://example.org/r/edit/main/docs/zh/"


def test_pages_are_built_without_torch_and_without_numpy():
    """Importing what builds pages imports neither."""
    code = """
        import sys
        sys.modules.update(torch=None, numpy=None, matplotlib=None, pytest=None)
        import dlbook.book.serve, dlbook.book.checks_page, dlbook.book.formulas, dlbook.book.images
        import dlbook.book.light_code, dlbook.book.source_links
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, encoding="utf8"
    )
    assert done.returncode == 0, done.stderr
