"""Building and serving all languages; a mistake is told and the last good pages stay."""

import json
import os
import socket
import subprocess
import sys
import textwrap
import zipfile

import pytest
from mkdocs.exceptions import Abort

from dlbook.book import build, serve
from dlbook.book.layout import Book

CONFIG = (
    "site_name: Sums\nsite_url: http://localhost/\ndocs_dir: docs/{0}\nstrict: true\n"
    "plugins: {{{1}}}\ntheme: {{name: {2}, custom_dir: theme}}\nmarkdown_extensions: [attr_list, tables, md_in_html]\n"
    "validation: {{anchors: warn}}\n"
)


@pytest.fixture
def write_site(write_book):
    def write(files=None, plugins="", theme="null"):
        pages = {
            "theme/main.html": "<body>{{ page.content }}</body>",
            "docs/theme/a.txt": "",
            "mkdocs.yml": CONFIG.format("en", plugins, theme),
            "mkdocs.zh.yml": CONFIG.format("zh", plugins, theme),
        }
        return write_book({**pages, **(files or {})})

    return write


@pytest.fixture
def book(write_site):
    return write_site()


@pytest.fixture
def builder(book, tmp_path):
    return serve.Builder(book, tmp_path / "served", "http://127.0.0.1:1/")


def html(folder, page):
    return (folder / page / "index.html").read_text("utf8")


def test_all_languages_are_built_into_one_site(book, tmp_path):
    build.build(book, tmp_path / "site")
    assert "Adding" in html(tmp_path, "site/sums")
    assert "相加" in html(tmp_path, "site/zh/sums")


def test_one_language_can_be_built_alone(book, tmp_path):
    build.build(book, tmp_path / "site", ("en",))
    assert "Adding" in html(tmp_path, "site/sums")
    assert not (tmp_path / "site/zh").exists()


def test_an_offline_site_is_read_from_files(write_site, tmp_path):
    book = write_site(plugins="material/offline: {enabled: !ENV [DLBOOK_OFFLINE, false]}")
    build.build(book, tmp_path / "online")
    assert "Adding" in html(tmp_path, "online/sums")
    build.build(book, tmp_path / "site", offline=True)
    assert "Adding" in (tmp_path / "site/sums.html").read_text("utf8")


def test_a_site_is_packed_into_one_file_the_same_each_time(write_site, tmp_path):
    book = write_site(plugins="material/offline: {enabled: !ENV [DLBOOK_OFFLINE, false]}")
    build.build(book, tmp_path / "site", offline=True)
    for name in ("a", "b"):
        build.pack(tmp_path / "site", tmp_path / name / "sums.zip")
    one, other = (tmp_path / name / "sums.zip" for name in ("a", "b"))
    assert one.read_bytes() == other.read_bytes()
    with zipfile.ZipFile(one) as packed:
        assert {"sums/glossary.html", "sums/sums.html", "sums/zh/sums.html"} <= {*packed.namelist()}
        assert not [name for name in packed.namelist() if name.endswith(".map")]
        assert "Adding" in packed.read("sums/sums.html").decode()


def test_a_warning_stops_the_build_and_the_old_site_stays_whole(book, tmp_path, capfd):
    build.build(book, tmp_path / "site")
    (book.docs / "zh/sums.md").write_text("[gone](gone.md)\n", "utf8")
    with pytest.raises(build.BuildError, match="zh: Aborted with 1 warnings"):
        build.build(book, tmp_path / "site")
    assert "相加" in html(tmp_path, "site/zh/sums")
    assert {path.name for path in tmp_path.iterdir() if path.name.startswith(".site")} == set()
    assert "gone.md" in capfd.readouterr().err


@pytest.mark.parametrize("command", ["build", "serve"])
def test_a_command_outside_of_a_book_says_so_in_one_sentence(tmp_path, command):
    done = subprocess.run(
        [sys.executable, "-m", f"dlbook.book.{command}"], cwd=tmp_path, capture_output=True, text=True, encoding="utf8"
    )
    assert done.returncode == 1
    assert done.stderr.strip().startswith("no book here: neither")
    assert len(done.stderr.strip().split("\n")) == 1


def test_a_failed_build_ends_with_what_is_wrong(book):
    (book.docs / "en/sums.md").write_text("[gone](gone.md)\n", "utf8")
    command = [sys.executable, "-m", "dlbook.book.build", "--language", "en"]
    done = subprocess.run(command, cwd=book.root, capture_output=True, text=True, encoding="utf8")
    assert done.returncode == 1
    assert done.stderr.strip().split("\n")[-1] == "en: Aborted with 1 warnings in strict mode!"
    unknown = subprocess.run([*command[:-1], "fr"], cwd=book.root, capture_output=True, text=True, encoding="utf8")
    assert "--language fr: this book has en, zh" in unknown.stderr


