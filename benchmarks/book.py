"""How quick the workshop is, as ratios measured side by side in one run: `python benchmarks/book.py`.

The old side is commit c0a6c2a, checked out into a temporary folder with an environment of its own. Times alternate, old
and new; the median of the ratios is printed. CPU seconds are those of all processes that a command starts, the browser's
among them, read from /proc (Linux). `--only build serve check` leaves out what takes long (`cold` runs both test suites from nothing: half an hour).
"""

import argparse
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
OLD = "c0a6c2a"
TICK = os.sysconf("SC_CLK_TCK")
BARE = """site_name: bare
docs_dir: docs
theme: {{ name: material, font: false }}
markdown_extensions:
  admonition: {{}}
  attr_list: {{}}
  def_list: {{}}
  md_in_html: {{}}
  tables: {{}}
  toc: {{ permalink: true }}
  pymdownx.details: {{}}
  pymdownx.highlight: {{ pygments_lang_class: true, auto_title: false }}
  pymdownx.superfences: {{}}
  pymdownx.tabbed: {{ alternate_style: true }}
  pymdownx.snippets: {{ base_path: [{snippets}, {root}], check_paths: true, dedent_subsections: true }}
  pymdownx.arithmatex: {{ generic: true }}
"""


@dataclass
class Spent:
    """What a command took: seconds on the clock, seconds of all processors, megabytes of all its processes at once."""

    wall: float
    cpu: float
    memory: float


