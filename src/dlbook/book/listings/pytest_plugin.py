"""The pytest plugin: every listing of every page runs and is compared with its recording.

pytest-markdown-docs finds the fences; this runs them. A fence holds an include and nothing else, so
what it collects as source is a chain of include lines: those of the steps before, then the block's own.
"""

import gc
import os
from collections import Counter
from pathlib import Path
from typing import Any, ClassVar

import pytest
from pytest_markdown_docs._runners import DefaultRunner, register_runner
from pytest_markdown_docs.definitions import FenceTestDefinition
from pytest_markdown_docs.plugin import MarkdownInlinePythonItem

from dlbook.book.layout import Book
from dlbook.book.listings.cache import Cache
from dlbook.book.listings.collecting import pytest_markdown_docs_markdown_it as pytest_markdown_docs_markdown_it
from dlbook.book.listings.includes import Include
from dlbook.book.listings.ledger import LONG, SHOWN_FROM, Ledger
from dlbook.book.listings.machine import busy, stamp, unlike
from dlbook.book.listings.recordings import Recording
from dlbook.book.listings.running import Interpreter, Result
from dlbook.book.markdown import pages

OUTCOMES = ("run", "cached", "recorded", "taken from their ledger")
BUDGET = "DLBOOK_BUDGET"  # how many times longer than written comparisons run; dlbook.experiment reads it


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --record, --device, --long, --budget and --no-listing-cache."""
    group = parser.getgroup("dlbook", "the book's listings")
    group.addoption("--record", action="store_true", help="rewrite the recordings that are stale, and nothing else")
    group.addoption("--device", default="cpu", help="where listings compute: cpu (default), cuda, mps, or auto")
    group.addoption("--long", action="store_true", help="run the listings marked .long, too, whatever their ledgers say")
    budget = "run the comparisons only, with so many times the steps; fail where a verdict turns round"
    group.addoption("--budget", type=int, default=1, help=budget)
    group.addoption("--no-listing-cache", action="store_true", help="run every listing, whatever was run before")


def pytest_configure(config: pytest.Config) -> None:
    """Choose the device, and hand the runner its book."""
    config.addinivalue_line("markers", "equation(label): tests the formula with this label")
    os.environ["MPLBACKEND"] = "svg"
    use_one_thread()
    os.environ["DLBOOK_DEVICE"] = choose_device(str(config.getoption("--device")))
    if config.getoption("--record") and config.getoption("numprocesses", None):
        raise pytest.UsageError("--record writes files: run it without -n")
    if config.getoption("--budget") != 1:
        if config.getoption("--record"):
            raise pytest.UsageError("--record writes what the book says at its own budget: run it without --budget")
        os.environ[BUDGET] = str(config.getoption("--budget"))
    ListingRunner.start(config)


def use_one_thread() -> None:
    """One thread for each process: the workers are the parallel part, and threads that wait for each other are slow."""
    import torch

    torch.set_num_threads(1)
    os.environ["OMP_NUM_THREADS"] = "1"  # for the processes that the tests start


def choose_device(name: str) -> str:
    """The device to compute on; fails if it is not there, rather than fall back.

    Raises:
        pytest.UsageError: the device is unknown, or this machine has none.
    """
    import torch

    found = {"cpu": True, "cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    if name == "auto":
        return "cuda" if found["cuda"] else "cpu"
    if name not in found:
        raise pytest.UsageError(f"--device {name}: expected one of cpu, cuda, mps, auto")
    if not found[name]:
        raise pytest.UsageError(f"--device {name}: torch {torch.__version__} finds no such device here")
    if name == "cuda":
        # Recordings are made in full float32. TensorFloat-32 would round convolutions to three digits.
        torch.backends.cudnn.allow_tf32 = False
    return name


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep a chapter on one worker: its steps share an interpreter, its languages their results."""
    for item in items:
        if isinstance(item, MarkdownInlinePythonItem):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


def pytest_collection_finish(session: pytest.Session) -> None:
    """What has been collected stays: no search for garbage need look through it again, least of all while a listing is timed."""
    gc.collect()
    gc.freeze()


class ListingError(Exception):
    """A block failed; the message is all that a reader of the report needs."""


class BookError(Exception):
    """A page holds a block that the book's rules do not allow."""


