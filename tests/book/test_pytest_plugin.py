"""The plugin at work: small books run by pytest as people run it."""

import json
import shutil

import pytest

from dlbook.book.listings.pytest_plugin import choose_device

pytestmark = pytest.mark.looks_at("src/dlbook/book/**/*")
FENCE = "```"


def page(*blocks: str) -> str:
    """A page of code blocks; "raises: sums/x.py" gives the block a class."""
    parts = []
    for block in blocks:
        kind, _, include = block.rpartition(": ")
        parts.append(f'{FENCE}{{.python {kind}}}\n--8<-- "{include}"\n{FENCE}\n')
    return "# Page\n\n" + "\n".join(parts)


def listing(name: str, code: str, out: str | None = "", **more: str | None) -> dict[str, str | None]:
    """A page with one listing, and its files."""
    kind = more.pop("kind", "")
    return {
        f"docs/en/{name}.md": page(f"{kind}: sums/{name}.py"),
        f"snippets/sums/{name}.py": code,
        f"snippets/sums/{name}.out": out,
    }


BAD = {
    **listing("stale", "print('now 2')\n", "now 1\n"),
    **listing("unseeded", "import torch\n\nprint(torch.rand(1))\n", "tensor([0.5])\n"),
    **listing("crash", "from sums import add\n\nadd(1, 'a')\n"),
    **listing("too_good", "print('no error')\n", "no error\n", kind=".raises"),
    **listing(
        "type_error", "import sums\nsums.n = getattr(sums, 'n', 0) + 1\nif sums.n == 1:\n    raise TypeError('once')\n"
    ),
    **listing("silent", "x = 1\n", "something\n"),
    **listing("unrecorded", "print('new')\n", None),
    **listing("two_figures", "import matplotlib.pyplot as plt\n\nplt.figure()\nplt.figure()\n"),
    **listing("warns", "import warnings\n\nwarnings.warn('old way')\n"),
    **listing("leaves", "import sys\n\nprint('so far')\nsys.exit('enough')\n", "so far\n"),
    **listing("wrong_syntax", "x = (1,\n", ""),
    "docs/en/no_import.md": f'# Page\n\n{FENCE}{{.python title="src/lacks.py"}}\n--8<-- "src/lacks.py:f"\n{FENCE}\n',
    "src/lacks.py": "# --8<-- [start:f]\nvalue = undefined_name\n# --8<-- [end:f]\n",
    "docs/en/literal.md": f"# Page\n\n{FENCE}python\nprint(1)\n{FENCE}\n",
    "docs/en/missing.md": page(": sums/nothing.py"),
    "docs/en/boxed.md": f'# Page\n\n=== "Tab"\n\n    1. item\n\n        {FENCE}python\n        --8<-- "sums/stale.py"\n        {FENCE}\n',
}


@pytest.fixture
def bad_report(write_book, run_pytest):
    return run_pytest(write_book(BAD), "-rf")


def test_each_fault_is_named_with_its_place(bad_report):
    for expected in (
        "docs/en/stale.md:3: snippets/sums/stale.py gives something else than recorded",
        "--- recorded\nnow 1\n--- now\nnow 2\n---",
        "docs/en/unseeded.md:3: snippets/sums/unseeded.py",
        'docs/en/crash.md:3: sums/crash.py failed\nTraceback (most recent call last):\n  File "snippets/sums/crash.py", line 3',
        'src/sums.py", line 3, in add\n    return a + b',
        "unsupported operand type(s) for +: 'int' and 'str'",
        "docs/en/too_good.md:3: sums/too_good.py must fail (.raises), and ran without an error",
        "docs/en/type_error.md:3: sums/type_error.py failed",
        "docs/en/silent.md:3: snippets/sums/silent.py",
        "docs/en/unrecorded.md:3: snippets/sums/unrecorded.py",
        "docs/en/two_figures.md:3: sums/two_figures.py draws 2 figures; a listing draws at most one",
        "docs/en/warns.md:3: sums/warns.py failed",
        "docs/en/leaves.md:3: sums/leaves.py failed",
        "SystemExit: enough",
        "docs/en/wrong_syntax.md:3: sums/wrong_syntax.py failed",
        "docs/en/no_import.md:3: src/lacks.py:f uses undefined_name, which its module does not define",
        "docs/en/literal.md:3: a python fence holds one include and nothing else, found 'print(1)'",
        "docs/en/missing.md:3: sums/nothing.py",
        "docs/en/boxed.md:7: snippets/sums/stale.py",
    ):
        assert expected in bad_report
    assert "15 failed, 4 passed" in bad_report


