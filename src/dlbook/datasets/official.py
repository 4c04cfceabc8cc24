"""MNIST and Fashion-MNIST: their official files, wherever they are.

What is hashed is the unpacked content, since the same content has been packed
by several programs: Debian's .gz are not those of the authors.
"""

import errno
import hashlib
import io
import os
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from dlbook.datasets._files import (
    FILES,
    checked_tensor,
    images_of,
    read_file,
    unpacked,
)
from dlbook.datasets._making import made
from dlbook.datasets.images import DataError, DataSet

DEBIAN = Path("/usr/share/datasets")
S3 = "s3-website.eu-central-1.amazonaws.com"
CLOTHES = (
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
    "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
)
# The SHA-256 of the unpacked content of each file.
OF_FASHION = (
    "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
    "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
    "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
    "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
)
OF_MNIST = (
    "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
)


class Official(NamedTuple):
    """A data set of four IDX files.

    Attributes:
        hashes: the SHA-256 of the unpacked content of each of `FILES`.
        urls: folders that have the files as .gz, tried in this order.
        classes: the names of the classes.
        hint: another way to come by the files.
    """

    hashes: tuple[str, ...]
    urls: tuple[str, ...]
    classes: tuple[str, ...]
    hint: str = ""


OFFICIAL = {
    "fashion-mnist": Official(
        OF_FASHION,
        (
            f"http://fashion-mnist.{S3}/",
            "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/"
            "master/data/fashion/",
        ),
        CLOTHES,
        hint=" (on Debian: apt install dataset-fashion-mnist)",
    ),
    "mnist": Official(
        OF_MNIST,
        (
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
            "https://storage.googleapis.com/cvdf-datasets/mnist/",
            "http://yann.lecun.com/exdb/mnist/",
        ),
        tuple("0123456789"),
    ),
}


def read_official(
    name: str, *, root: str | Path | None = None, download: bool = True,
    known: Mapping[str, Official] = OFFICIAL,
) -> DataSet:
    """A data set of four IDX files.

    Args:
        name: a key of `known`.
        root: a folder to look in first, and to download into.
        download: fetch what is nowhere found.
        known: the sets that there are, with the hashes of their files.

    Raises:
        DataError: if files are nowhere, or one is not the official one.
    """
    raw = {}
    for file, wanted in zip(FILES, known[name].hashes, strict=True):
        found = _found(file, name, wanted, places(name, root), known)
        if found is None and not download:
            raise DataError(_advice(name, root, known[name]))
        if found is None:
            found = _fetched(file, name, wanted, root, known[name])
        raw[file] = found
    return made(name, *images_of(raw, name), known[name].classes)


def read_own(folder: Path) -> DataSet:
    """Four IDX files of one's own, under the names of the official ones.

    The classes are called by their numbers, up to the largest label.

    Raises:
        DataError: if one is missing, or is not what it should be.
    """
    raw = {}
    for file in FILES:
        both = folder / file, folder / f"{file}.gz"
        paths = [path for path in both if path.is_file()]
        if not paths:
            raise DataError(f"{folder} has no {file} or {file}.gz")
        raw[file] = read_file(paths[0])
    train, test = images_of(raw, str(folder))
    many = 1 + max(int(y.max()) if len(y) else 0 for _, y in (train, test))
    return made(str(folder), train, test, tuple(map(str, range(many))))


def places(name: str, root: str | Path | None = None) -> Iterator[Path]:
    """The folders where the files of a data set are looked for, in order.

    The last is the cache, where what is downloaded is kept.
    """
    for given in (root, os.environ.get("DLBOOK_DATA")):
        if given:
            folder = Path(given).expanduser()
            yield from (folder / name, folder)
    yield DEBIAN / name
    yield _cache(name)


def _cache(name: str) -> Path:
    """Where what is downloaded is kept."""
    import pooch

    return Path(pooch.os_cache("dlbook")) / name


def _found(
    file: str, name: str, wanted: str, folders: Iterable[Path],
    known: Mapping[str, Official],
) -> bytes | None:
    """The content of the first such file. That of another set is passed by.

    MNIST and Fashion-MNIST give their files the same names.
    """
    others = {
        one for other, each in known.items() if other != name
        for one in each.hashes
    }
    for path in (p / f for p in folders for f in (file, f"{file}.gz")):
        if not os.path.isfile(path):
            continue
        raw = read_file(path)
        got = hashlib.sha256(raw).hexdigest()
        if got == wanted:
            return raw
        if got not in others:
            checked_tensor(file, raw, str(path))  # says more, if it can
            why = _another(name, got, wanted)
            raise DataError(f"{path} {why}; replace or delete it")
    return None


def _another(name: str, got: str, wanted: str) -> str:
    """What is wrong with a file that has another content."""
    return (
        f"is not the official file of {name}: its unpacked content has the"
        f" SHA-256 {got}, expected {wanted}"
    )


def _advice(name: str, root: str | Path | None, known: Official) -> str:
    """One sentence: what to put where."""
    folders = ", ".join(map(str, places(name, root)))
    return (
        f"{name} is not on this machine: put its four files"
        f" {', '.join(FILES)} (unpacked, or packed as .gz) into one of the"
        f" folders {folders}, or set the environment variable DLBOOK_DATA to"
        f" the folder that has them{known.hint}"
    )


def _fetched(
    file: str, name: str, wanted: str, root: str | Path | None,
    known: Official,
) -> bytes:
    """The content of a file from the first address that has it."""
    faults = []
    for url in known.urls:
        try:
            packed, raw = _downloaded(f"{url}{file}.gz", name, wanted)
        except DataError as fault:
            faults.append(str(fault))
        else:
            to = Path(root).expanduser() / name if root else _cache(name)
            _keep(packed, to / f"{file}.gz")
            return raw
    told = ", ".join(faults)
    raise DataError(f"{_advice(name, root, known)}; no download: {told}")


def _downloaded(url: str, name: str, wanted: str) -> tuple[bytes, bytes]:
    """A file as an address gives it, and its content, which is right.

    Raises:
        DataError: if there is no answer, or not all of it, or another file.
    """
    import pooch

    buffer = io.BytesIO()
    try:
        pooch.HTTPDownloader(chunk_size=1 << 20)(url, buffer, None)
    except OSError as fault:  # those of requests are
        raise DataError(f"{url} gave {_reason(fault)}") from fault
    raw = unpacked(buffer.getvalue(), f"what {url} gave")
    got = hashlib.sha256(raw).hexdigest()
    if got != wanted:
        raise DataError(f"what {url} gave {_another(name, got, wanted)}")
    return buffer.getvalue(), raw


def _reason(fault: OSError) -> str:
    """Why a download failed, in a few words."""
    answer = getattr(fault, "response", None)
    return type(fault).__name__ if answer is None else str(answer.status_code)


def _keep(packed: bytes, path: Path) -> None:
    """Write a file, all of it or none.

    Raises:
        DataError: if the disk is full or the folder not to be written to.
    """
    part = path.with_name(f"{path.name}.{uuid.uuid4().hex}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(packed)
        os.replace(part, path)
    except OSError as fault:
        full = fault.errno == errno.ENOSPC
        why = "the disk is full" if full else str(fault)
        raise DataError(
            f"{path} was downloaded but could not be kept: {why}; give a"
            f" folder with room as root, or set DLBOOK_DATA"
        ) from fault
    finally:
        with suppress(OSError):
            part.unlink()
