"""Running a listing as a reader would: alone, in a fresh interpreter, with luck taken out."""

import contextlib
import io
import linecache
import random
import re
import secrets
import sys
import time
import traceback
import types
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dlbook.book.layout import Book
from dlbook.book.listings import figures, opened
from dlbook.book.listings.copies import imports_of
from dlbook.book.listings.includes import Include

MACHINERY = "dlbook.book"


@dataclass(frozen=True)
class Result:
    """What a listing did.

    Attributes:
        text: what it printed; ends with the error's last line if it raised one.
        figure: the SVG it drew, or None.
        error: the traceback from the listing on, or None.
        used: the files that it was made from: the modules of the package that it imported, the data that it read.
        seconds: how long it took.
        megabytes: the most memory that this process held meanwhile, where the system tells.
    """

    text: str
    figure: str | None
    error: str | None
    used: tuple[str, ...] = ()
    seconds: float = 0.0
    megabytes: float = 0.0


class Interpreter:
    """A fresh namespace, with its own import of the package, as a reader's interpreter has."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.main = types.ModuleType("__main__")
        self.modules: dict[str, types.ModuleType] = {}
        self.opened: set[str] = set()

    def run(self, include: Include) -> Result:
        """Run one listing, after those that ran here before."""
        start, out = time.perf_counter(), io.StringIO()
        _forget_peak()
        with self._own_modules(), fresh_state(), contextlib.redirect_stdout(out), opened.noted(self.opened):
            error = self._execute(include)
            drawn = _drawn_figures()
        if len(drawn) > 1:
            raise ValueError(f"{include} draws {len(drawn)} figures; a listing draws at most one")
        text = as_seen(out.getvalue()) + (error.rstrip().splitlines()[-1] + "\n" if error else "")
        seconds = time.perf_counter() - start
        return Result(text, drawn[0] if drawn else None, error, self._used(), seconds, _peak())

    def _execute(self, include: Include) -> str | None:
        """Run it; return the traceback from the listing on, if it raises."""
        file = include.file(self.book)
        name = self.book.relative(file)
        linecache.cache.pop(name, None)
        source = include.in_place(self.book)
        imports = "\n".join(imports_of(self.book, include)) if include.is_source(self.book) else ""
        linecache.cache[name] = (len(source), None, file.read_text("utf-8-sig").splitlines(True), name)
        try:
            exec(imports, self.main.__dict__)
            exec(compile(source, name, "exec", dont_inherit=True), self.main.__dict__)
        except (Exception, SystemExit) as error:
            return _listing_traceback(error, name)
        return None

    @contextlib.contextmanager
    def _own_modules(self) -> Iterator[None]:
        """Hide the test's `dlbook` (and its shape-checking import hook) behind this interpreter's own."""
        others = self._package()
        finders, main = sys.meta_path[:], sys.modules["__main__"]
        _replace_modules(others, self.modules)
        sys.meta_path[:] = [f for f in finders if not type(f).__module__.startswith("jaxtyping")]
        sys.modules["__main__"] = self.main
        try:
            yield
        finally:
            self.modules = self._package()
            _replace_modules(self.modules, others)
            sys.meta_path[:], sys.modules["__main__"] = finders, main

    def _package(self) -> dict[str, types.ModuleType]:
        """The modules imported from the book's `src`, without this machinery."""
        source = str(self.book.source)
        return {
            name: module
            for name, module in list(sys.modules.items())
            if (getattr(module, "__file__", None) or "").startswith(source) and not name.startswith(MACHINERY)
        }

    def _used(self) -> tuple[str, ...]:
        data = {name for name in self.opened if Path(name).is_file()}  # and is not a passing one
        return tuple(sorted({str(module.__file__) for module in self.modules.values()} | data))


def _forget_peak() -> None:
    """Let the system begin anew to note the most memory held."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _peak() -> float:
    """The most memory held since, in megabytes; 0 where the system does not tell."""
    with contextlib.suppress(OSError):
        found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text("utf8"))
        return int(found[1]) / 1000 if found else 0.0
    return 0.0


def as_seen(text: str) -> str:
    """What is left to see of a text that returns to the start of its line, as a progress bar does."""
    return re.sub(r"[^\n]*\r(?=[^\r\n])|\r+(?=\n|\Z)", "", text)


def _replace_modules(old: dict[str, types.ModuleType], new: dict[str, types.ModuleType]) -> None:
    for name in old:
        sys.modules.pop(name, None)
    sys.modules.update(new)


@contextlib.contextmanager
def fresh_state() -> Iterator[None]:
    """Poison every global seed, apply the house style, make warnings errors; put all back afterwards."""
    import matplotlib
    import matplotlib.pyplot as plt
    import numpy
    import torch

    states = random.getstate(), numpy.random.get_state(), torch.get_rng_state()
    dtype, grad = torch.get_default_dtype(), torch.is_grad_enabled()
    _seed_all(secrets.randbits(31))
    plt.close("all")
    try:
        with matplotlib.rc_context(), warnings.catch_warnings():
            plt.style.use(figures.STYLE)
            warnings.simplefilter("error")
            warnings.filterwarnings("ignore", "FigureCanvas.* is non-interactive")
            yield
    finally:
        plt.close("all")
        torch.set_default_dtype(dtype)
        torch.set_grad_enabled(grad)
        random.setstate(states[0])
        numpy.random.set_state(states[1])
        torch.set_rng_state(states[2])


def _seed_all(seed: int) -> None:
    import numpy
    import torch

    random.seed(seed)
    numpy.random.seed(seed)
    torch.manual_seed(seed)


def _drawn_figures() -> list[str]:
    import matplotlib.pyplot as plt

    return [figures.render(plt.figure(number)) for number in plt.get_fignums()]


def _listing_traceback(error: BaseException, name: str) -> str:
    """The traceback without the frames of this machinery."""
    report = traceback.TracebackException.from_exception(error)
    start = next((i for i, frame in enumerate(report.stack) if frame.filename == name), 0)
    del report.stack[:start]
    return "".join(report.format(chain=False))