class Watch(threading.Thread):
    """Adds up what all descendants of a process use, those too that their parents do not wait for."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.family, self.used, self.most, self.over = {pid}, {}, 0.0, False

    def run(self) -> None:
        while not self.over:
            self.look()
            time.sleep(0.5)
        self.look()

    def look(self) -> None:
        parents, now = {}, 0.0
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                with suppress(OSError, IndexError, ValueError):
                    fields = (entry / "stat").read_text().rpartition(")")[2].split()
                    parents[int(entry.name)] = int(fields[1]), (int(fields[11]) + int(fields[12])) / TICK
        grown = True
        while grown:  # children of children
            new = {pid for pid, (parent, _) in parents.items() if parent in self.family} - self.family
            grown, self.family = bool(new), self.family | new
        for pid in self.family & parents.keys():
            self.used[pid] = parents[pid][1]
            with suppress(OSError, AttributeError):
                rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
                now += int(re.search(r"^Pss:\s+(\d+)", rollup, re.M)[1]) / 1024
        self.most = max(self.most, now)


def run(command: list[str], folder: Path, may_fail: bool = False, **environment: str) -> Spent:
    """Run a command to its end; one that may fail has still taken its time.

    Raises:
        RuntimeError: it failed; the message ends with what it said.
    """
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+", encoding="utf8") as said:
        process = subprocess.Popen(command, cwd=folder, env=settings(**environment), stdout=said, stderr=said)
        watch = Watch(process.pid)
        watch.start()
        status = process.wait()
        wall = time.perf_counter() - start
        watch.over = True
        watch.join()
        said.seek(0)
        if status and not may_fail:
            raise RuntimeError(f"{' '.join(command)} ended with {status}:\n{said.read()[-3000:]}")
    return Spent(wall, sum(watch.used.values()), watch.most)


def settings(**more: str) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("DLBOOK", "PYTEST", "VIRTUAL"))}
    return {**own, "NO_MKDOCS_2_WARNING": "1", **more}


def python(checkout: Path) -> str:
    return str(checkout / ".venv/bin/python")


def check_out(folder: Path, revision: str) -> Path:
    """A clean checkout with its environment, as the README makes it."""
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    subprocess.run(["git", "checkout", "--quiet", revision], cwd=folder, check=True)
    subprocess.run(["make", ".venv/ready"], cwd=folder, check=True, env=settings(), stdout=subprocess.DEVNULL)
    return folder


def paired(one: Callable[[], Spent], other: Callable[[], Spent], times: int) -> tuple[float, float, float]:
    """Seconds of one and of the other, and the median of their ratios, by turns."""
    pairs = [(one().wall, other().wall) for _ in range(times)]
    return (*(statistics.median(side) for side in zip(*pairs, strict=True)), statistics.median(a / b for a, b in pairs))


def tell(what: str, new: float, old: float, ratio: float, goal: float, unit: str = "s") -> None:
    verdict = "reached" if ratio <= goal else "NOT reached"
    print(f"{what:58} {new:9.2f} {unit:2} {old:9.2f} {unit:2} {ratio:7.3f}  goal {goal:5.3f}  {verdict}", flush=True)


# What is measured


def build(new: Path, old: Path, folder: Path, times: int) -> None:
    """The English book against the bare theme with the same chapters; and how both grow."""
    bare = folder / "bare"
    (bare / "docs").mkdir(parents=True)
    for page in (new / "docs/en").glob("*.md"):
        shutil.copy(page, bare / "docs")
    (bare / "mkdocs.yml").write_text(BARE.format(snippets=new / "snippets", root=new), "utf8")
    ours = partial(english, new, new, folder / "en")
    plain = partial(run, [python(new), "-m", "mkdocs", "build"], bare)
    ours(), plain()
    tell("English build / bare Material of the same chapters", *paired(ours, plain, times), 1.5)
    large = partial(english, new, doubled(new, folder / "twice"), folder / "en2")
    large()
    tell("build of twice the chapters / build of these", *paired(large, ours, times), 2.1)


def english(checkout: Path, book: Path, site: Path) -> Spent:
    """Build the English site of a book with the environment of a checkout."""
    command = [python(checkout), "-m", "dlbook.book.build", "--language", "en", "--site-dir", str(site)]
    return run(command, book, PYTHONPATH=str(book / "src"))


def doubled(checkout: Path, target: Path) -> Path:
    """The book with each chapter a second time under another name: page, module, listings, tests, figures."""
    ignored = shutil.ignore_patterns(".venv", ".cache", "site", ".git")
    shutil.copytree(checkout, target, ignore=ignored)
    config = (target / "mkdocs.yml").read_text("utf8")
    names = [
        path.stem
        for path in sorted((target / "docs/en/reference").glob("*.md"))
        if (target / f"docs/en/{path.stem}.md").exists()
    ]
    for name in names:
        for path in (f"docs/en/{name}.md", f"docs/en/reference/{name}.md", f"docs/en/checks/{name}.md"):
            double(target / path, target / path.replace(f"{name}.md", f"{name}_twice.md"), name)
        for kind in ("", "reference/", "checks/"):
            config = re.sub(
                rf"^( *)- (.*): {kind}{name}\.md$", rf"\g<0>\n\1- \2 (twice): {kind}{name}_twice.md", config, flags=re.M
            )
        double(target / f"tests/test_{name}.py", target / f"tests/test_{name}_twice.py", name)
        shutil.copytree(target / "snippets" / name, target / "snippets" / f"{name}_twice", dirs_exist_ok=True)
        if (target / "docs/theme/figures" / name).exists():
            shutil.copytree(target / "docs/theme/figures" / name, target / "docs/theme/figures" / f"{name}_twice")
        module = target / "src/dlbook" / name
        if module.is_dir():
            shutil.copytree(module, module.with_name(f"{name}_twice"))
        elif module.with_suffix(".py").exists():
            shutil.copy(module.with_suffix(".py"), module.with_name(f"{name}_twice.py"))
    (target / "mkdocs.yml").write_text(config, "utf8")
    return target


def double(source: Path, target: Path, name: str) -> None:
    """A file that says its chapter's second name wherever it says the first; labels of formulas get one too."""
    text = source.read_text("utf8")
    text = re.sub(rf'(--8<-- ")({name}/)', rf"\1{name}_twice/", text)
    text = re.sub(rf"((?:src/dlbook|figures)/{name})\b", r"\1_twice", text)
    text = re.sub(rf"(::: dlbook\.{name})\b", r"\1_twice", text)
    text = text.replace(f"equation-tests {name}", f"equation-tests {name}_twice").replace(
        f"(../{name}.md", f"(../{name}_twice.md"
    )
    target.write_text(text, "utf8")