@register_runner(default=True)
class ListingRunner(DefaultRunner):
    """Runs one block: from the cache if nothing it depends on has changed, else in a fresh interpreter."""

    book: Book
    cache: Cache
    record = use_cache = exact = long = more = fresh = False
    counts: ClassVar[Counter[str]] = Counter()
    written: ClassVar[list[str]] = []

    def __init__(self) -> None:
        # The interpreter that has run some steps, and one that repeats them: a long listing is not run from its start each time.
        self._last: dict[str, tuple[tuple[Include, ...], Interpreter]] = {}

    @classmethod
    def start(cls, config: pytest.Config) -> None:
        cls.book = Book(config.rootpath)
        cls.long, cls.more = config.getoption("--long"), config.getoption("--budget") != 1
        where = [os.environ["DLBOOK_DEVICE"], *([f"budget {os.environ[BUDGET]}"] if cls.more else [])]
        cls.cache = Cache(cls.book, ", ".join(where))
        cls.record = config.getoption("--record")
        cls.use_cache = not config.getoption("--no-listing-cache")
        cls.exact = not unlike(cls.book, os.environ["DLBOOK_DEVICE"])
        cls.counts, cls.written = Counter(), []

    def runtest(self, test: FenceTestDefinition, args: dict[str, Any]) -> None:  # type: ignore[override]
        # Without the `asyncio_runner` keyword the plugin's first call dies at the signature,
        # and a block that raises TypeError is not run a second time.
        page, fence = Path(test.source_path), _fence_at(Path(test.source_path), test.start_line)
        where = f"{self.book.relative(page)}:{fence.line}"
        if fence.include is None:
            raise BookError(f"{where}: a python fence holds one include and nothing else, found {fence.content!r}")
        steps = [include for line in test.source.splitlines() if (include := Include.parse(line))]
        ledger, recording = Ledger(self.book, tuple(steps)), Recording(self.book, steps[-1])
        if self.more:
            self._check_verdicts(steps, recording, where)
        elif LONG in fence.classes and not self.long and not (self.record and ledger.changes()):
            self._check_ledger(ledger, where)
        else:
            result = self._result(steps, where, once=bool({"timed", LONG} & set(fence.classes)))
            self._check_error(result, fence, where)
            self._check_recording(recording, result, where, "timed" in fence.classes)
            self._note_run(ledger, result, fence)

    def _check_ledger(self, ledger: Ledger, where: str) -> None:
        """A long listing is not run again while nothing that it was run from has changed."""
        changes = ledger.changes()
        if changes:
            raise ListingError(f"{where}: {ledger.steps[-1]} must be run again (make record): changed since: {', '.join(changes)}")
        self.counts["taken from their ledger"] += 1

    def _check_verdicts(self, steps: list[Include], recording: Recording, where: str) -> None:
        """No verdict turns round when there is more training; other listings have nothing to say about that."""
        from dlbook.experiment.agreement import turns_round, verdicts_in

        if not verdicts_in(recording.text):
            pytest.skip("no comparison")
        text = self._result(steps, where, once=True).text
        if turns_round(recording.text, text):
            raise ListingError(f"{where}: a verdict turns round\n--- recorded\n{recording.text}--- at a larger budget\n{text}")

    def _note_run(self, ledger: Ledger, result: Result, fence: pages.Fence) -> None:
        """When recording: write the ledger of a listing that takes long, and of one that a page says the time of."""
        shown = result.seconds > SHOWN_FROM and self.fresh and ledger.steps[-1].is_source(self.book) is False
        if self.record and (LONG in fence.classes or shown) and ledger.changes():
            self.written.append(self.book.relative(ledger.write(result, os.environ["DLBOOK_DEVICE"], LONG in fence.classes)))

    def _result(self, steps: list[Include], where: str, once: bool) -> Result:
        try:
            kept = self.cache.get(steps) if self.use_cache else None
            result = kept or self._execute(steps, "first")
            if self.record and not kept and not once:
                self._check_repeats(steps, result, where)
        except (FileNotFoundError, ValueError, SyntaxError) as error:
            raise BookError(f"{where}: {error}") from error
        self.counts["cached" if kept else "run"] += 1
        self.fresh = not kept
        if not kept:
            self.cache.put(steps, result)
        return result

    def _execute(self, steps: list[Include], which: str) -> Result:
        """Run the last step, after the others unless they have just run in this interpreter."""
        *before, own = steps
        ran, interpreter = self._last.pop(which, ((), None))
        if interpreter is None or not before or ran != tuple(before):
            interpreter = Interpreter(self.book)
            for step in before:
                interpreter.run(step)
        result = interpreter.run(own)
        self._last[which] = (tuple(steps), interpreter)
        return result

    def _check_repeats(self, steps: list[Include], result: Result, where: str) -> None:
        found = _differences(self.book, result, self._execute(steps, "second"))
        if found:
            raise ListingError(f"{where}: {steps[-1]} gives another output each time; is a seed missing?\n{found}")

    def _check_error(self, result: Result, fence: pages.Fence, where: str) -> None:
        expected = "raises" in fence.classes
        if result.error and not expected:
            raise ListingError(f"{where}: {fence.include} failed\n{result.error}")
        if expected and not result.error:
            raise ListingError(f"{where}: {fence.include} must fail (.raises), and ran without an error")

    def _check_recording(self, recording: Recording, result: Result, where: str, timed: bool) -> None:
        if self.record:
            if timed and recording.differences(result, timed=True) and (work := busy()):
                raise ListingError(f"{where}: times are recorded on a machine that does nothing else, and this one has {work}")
            written = recording.write(result, timed=timed)
            self.counts["recorded"] += len(written)
            self.written.extend(map(self.book.relative, written))
            return
        found = recording.differences(result, timed=timed, exact=self.exact)
        if found:
            section = f":{recording.include.section}" if recording.include.section else ""
            listing = self.book.relative(recording.include.file(self.book)) + section
            report = "\n".join(found)
            raise ListingError(f"{where}: {listing} gives something else than recorded\n{report}\nIf it is right: make record")

    def repr_failure(
        self, test: FenceTestDefinition, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None
    ) -> str:
        if excinfo.errisinstance((ListingError, BookError)):
            return str(excinfo.value)
        return str(excinfo.getrepr(style="short"))


