"""The words of pages that are generated, in each language that the engine knows; others get them in English."""

ENGLISH = {
    "reference": """# {title}: reference

What the chapter [{title}](../{name}.md) builds, from the docstrings of the package.
{front_door}
{entries}
""",
    "front_door": """
Import these from `{module}`, the others from the module that they stand in: {names}.
""",
    "checks": """# {title}: tests of the formulas

Each numbered formula of [{title}](../{name}.md), with the tests that hold it to the code.

[[equation-tests {name}]]
""",
    "code": "The code that draws this",
    "caption": "**Figure {number}.** {caption}",
    "notebook": "This notebook is the chapter [{title}]({address}). It needs Python and the package `{package}`: the next cell installs"
    " it where it is missing. Recorded figures show once you run the cells, or trust the notebook (in JupyterLab, the shield at"
    " the bottom). Solutions are folded: click on the three dots to open one. A cell that begins with the name of"
    " a file is source of the package. Change it and run it; a cell below uses yours once you take the name out of its imports.",
    "stale": "changed since its output was recorded; to record it: make record PAGE={page}",
    "ran_for": "ran for {seconds} s",
    "work": "{title}, by {by}. {licence}. Changes: {changes}.",
    "work_named": "{title}, by {by}, {licence}.",
    "works_here": "Works of others: {works} See [reuse and cite]({page}).",
    "colon": ": ",
    "comma": ", ",
    "nothing": "nothing",
    "contents": "Contents",
    "solutions": "Solutions",
    "solution_on": "Solution: page {page}",
    "beyond": "## Beyond the notes { #beyond }\n\n| Chapters that the notes do not have |\n| --- |",
    "chapter": """---
description: what the chapter is about, in one line of the list on the home page
question: What question does it answer?
needs: [{needs}]
---
# {title} {{ #{name} }}

By the end of this chapter you can … It takes about … minutes.

## The idea {{ #idea }}

The picture first, then the idea in words, then the formula with a symbol table.

```python
--8<-- "{name}/first_look.py"
```

```{{.text .no-copy}}
--8<-- "{name}/first_look.out"
```

## From scratch {{ #scratch }}

## In PyTorch {{ #torch }}

## An experiment {{ #experiment }}

## What it costs {{ #cost }}

## A mistake {{ #mistake }}

## Exercises {{ #exercises }}

## Sources {{ #sources }}
""",
}
CHINESE = {
    "reference": """# {title}：参考手册

[{title}](../{name}.md)一章写出的函数和类，取自代码里的文档字符串（英文）。
{front_door}
<div lang="en" markdown="1">

{entries}

</div>
""",
    "front_door": """
下面这些从 `{module}` 导入，其余的从各自所在的模块导入：{names}。
""",
    "checks": """# {title}：公式的检验

[{title}](../{name}.md)里每个带编号的公式，都由下面的测试与代码对照。

[[equation-tests {name}]]
""",
    "code": "画这幅图的代码",
    "caption": "**图 {number}** {caption}",
    "notebook": "这个笔记本（notebook）就是[{title}]({address})一章。运行它，要有 Python 和 `{package}` 包：缺这个包的话，下一个单元格会装上。"
    "记录下来的图，运行单元格之后，或者信任这个笔记本（JupyterLab 里点底部的盾牌）之后才显示。解答是折叠的，点三个点就能展开。第一行是文件名的单元格，是包的源码：改一改，运行它，再从后面单元格的 import 里去掉这个名字，用的就是你的版本。",
    "stale": "改过以后还没有重新记录输出；要记录，运行 make record PAGE={page}",
    "ran_for": "运行了 {seconds} 秒",
    "work": "{title}，作者 {by}。{licence}。{changes}。",
    "work_named": "{title}，作者 {by}，{licence}。",
    "works_here": "他人作品：{works}见[转载与引用]({page})。",
    "colon": "：",
    "comma": "、",
    "nothing": "无",
    "contents": "目录",
    "solutions": "解答",
    "solution_on": "解答见第 {page} 页",
    "beyond": "## 笔记之外 { #beyond }\n\n| 笔记里没有的章节 |\n| --- |",
    "chapter": """---
description: 这一章讲什么，一行话，会出现在首页的目录里
question: 它回答什么问题？
needs: [{needs}]
---
# {title} {{ #{name} }}

学完这一章，你能……大约需要……分钟。

## 想法 {{ #idea }}

先看图，再用话说清楚，然后写公式，附上符号表。

```python
--8<-- "{name}/first_look.py"
```

```{{.text .no-copy}}
--8<-- "{name}/first_look.out"
```

## 从零写起 {{ #scratch }}

## 在 PyTorch 里 {{ #torch }}

## 做个实验 {{ #experiment }}

## 开销 {{ #cost }}

## 一个错误 {{ #mistake }}

## 练习 {{ #exercises }}

## 参考资料 {{ #sources }}
""",
}
LANGUAGES = {"en": ENGLISH, "zh": CHINESE}


def of(language: str) -> dict[str, str]:
    """The words of a language."""
    return LANGUAGES.get(language, ENGLISH)