@contextmanager
def served(checkout: Path, port: int):
    log = (checkout / "serve.log").open("w", encoding="utf8")
    command = [python(checkout), "-m", "dlbook.book.serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=checkout, env=settings(), stdout=log, stderr=log)
    try:
        wait_for(f"http://127.0.0.1:{port}/zh/", "", 300)
        time.sleep(2)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()


def wait_for(url: str, text: str, limit: float) -> None:
    end = time.monotonic() + limit
    while time.monotonic() < end:
        with suppress(OSError):
            if text in urllib.request.urlopen(url).read().decode("utf8"):
                return
        time.sleep(0.02)
    raise TimeoutError(f"{url} did not show {text!r} in {limit} s")


def serve(new: Path, old: Path, folder: Path, times: int) -> None:
    """From saving a page to the page in the browser's hands, both served at once, edited by turns."""
    with served(new, 8231) as ours, served(old, 8232) as theirs:
        seconds: dict[str, list[float]] = {"new": [], "old": []}
        for number in range(times):
            for name, checkout, address in (("new", new, ours), ("old", old, theirs)):
                page = checkout / "docs/en/convolution.md"
                before, mark = page.read_text("utf8"), f"mark {number}"
                start = time.monotonic()
                page.write_text(f"{before}\n{mark}\n", "utf8")
                wait_for(f"{address}/convolution/", mark, 120)
                seconds[name].append(time.monotonic() - start)
                page.write_text(before, "utf8")
                time.sleep(15 if name == "old" else 3)
    pairs = list(zip(seconds["new"], seconds["old"], strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    tell(
        "from saving a page to the new page, new / old",
        *(statistics.median(side) for side in zip(*pairs, strict=True)),
        ratio,
        0.15,
    )


def edit(checkout: Path, number: int) -> None:
    page = checkout / "docs/en/lrn.md"
    page.write_text(page.read_text("utf8") + f"\nA sentence, the {'very ' * number}last.\n", "utf8")


def check(new: Path, old: Path, folder: Path, times: int) -> None:
    """After a prose edit, with everything run once: `make check` and `make test` of the new, `make test` of the old."""
    for checkout in (new, old):
        run(["make", "test"], checkout)
    quick, warm = [], []
    for number in range(times):
        for checkout in (new, old):
            edit(checkout, number)
        first = run(["make", "check"], new)
        theirs = run(["make", "test"], old)
        ours = run(["make", "test"], new)
        quick.append((first.wall, theirs.wall))
        warm.append((ours.wall, theirs.wall))
    for what, pairs, goal in (("make check", quick, 0.04), ("make test, warm,", warm, 0.3)):
        ratio = statistics.median(a / b for a, b in pairs)
        sides = (statistics.median(side) for side in zip(*pairs, strict=True))
        tell(f"{what} after a prose edit / make test of the old", *sides, ratio, goal)


def cold(new: Path, old: Path, folder: Path, times: int) -> None:
    """What `.ci/run` runs after it has installed, from nothing: CPU seconds for each chapter, and memory."""
    spent = {}
    for checkout in (new, old):
        shutil.rmtree(checkout / ".cache", ignore_errors=True)
        # a test of the old fails now and then: its tour of the book
        both = run(["sh", "-c", "make lint && make test"], checkout, may_fail=checkout == old, CI="true")
        chapters = sum(
            (checkout / f"docs/en/{path.stem}.md").exists() for path in (checkout / "docs/en/reference").glob("*.md")
        )
        spent[checkout] = both, both.cpu / chapters
        print(
            f"(cold run: {both.cpu:.0f} s of processors for {chapters} chapters, {both.wall:.0f} s on the clock)",
            flush=True,
        )
    (ours, mine), (theirs, his) = spent[new], spent[old]
    tell("cold run, CPU seconds for each chapter, new / old", mine, his, mine / his, 0.45)
    tell(
        "cold run, memory of all processes at once, new / old",
        ours.memory,
        theirs.memory,
        ours.memory / theirs.memory,
        1,
        "MB",
    )


def convolution(new: Path, old: Path, folder: Path, times: int) -> None:
    """The fast convolution of the package: it has a benchmark of its own."""
    print(
        subprocess.run(
            [python(new), "benchmarks/convolution.py"], cwd=new, check=True, capture_output=True, text=True
        ).stdout
    )


PARTS = {part.__name__: part for part in (build, serve, convolution, check, cold)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--times", type=int, default=3, help="how often each is measured")
    options = parser.parse_args()
    print(f"{'what':58} {'new':>12} {'old, or bare':>12}   ratio", flush=True)
    with tempfile.TemporaryDirectory(prefix="dlbook_bench_") as name:
        folder = Path(name)
        new, old = check_out(folder / "new", "HEAD"), check_out(folder / "old", OLD)
        for part in options.only:
            PARTS[part](new, old, folder, options.times)


if __name__ == "__main__":
    sys.exit(main())
