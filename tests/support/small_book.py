"""A good small book, for tests that make it bad."""

FENCE = "```"
EXTENSIONS = """markdown_extensions:
  admonition: {}
  attr_list: {}
  md_in_html: {}
  tables: {}
  toc: {}
  pymdownx.details: {}
  pymdownx.superfences: {}
  pymdownx.tabbed: { alternate_style: true }
  pymdownx.arithmatex: { generic: true }
"""
GOOD = {
    "conftest.py": 'pytest_plugins = ["dlbook.book.listings.pytest_plugin"]\n',
    "pytest.ini": "[pytest]\naddopts = --markdown-docs --markdown-docs-syntax=superfences\npythonpath = src\n",
    "pyproject.toml": '[tool.book]\nlanguages = ["en", "zh"]\n',
    "mkdocs.yml": f"nav: [Sums: sums.md, Glossary: glossary.md]\n{EXTENSIONS}",
    "mkdocs.zh.yml": "INHERIT: mkdocs.yml\nnav: [{加: sums.md}, {词: glossary.md}]\n",
    "src/sums.py": "# --8<-- [start:add]\ndef add(a, b):\n    return a + b\n# --8<-- [end:add]\n",
    "snippets/sums/two.py": "from sums import add\n\nprint('sum', add(1, 2.5))\n",
    "snippets/sums/two.out": "sum 3.5\n",
    "tests/test_sums.py": "import pytest\n\n\n@pytest.mark.equation('sum')\ndef test_sum():\n    assert 1 + 2 == 3\n",
    "docs/en/sums.md": (
        "# Sums\n\n## Adding: the sum { #adding }\n\nA **sum** is $a+b$. It may be 3.5, says [Peano](#peano).\n\n"
        "$$\na + b \\text{ is it}\n\\label{sum}\n$$\n\n"
        f'{FENCE}python\n--8<-- "sums/two.py"\n{FENCE}\n\n{FENCE}{{.text .no-copy}}\n--8<-- "sums/two.out"\n{FENCE}\n\n'
        f'!!! notes "In the notes"\n\n    {FENCE}{{.python title="src/sums.py"}}\n    --8<-- "src/sums.py:add"\n    {FENCE}\n\n'
        "[Peano](https://example.org){ #peano }\n"
    ),
    "docs/zh/sums.md": (
        "# 加法\n\n## 相加得和 { #adding }\n\n**和**（sum）就是 $a+b$，见 [Peano](#peano)。\n\n"
        "$$\na + b \\text{ 即是}\n\\label{sum}\n$$\n\n"
        f'{FENCE}python\n--8<-- "sums/two.py"\n{FENCE}\n\n{FENCE}{{.text .no-copy}}\n--8<-- "sums/two.out"\n{FENCE}\n\n'
        f'!!! notes "笔记里"\n\n    {FENCE}{{.python title="src/sums.py"}}\n    --8<-- "src/sums.py:add"\n    {FENCE}\n\n'
        "[Peano](https://example.org){ #peano }\n"
    ),
    "docs/en/glossary.md": (
        "# Glossary\n\n| English | 中文 | meaning |\n| --- | --- | --- |\n| sum | 和 | total, see [sums](sums.md) |\n"
    ),
    "docs/zh/glossary.md": (
        "# 词汇\n\n| English | 中文 | 含义 |\n| --- | --- | --- |\n| sum | 和 | 总数，见[加法](sums.md) |\n"
    ),
}