def _fence_at(page: Path, first_line: int) -> pages.Fence:
    """The fence whose content starts after this line."""
    found = [fence for fence in pages.fences(page) if fence.line == first_line]
    if not found:
        raise BookError(f"{page}:{first_line}: a block is run that no fence of the page holds; see `make check`")
    return found[0]


def _differences(book: Book, first: Result, second: Result) -> str:
    from dlbook.book.listings import figures
    from dlbook.book.listings.comparing import same_text

    if not same_text(first.text, second.text):
        return f"--- first\n{first.text}--- second\n{second.text}"
    drawn = first.figure and second.figure and figures.difference(first.figure, second.figure)
    return drawn or ""


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Add a worker's counts to those of the main process."""
    ListingRunner.counts.update(getattr(node, "workeroutput", {}).get("listings", {}))


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In a worker: send the counts to the main process. When all has been recorded here: say that it was here."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["listings"] = dict(ListingRunner.counts)
    runner = ListingRunner
    if runner.counts and runner.record and exitstatus == 0 and _whole_book(session) and unlike(runner.book, "cpu"):
        runner.written.append(runner.book.relative(stamp(runner.book)))


def _whole_book(session: pytest.Session) -> bool:
    """Whether all pages were asked for, and on the CPU, where recordings are made."""
    asked = {Path(argument).resolve() for argument in session.config.args}
    on_the_cpu = os.environ["DLBOOK_DEVICE"] == "cpu"
    return on_the_cpu and bool(asked & {ListingRunner.book.docs, ListingRunner.book.root})


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many listings ran, how many did not need to, what was written, and how exactly was compared."""
    runner, device = ListingRunner, os.environ["DLBOOK_DEVICE"]
    if not runner.counts:
        return
    counted = ", ".join(f"{runner.counts[name]} {name}" for name in OUTCOMES)
    terminalreporter.write_line(f"listings on {device}: {counted}")
    for name in runner.written:
        terminalreporter.write_line(f"recorded {name}")
    if runner.record:
        for name in on_no_page(runner.book):
            terminalreporter.write_line(f"on no page yet, so not run: {name}", yellow=True)
    elif others := unlike(runner.book, device):
        terminalreporter.write_line(f"numbers compared to one unit of the last place: {'; '.join(others)}")


def on_no_page(book: Book) -> list[str]:
    """The listings that no page includes: they cannot be run or recorded."""
    shown = {include.path for page in book.all_pages() for fence in pages.fences(page) for include in fence.includes if include}
    listings = (file.relative_to(book.snippets).as_posix() for file in sorted(book.snippets.rglob("*.py")))
    return [f"{book.options.snippets}/{name}" for name in listings if name not in shown]