def touch(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    later = (path.stat().st_mtime if path.exists() else 1e9) + 5
    path.write_text(text, "utf8")
    os.utime(path, (later, later))


def watched(builder, monkeypatch):
    """What the builder makes from now on: "en: all" or the names of pages."""
    made = []
    for language, site in builder.sites.items():
        monkeypatch.setattr(site, "build", lambda language=language: made.append(f"{language}: all"))
        monkeypatch.setattr(site, "rebuild", lambda page, language=language: made.append(f"{language}: {page}") or [])
    return made


def test_an_edit_makes_no_more_than_what_shows_it(builder, book, monkeypatch):
    builder.build()
    made = watched(builder, monkeypatch)

    def after(path, text):
        made.clear()
        touch(book.root / path, text)
        builder.build()
        return made

    builder.build()
    assert made == []
    assert after("docs/zh/sums.md", "# 新\n") == ["zh: sums.md"]
    assert after("docs/en/sums.md", '# New\n\n```python\n--8<-- "sums/two.py"\n```\n') == ["en: sums.md"]
    assert after("snippets/sums/two.py", "print(2)\n") == ["en: sums.md"]  # the Chinese page shows it no more
    assert after("docs/en/new.md", "# New\n") == ["en: all"]
    for other in ("src/sums.py", "docs/theme/a.txt", "mkdocs.yml", "tests/test_sums.py"):
        assert after(other, (book.root / other).read_text("utf8") + "\n") == ["en: all", "zh: all"], other
    assert after("mkdocs.zh.yml", CONFIG.format("zh", "", "null")) == ["zh: all"]


def test_a_page_that_is_gone_makes_all_of_its_language_again(builder, book, monkeypatch):
    builder.build()
    made = watched(builder, monkeypatch)
    (book.docs / "zh/glossary.md").unlink()
    builder.build()
    assert made == ["zh: all"]


def test_a_page_made_again_alone_is_the_page_that_a_whole_build_makes(write_site, tmp_path):
    book = write_site(plugins="search: {}", theme="material")
    builder = serve.Builder(book, tmp_path / "served", "http://127.0.0.1:1/")
    builder.build()
    touch(book.docs / "en/sums.md", (book.docs / "en/sums.md").read_text("utf8") + "\nMore of it.\n")
    builder.build()
    whole = serve.Builder(book, tmp_path / "whole", "http://127.0.0.1:1/")
    whole.build()
    assert "More of it." in html(builder.site, "sums") == html(whole.site, "sums")
    found = [
        json.loads((site / "search/search_index.json").read_text("utf8"))["docs"] for site in (builder.site, whole.site)
    ]
    places = [sorted(entry["location"] for entry in entries) for entries in found]
    assert places[0] == places[1]
    assert any("More of it." in entry["text"] for entry in found[0])


def test_a_mistake_leaves_the_last_good_page(builder, book, caplog):
    builder.build()
    for wrong in ("[gone](gone.md)\n", "[gone](glossary.md#gone)\n"):
        touch(book.docs / "en/sums.md", wrong)
        builder.rebuild()
        assert "Adding" in html(builder.site, "sums")
        assert "last good pages" in caplog.text
        caplog.clear()
    touch(book.docs / "en/sums.md", "# Adding, mended\n")
    builder.rebuild()
    assert "mended" in html(builder.site, "sums")


def test_a_mistake_in_what_all_pages_are_made_from_leaves_them_too(builder, book, caplog):
    builder.build()
    good = (book.root / "theme/main.html").read_text("utf8")
    touch(book.root / "mkdocs.yml", CONFIG.format("en", "", "null") + "nav: [gone.md]\n")
    builder.rebuild()
    assert "last good pages" in caplog.text
    touch(book.docs / "en/sums.md", "# Still served\n")
    touch(book.root / "mkdocs.yml", CONFIG.format("en", "", "null"))
    builder.rebuild()
    assert "Still served" in html(builder.site, "sums")
    assert good


def test_a_section_that_others_link_to_is_missed(builder, book):
    touch(book.docs / "en/glossary.md", "# Glossary\n\n[sums](sums.md#adding)\n")
    builder.build()
    touch(book.docs / "en/sums.md", "# No such section\n")
    with pytest.raises(Abort, match="1 "):
        builder.build()


def test_a_taken_address_is_told_before_anything_is_built(book, monkeypatch):
    monkeypatch.setattr(serve, "Builder", None)  # would fail in another way
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=f"cannot serve on 127.0.0.1:{port}: Address already in use. Try --port"):
            serve.serve(book, port=port)


def test_addresses_are_derived_from_the_two_that_are_set(monkeypatch, tmp_path):
    (tmp_path / "pyproject.toml").write_text('[tool.book]\nlanguages = ["en", "zh"]\n', "utf8")
    for name in ("DLBOOK_SITE_URL_ZH", "DLBOOK_EDIT_URI", "DLBOOK_EDIT_URI_ZH"):
        monkeypatch.setenv(name, "x")  # so that it is put back afterwards
        monkeypatch.delenv(name)
    monkeypatch.setenv("DLBOOK_SITE_URL", "https://example.org/dlbook/")
    monkeypatch.setenv("DLBOOK_REPOSITORY", "https://example.org/r")
    build.set_addresses(Book(tmp_path))
    assert os.environ["DLBOOK_SITE_URL_ZH"] == "https://example.org/dlbook/zh/"
    assert os.environ["DLBOOK_EDIT_URI_ZH"] == "https://example.org/r/edit/main/docs/zh/"


def test_pages_are_built_without_torch_and_without_numpy():
    """Importing what builds pages imports neither."""
    code = """
        import sys
        sys.modules.update(torch=None, numpy=None, matplotlib=None, pytest=None)
        import dlbook.book.serve, dlbook.book.markdown.checks_page, dlbook.book.markdown.formulas, dlbook.book.markdown.images
        import dlbook.book.markdown.light_code, dlbook.book.markdown.source_links, dlbook.book.markdown.copies
        import dlbook.book.site.mkdocs_hooks
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, encoding="utf8"
    )
    assert done.returncode == 0, done.stderr