def test_a_good_book_passes_and_the_second_language_is_free(write_book, run_pytest):
    report = run_pytest(write_book())
    assert "4 passed" in report
    assert "listings on cpu: 2 run, 2 cached, 0 recorded" in report


def test_only_what_depends_on_a_change_runs_again(write_book, run_pytest):
    book = write_book({"src/unused.py": "x = 1\n", **listing("alone", "print('alone')\n", "alone\n")})
    run_pytest(book)
    for name in ("docs/en/sums.md", "src/unused.py"):  # prose, and a module that nothing imports
        with (book.root / name).open("a") as file:
            file.write("\n")
    assert "listings on cpu: 0 run, 5 cached" in run_pytest(book)
    source = book.root / "src/sums.py"
    source.write_text(source.read_text().replace("a + b", "a - b"))
    report = run_pytest(book)
    assert "listings on cpu: 2 run, 3 cached" in report  # "alone" imports nothing
    assert "docs/zh/sums.md:12: snippets/sums/two.py" in report
    assert "--- now\nsum -1.5" in report
    source.write_text(source.read_text().replace("a - b", "a + b"))
    assert "listings on cpu: 1 run, 4 cached" in run_pytest(book)  # the block of add() itself is as first kept
    assert "listings on cpu: 5 run, 0 cached" in run_pytest(book, "--no-listing-cache")


def test_record_writes_what_is_stale_and_nothing_else(write_book, run_pytest):
    book = write_book(
        {
            **listing("new", "print('new')\n", None),
            **listing("gone", "x = 1\n", "something\n"),
            **listing("edge", "print('value 0.1234')\n", "value 0.1235\n"),
            **listing("wrong", "raise ValueError('no')\n", "kept\n"),
            **listing("fails", "raise ValueError('on purpose')\n", None, kind=".raises"),
        }
    )
    before = (book.root / "snippets/sums/two.out").stat().st_mtime_ns
    report = run_pytest(book, "--record")
    snippets = book.root / "snippets/sums"
    assert (snippets / "new.out").read_text() == "new\n"
    assert not (snippets / "gone.out").exists()
    assert (snippets / "edge.out").read_text() == "value 0.1234\n"  # recording is exact
    assert (snippets / "wrong.out").read_text() == "kept\n"
    assert (snippets / "fails.out").read_text() == "ValueError: on purpose\n"
    assert (snippets / "two.out").stat().st_mtime_ns == before
    assert "1 failed" in report
    assert "4 recorded" in report


def test_record_says_what_it_wrote_and_what_is_on_no_page_yet(write_book, run_pytest):
    book = write_book({**listing("new", "print('new')\n", None), "snippets/sums/later.py": "print('later')\n"})
    report = run_pytest(book, "--record")
    assert "recorded snippets/sums/new.out\n" in report
    assert "on no page yet, so not run: snippets/sums/later.py" in report
    assert "new.py" not in report.split("on no page yet")[1]


