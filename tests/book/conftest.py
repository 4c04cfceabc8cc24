"""Small books, good and bad, for the engine's own tests."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dlbook.book.layout import Book

FENCE = "```"
GOOD = {
    "conftest.py": 'pytest_plugins = ["dlbook.book.pytest_plugin"]\n',
    "pytest.ini": "[pytest]\naddopts = --markdown-docs --markdown-docs-syntax=superfences\npythonpath = src\n",
    "mkdocs.yml": "nav: [sums.md, glossary.md]\n",
    "mkdocs.zh.yml": "nav: [{加: sums.md}, {词: glossary.md}]\n",
    "src/sums.py": "# --8<-- [start:add]\ndef add(a, b):\n    return a + b\n# --8<-- [end:add]\n",
    "snippets/sums/two.py": "from sums import add\n\nprint('sum', add(1, 2.5))\n",
    "snippets/sums/two.out": "sum 3.5\n",
    "tests/test_sums.py": "import pytest\n\n\n@pytest.mark.equation('sum')\ndef test_sum():\n    assert 1 + 2 == 3\n",
    "docs/en/sums.md": (
        "# Sums\n\n## Adding { #adding }\n\nA **sum** is $a+b$. It may be 3.5, says [Peano](#peano).\n\n"
        "$$\na + b \\text{ is it}\n\\label{sum}\n$$\n\n"
        f'{FENCE}python\n--8<-- "sums/two.py"\n{FENCE}\n\n{FENCE}{{.text .no-copy}}\n--8<-- "sums/two.out"\n{FENCE}\n\n'
        f'!!! notes "In the notes"\n\n    {FENCE}{{.python title="src/sums.py"}}\n    --8<-- "src/sums.py:add"\n    {FENCE}\n\n'
        "[Peano](https://example.org){ #peano }\n"
    ),
    "docs/zh/sums.md": (
        "# 加法\n\n## 相加 { #adding }\n\n**和**（sum）就是 $a+b$，见 [Peano](#peano)。\n\n"
        "$$\na + b \\text{ 即是}\n\\label{sum}\n$$\n\n"
        f'{FENCE}python\n--8<-- "sums/two.py"\n{FENCE}\n\n{FENCE}{{.text .no-copy}}\n--8<-- "sums/two.out"\n{FENCE}\n\n'
        f'!!! notes "笔记里"\n\n    {FENCE}{{.python title="src/sums.py"}}\n    --8<-- "src/sums.py:add"\n    {FENCE}\n\n'
        "[Peano](https://example.org){ #peano }\n"
    ),
    "docs/en/glossary.md": "# Glossary\n\n| English | 中文 | meaning |\n| --- | --- | --- |\n| sum | 和 | total |\n",
    "docs/zh/glossary.md": "# 词汇\n\n| English | 中文 | 含义 |\n| --- | --- | --- |\n| sum | 和 | 总数 |\n",
}


@pytest.fixture
def write_book(tmp_path: Path) -> Callable[..., Book]:
    """Make a good small book; arguments override or, with None, leave out files."""

    def write(files: dict[str, str | None] | None = None) -> Book:
        for name, text in {**GOOD, **(files or {})}.items():
            if text is not None:
                (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / name).write_text(text, "utf8")
        return Book(tmp_path)

    return write


@pytest.fixture
def run_pytest() -> Callable[..., str]:
    """Run pytest on a small book as people do; return what it printed."""

    def run(book: Book, *arguments: str) -> str:
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST", "DLBOOK"))}
        environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # hypothesis alone takes a second to import
        plugins = ["-p", "pytest_markdown_docs.plugin", "-p", "xdist.plugin", "-p", "no:cacheprovider"]
        command = [sys.executable, "-m", "pytest", *plugins, "docs", *arguments]
        done = subprocess.run(command, cwd=book.root, env=environment, capture_output=True, text=True, encoding="utf8")
        return done.stdout + done.stderr

    return run


@pytest.fixture
def good() -> dict[str, str]:
    """The files of the good small book."""
    return GOOD
