"""`python -m dlbook.book.check`: what a writer types after each paragraph."""

import subprocess
import sys
from dataclasses import dataclass

import pytest

from dlbook.book import check
from dlbook.book.layout import Book

CONFIG = "site_name: Sums\nsite_url: http://localhost/\ndocs_dir: docs/{0}\nplugins: []\ntheme: {{name: null, custom_dir: docs/theme}}\n"
FENCE = "```"
pytestmark = pytest.mark.looks_at("src/dlbook/book/**/*.py")


@pytest.fixture
def book(write_book, good, monkeypatch):
    """A small book in a Git repository of its own, all of it committed and run once."""
    extensions = (
        good["mkdocs.yml"]
        + "  pymdownx.snippets: { base_path: [!relative $config_dir/snippets, !relative $config_dir], check_paths: true }\n  dlbook.book.markdown.formulas: {}\n"
    )
    book = write_book(
        {
            "mkdocs.yml": extensions + CONFIG.format("en"),
            "mkdocs.zh.yml": "INHERIT: mkdocs.yml\nnav: [{加: sums.md}, {词: glossary.md}]\ndocs_dir: docs/zh\n",
            "docs/theme/main.html": "{{ page.content }}",
            ".gitignore": ".cache/\n__pycache__/\n",
        }
    )
    for command in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "one"],
    ):
        subprocess.run(["git", *command], cwd=book.root, check=True)
    return book


@dataclass
class Done:
    returncode: int
    stdout: str


@pytest.fixture
def run(book, capfd, run_pytest, monkeypatch):
    def quick(book, names):
        said = run_pytest(book, *names)
        print(said)
        return int(" failed" in said)

    def run(*pages):
        status = check.check(book, [book.root / page for page in pages])
        return Done(status, capfd.readouterr().out)

    monkeypatch.setattr(check, "run_pytest", quick)
    return run


def edit(book, name, old, new):
    path = book.root / name
    text = path.read_text("utf8")
    assert old in text
    path.write_text(text.replace(old, new), "utf8")


def test_a_book_without_changes_passes(run):
    done = run()
    assert (done.returncode, done.stdout) == (0, "0 problems; all checks, and the pages looked at: none has changed\n")


def test_an_edit_is_looked_at_and_its_listings_run_once(book, run):
    edit(book, "docs/en/sums.md", "It may", "It really may")
    first = run()
    assert "listings on cpu: 2 run" in first.stdout
    assert "the pages looked at: docs/en/sums.md\n" in first.stdout
    second = run()
    assert "listings on cpu" not in second.stdout
    assert (first.returncode, second.returncode) == (0, 0)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("docs/en/sums.md", "It may", "It 5.678 may", "docs/en/sums.md:5: 5.678 stands in no output"),
        ("docs/en/sums.md", "$a+b$", "$a+\\foo$", "Unknown command"),
        ("docs/en/sums.md", "It may", "[It](gone.md) may", "gone.md"),
        ("docs/zh/sums.md", "$a+b$", "$a-b$", "formula 1 within the lines of section #adding"),
        ("snippets/sums/two.py", "2.5", "2.6", "snippets/sums/two.py gives something else than recorded"),
        ("snippets/sums/two.out", "3.5", "3.6", "snippets/sums/two.py gives something else than recorded"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(book, run, name, old, new, said):
    edit(book, name, old, new)
    done = run()
    assert done.returncode == 1
    assert said in done.stdout


def test_the_command_ends_with_its_verdict(book):
    edit(book, "docs/zh/sums.md", "$a+b$", "$a-b$")
    command = [sys.executable, "-m", "dlbook.book.check"]
    done = subprocess.run(command, cwd=book.root, capture_output=True, text=True, encoding="utf8")
    assert done.returncode == 1
    assert done.stdout.strip().split("\n")[-1] == "1 problems; all checks, and the pages looked at: docs/zh/sums.md"


def test_a_page_can_be_named(run):
    assert "the pages looked at: docs/zh/sums.md\n" in run("docs/zh/sums.md").stdout


def test_pages_that_show_what_has_changed_are_looked_at_too(book):
    edit(book, "snippets/sums/two.out", "3.5", "3.6")
    assert [book.relative(page) for page in check.changed_pages(book)] == ["docs/en/sums.md", "docs/zh/sums.md"]


def test_without_git_all_pages_are_looked_at(write_book):
    book = write_book()
    assert check.changed_files(Book(book.root)) >= set(book.all_pages())
