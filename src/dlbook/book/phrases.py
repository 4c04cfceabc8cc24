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
    "proof_chapters": "chapters",
    "proof_blocks": "blocks of code, each run and compared",
    "proof_formulas": "formulas, each with its test",
    "proof_figures": "figures drawn by code",
    "proof_languages": "languages",
    "level": "level {level} of 3",
    "code": "The code that draws this",
    "hint": "Hint",
    "caption": "**Figure {number}.** {caption}",
    "notebook": "This notebook is the chapter [{title}]({address}). It needs Python and the package `{package}`: the next cell installs"
    " it where it is missing. Recorded figures show once you run the cells, or trust the notebook (in JupyterLab, the shield at"
    " the bottom). Solutions are folded: click on the three dots to open one. A cell that begins with the name of"
    " a file is source of the package. Change it and run it; a cell below uses yours once you take the name out of its imports.",
    "stale": "changed since its output was recorded; to record it: make record PAGE={page}",
    "ran_for": "ran for {seconds} s",
    "work": "{title}, by {by}. {licence}. Changes: {changes}.",
    "work_named": "{title}, by {by}, {licence}.",
    "promises": "| Promise | Kept by | Looks at | Last run |",
    "each_change": "with each change",
    "on_a_gpu": "on a machine with a GPU",
    "last_runs": "The tests run before a change is published, so the day is that of the last change."
    " A listing that takes minutes was last run on {day}.",
    "count_blocks": "{many} blocks",
    "count_texts": "{many} texts",
    "count_figures": "{many} figures",
    "count_formulas": "{many} formulas",
    "count_tests": "{many} tests",
    "count_numbers": "{many} numbers",
    "count_claims": "{many} from elsewhere",
    "count_twins": "{many} pages in pairs",
    "count_elements": "{many} parts of them",
    "count_pages": "{many} pages",
    "letters": "Terms by their first letter",
    "works_here": "Works of others: {works} See [reuse and cite]({page}).",
    "check": "Check yours: `dlbook check {chapter} {number} {file}`. The file defines {define}: {gives}.",
    "yours": "Fill this in and run it: it says what is right.",
    "and": " and ",
    "colon": ": ",
    "comma": ", ",
    "nothing": "nothing",
    "hours": "{n}\u00a0h",
    "minutes": "{n}\u00a0min",
    "types_its_time": r"\b(?:takes?|needs?)\b[^.]*\b(?:hours?|minutes)\b",
    "together": "*together*",
    "timetable": "session|chapters|to read",
    "symbol": "symbol",  # what the first column of a table of symbols is called
    "map": "Map of the chapters. From each chapter a line leads down to the chapters that need it.",
    "map_needs": "{title}. Read before it: {needs}.",
    "map_free": "{title}. It needs no other chapter.",
    "contents": "Contents",
    "solutions": "Solutions",
    "guess": r"\b[Gg]uess\b",
    "solution_on": "Solution: page {page}",
    "beyond": "## Beyond the notes { #beyond }\n\n| Chapters that the notes do not have |\n| --- |",
    "chapter": """---
description: what the chapter is about, in one line of the list on the home page
question: What question does it answer?
needs: [{needs}]
---
# {title} {{ #{name} }}

By the end of this chapter you can …

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
    "proof_chapters": "章",
    "proof_blocks": "段代码，段段运行、核对",
    "proof_formulas": "个公式，个个有测试",
    "proof_figures": "张图，都由代码画出",
    "proof_languages": "种语言",
    "level": "难度 {level}/3",
    "code": "画这幅图的代码",
    "hint": "提示",
    "caption": "**图 {number}** {caption}",
    "notebook": "这个笔记本（notebook）就是[{title}]({address})一章。运行它，要有 Python 和 `{package}` 包：缺这个包的话，下一个单元格会装上。"
    "记录下来的图，运行单元格之后，或者信任这个笔记本（JupyterLab 里点底部的盾牌）之后才显示。解答是折叠的，点三个点就能展开。第一行是文件名的单元格，是包的源码：改一改，运行它，再从后面单元格的 import 里去掉这个名字，用的就是你的版本。",
    "stale": "改过以后还没有重新记录输出；要记录，运行 make record PAGE={page}",
    "ran_for": "运行了 {seconds} 秒",
    "work": "{title}，作者 {by}。{licence}。{changes}。",
    "work_named": "{title}，作者 {by}，{licence}。",
    "promises": "| 承诺 | 由谁守着 | 查多少 | 上次运行 |",
    "each_change": "每次改动",
    "on_a_gpu": "有 GPU 的机器上",
    "last_runs": "改动发布之前都要跑一遍测试，所以表里写的是最后一次改动的日子。要跑几分钟的代码，最近一次是在 {day} 跑的。",
    "count_blocks": "{many} 个代码块",
    "count_texts": "{many} 段文字",
    "count_figures": "{many} 幅图",
    "count_formulas": "{many} 个公式",
    "count_tests": "{many} 个测试",
    "count_numbers": "{many} 个数字",
    "count_claims": "{many} 个引自别处",
    "count_twins": "{many} 对页面",
    "count_elements": "{many} 个部分",
    "count_pages": "{many} 个页面",
    "letters": "按拼音首字母查术语",
    "works_here": "他人作品：{works}见[转载与引用]({page})。",
    "check": "检验你的答案：`dlbook check {chapter} {number} {file}`。文件里定义 {define}：{gives}。",
    "yours": "填上你的答案再运行，就知道哪里对、哪里不对。",
    "and": " 和 ",
    "colon": "：",
    "comma": "、",
    "nothing": "无",
    "hours": "{n}\u00a0小时",
    "minutes": "{n}\u00a0分钟",
    "types_its_time": r"[要需花用]了?[^。]*(?:小时|分钟|刻钟)",
    "together": "*合计*",
    "timetable": "次|章|阅读",
    "symbol": "符号 记号",
    "map": "章节图。每一章有一条线，往下连到需要它的各章。",
    "map_needs": "{title}。先读：{needs}。",
    "map_free": "{title}。不需要先读别的章节。",
    "contents": "目录",
    "solutions": "解答",
    "guess": "先猜",
    "solution_on": "解答见第 {page} 页",
    "beyond": "## 笔记之外 { #beyond }\n\n| 笔记里没有的章节 |\n| --- |",
    "chapter": """---
description: 这一章讲什么，一行话，会出现在首页的目录里
question: 它回答什么问题？
needs: [{needs}]
---
# {title} {{ #{name} }}

学完这一章，你能……

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
