"""Processes of their own for the tests of the harness, with the models of `training_cases` at hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import fresh

SUPPORT = str(Path(__file__).parent)


@contextmanager
def nursery_with(module: str) -> Iterator[fresh.Nursery]:
    """Fresh interpreters of one thread that have imported this module, and what it needs later."""
    alone = {**fresh.clean_environment(), "OMP_NUM_THREADS": "1"}
    nursery = fresh.Nursery(module, "torch._dynamo", "matplotlib.backends.backend_svg", environment=alone)
    try:
        yield nursery
    finally:
        nursery.close()


def child(nursery: fresh.Nursery, folder: Path, code: str) -> fresh.Seen:
    """Run a program in a folder."""
    first = f"import sys; sys.path.insert(0, {SUPPORT!r}); from training_cases import *\n"
    return nursery.run(first + code, folder)
