"""Vocabularies as files: JSON, and what is refused of a file.

The bytes are UTF-8. Half a surrogate pair, which a token may be and which
UTF-8 bans, is written all the same, and comes back.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dlbook._checking import checked_whole
from dlbook._files import whole

KIND = "kind"


def write_json(file: str | Path, kind: str, **holds: Any) -> None:
    """Write what a vocabulary holds: the whole file, or the old one stays."""
    text = json.dumps({KIND: kind, **holds}, ensure_ascii=False)
    with whole(Path(file)) as coming:
        coming.write_bytes(text.encode("utf8", "surrogatepass"))


def read_json(file: str | Path, kind: str) -> dict[str, Any]:
    """What was written as this kind.

    Raises:
        ValueError: if the file cannot be read, or is of another kind.
    """
    try:
        text = Path(file).read_bytes().decode("utf8", "surrogatepass")
        found = json.loads(text)
    except (OSError, ValueError) as fault:
        raise ValueError(f"{file} cannot be read: {fault}") from fault
    met = found.pop(KIND, None) if isinstance(found, dict) else None
    if met != kind:
        raise ValueError(f"{file} must hold {kind}, got {met!r}")
    return found


def checked_vocabulary(
    file: str | Path, specials: Sequence[str],
    tokens: Any = None, counts: Any = None, **more: Any,
) -> tuple[list[str], dict[str, int]]:
    """Tokens, the special ones first and each but once; and counts."""
    _refuse_more(file, more)
    if not isinstance(tokens, list) or not isinstance(counts, dict):
        raise ValueError(f"{file} must hold a list of tokens, and counts")
    if tokens[: len(specials)] != list(specials):
        raise ValueError(
            f"{file}: the first tokens must be {', '.join(specials)},"
            f" got {tokens[: len(specials)]}"
        )
    known = set(specials)
    for token in tokens[len(specials) :]:
        if token in known or token not in counts:
            raise ValueError(f"{file}: {token!r} stands twice or uncounted")
        known.add(token)
    for token, count in counts.items():
        checked_whole(f"{file}: the count of {token!r}", count, 1)
    return tokens, counts


def checked_merges(
    file: str | Path, merges: Any = None, **more: Any
) -> list[tuple[int, int]]:
    """Pairs of ids; whether they make sense, `BPE` sees."""
    _refuse_more(file, more)
    if not isinstance(merges, list):
        raise ValueError(f"{file} must hold a list of merges")
    for pair in merges:
        if not isinstance(pair, list) or len(pair) != 2:
            raise ValueError(f"{file}: a merge is a pair of ids, got {pair!r}")
        for part in pair:
            checked_whole(f"{file}: each of a merge", part, 0)
    return [(first, second) for first, second in merges]


def _refuse_more(file: str | Path, more: dict[str, Any]) -> None:
    if more:
        names = ", ".join(more)
        raise ValueError(f"{file} must hold nothing else, got {names}")