def test_a_line_that_returns_to_its_start_is_recorded_as_it_ends(write_book, run_pytest):
    code = "for i in range(3):\n    print('step', i, end='\\r')\nprint()\n"
    book = write_book(listing("bar", code, None))
    assert "1 recorded" in run_pytest(book, "--record")
    assert (book.snippets / "sums/bar.out").read_text() == "step 2\n"
    assert "0 recorded" in run_pytest(book, "--record", "--no-listing-cache")
    assert "5 passed" in run_pytest(book)


def test_a_file_that_a_listing_reads_is_part_of_what_it_depends_on(write_book, run_pytest):
    module = "from pathlib import Path\n\nwords = Path(__file__).with_name('words.txt').read_text\n"
    book = write_book(
        {
            "src/reading/__init__.py": "",
            "src/reading/books.py": module,
            "src/reading/words.txt": "one two\n",
            **listing("count", "from reading.books import words\n\nprint(len(words().split()))\n", "2\n"),
        }
    )
    assert "5 passed" in run_pytest(book)
    assert "0 run, 5 cached" in run_pytest(book)
    (book.source / "reading/words.txt").write_text("one two three\n")
    report = run_pytest(book)
    assert "listings on cpu: 1 run, 4 cached" in report
    assert "--- now\n3\n---" in report


def test_a_module_in_a_folder_of_the_package_is_part_of_it_too(write_book, run_pytest):
    book = write_book(
        {
            "src/deep/__init__.py": "",
            "src/deep/down/__init__.py": "",
            "src/deep/down/there.py": "x = 1\n",
            **listing("deep", "from deep.down.there import x\n\nprint(x)\n", "1\n"),
        }
    )
    run_pytest(book)
    (book.source / "deep/down/there.py").write_text("x = 2\n")
    assert "docs/en/deep.md:3: snippets/sums/deep.py" in run_pytest(book)


def test_on_the_machine_that_recorded_every_digit_counts(write_book, run_pytest):
    book = write_book(listing("pi", "print(3.14159)\n", "3.14160\n"))
    assert "numbers compared to one unit of the last place: snippets/recorded_on.json is not there" in run_pytest(book)
    assert "5 passed" in run_pytest(book)
    run_pytest(book, "--record")  # of the whole book: it says where it was made
    stamp = book.snippets / "recorded_on.json"
    assert json.loads(stamp.read_text())["threads"] == "1"
    assert "to one unit" not in run_pytest(book)
    (book.snippets / "sums/pi.out").write_text("3.14160\n")
    assert "docs/en/pi.md:3: snippets/sums/pi.py gives something else than recorded" in run_pytest(book)
    stamp.write_text(json.dumps({**json.loads(stamp.read_text()), "processor": "another"}))
    assert "recorded another" in run_pytest(book)
    assert "5 passed" in run_pytest(book)


def test_recording_a_page_does_not_say_that_the_whole_book_was_recorded_here(write_book, run_pytest):
    book = write_book(listing("pi", "print(3.14159)\n", None))
    assert "1 recorded" in run_pytest(book, "--record", "docs/en/pi.md")
    assert not (book.snippets / "recorded_on.json").exists()


def test_record_refuses_luck(write_book, run_pytest):
    book = write_book(listing("luck", "import torch\n\nprint(torch.rand(1))\n", None))
    assert "gives another output each time; is a seed missing?" in run_pytest(book, "--record")
    assert not (book.root / "snippets/sums/luck.out").exists()


def test_steps_share_a_namespace_and_record_by_section(write_book, run_pytest):
    steps = "# --8<-- [start:one]\nx = 1\nprint(x)\n# --8<-- [end:one]\n# --8<-- [start:two]\nprint(x + 1)\n# --8<-- [end:two]\n"
    book = write_book(
        {
            "docs/en/steps.md": page(": sums/steps.py:one", "continuation: sums/steps.py:two"),
            "snippets/sums/steps.py": steps,
        }
    )
    assert "2 recorded" in run_pytest(book, "--record")
    recorded = (book.root / "snippets/sums/steps.out").read_text()
    assert recorded == "# --8<-- [start:one]\n1\n# --8<-- [end:one]\n# --8<-- [start:two]\n2\n# --8<-- [end:two]\n"
    assert "6 passed" in run_pytest(book)
    assert "6 passed" in run_pytest(book, "--no-listing-cache", "-k", "steps or sums")


