"""How far a training has come, on the error output, if one has to wait."""

from collections.abc import Iterable

from tqdm import tqdm

PATIENCE = 10  # seconds


def told(steps: range, networks: int) -> Iterable[int]:
    """The steps; after ten seconds a bar begins to tell of them."""
    return tqdm(
        steps, desc=f"{networks} networks", unit=" steps", delay=PATIENCE,
        leave=False, mininterval=2,
    )