def test_recording_runs_each_step_twice_not_all_of_them_for_each(write_book, run_pytest):
    step = "# --8<-- [start:{0}]\nwith open('log', 'a') as log:\n    print('{0}', file=log)\nprint('{0}')\n# --8<-- [end:{0}]\n"
    book = write_book(
        {
            "docs/en/steps.md": page(
                ": sums/steps.py:one", *(f"continuation: sums/steps.py:{name}" for name in ("two", "three"))
            ),
            "snippets/sums/steps.py": "".join(map(step.format, ("one", "two", "three"))),
        }
    )
    assert "3 recorded" in run_pytest(book, "--record")
    assert (book.root / "log").read_text().split() == ["one", "one", "two", "two", "three", "three"]


def test_a_figure_is_recorded_and_compared(write_book, run_pytest):
    code = "import matplotlib.pyplot as plt\n\nplt.plot([0, 1], [0, 1])\nplt.show()\n"
    book = write_book(listing("line", code, None))
    assert "1 recorded" in run_pytest(book, "--record")
    figure = book.figures / "sums/line.svg"
    assert "var(--c0)" in figure.read_text()
    (book.snippets / "sums/line.py").write_text(code.replace("[0, 1])", "[0, 2])"))
    assert "stale docs/theme/figures/sums/line.svg" in run_pytest(book)
    figure.unlink()
    assert "a figure is drawn now" in run_pytest(book)


def test_times_may_vary_words_may_not(write_book, run_pytest):
    book = write_book(
        listing("speed", "print('took 2.5 s, faster: True')\n", "took 1.5 s, faster: True\n", kind=".timed")
    )
    assert "5 passed" in run_pytest(book)
    (book.snippets / "sums/speed.out").write_text("took 1.5 s, faster: False\n")
    assert "1 failed" in run_pytest(book)


@pytest.mark.parametrize(("load", "said"), [(99.0, "1 failed"), (0.3, "recorded snippets/sums/speed.out")])
def test_times_are_recorded_on_a_quiet_machine(write_book, run_pytest, load, said):
    """Those of some pages were twenty times too long once: the machine did other things while it recorded."""
    book = write_book(listing("speed", "print('took 2.5 s')\n", None, kind=".timed"))
    with (book.root / "conftest.py").open("a") as conftest:
        conftest.write(f"\nimport os\n\nos.getloadavg = lambda: ({load}, 0, 0)\n")
    report = run_pytest(book, "--record")
    assert said in report
    assert ("this one has 99.0 things to do on" in report) == (load > 9)
    assert (book.snippets / "sums/speed.out").exists() == (load < 9)


def test_a_damaged_cache_entry_is_not_believed(write_book, run_pytest):
    book = write_book()
    run_pytest(book)
    for file in (book.root / ".cache/listings").glob("*.json"):
        entry = json.loads(file.read_text())
        file.write_text(json.dumps({**entry, "files": {"src/gone.py": "0"}}))
    assert "2 run, 2 cached" in run_pytest(book)
    shutil.rmtree(book.root / ".cache")


def test_device(monkeypatch, write_book, run_pytest):
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert choose_device("cpu") == choose_device("auto") == "cpu"
    with pytest.raises(pytest.UsageError, match=r"--device cuda: torch .* finds no such device here"):
        choose_device("cuda")
    with pytest.raises(pytest.UsageError, match="expected one of cpu, cuda, mps, auto"):
        choose_device("tpu")


def test_record_and_workers_do_not_mix(write_book, run_pytest):
    assert "--record writes files: run it without -n" in run_pytest(write_book(), "--record", "-n", "2")
