"""MNIST and Fashion-MNIST: their official files, wherever they are.

What is hashed is the unpacked content, since the same content has been packed
by several programs: Debian's .gz are not those of the authors.
"""

import errno
import hashlib
import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from dlbook.datasets.idx import parse_idx, unpacked
from dlbook.datasets.images import DataError, DataSet, Images, made

FILES = (
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
)
DEBIAN = Path("/usr/share/datasets")
S3 = "s3-website.eu-central-1.amazonaws.com"
CLOTHES = (
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
    "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
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
        (
            "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
            "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
            "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
            "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
        ),
        (
            f"http://fashion-mnist.{S3}/",
            "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/"
            "master/data/fashion/",
        ),
        CLOTHES,
        hint=" (on Debian: apt install dataset-fashion-mnist)",
    ),
    "mnist": Official(
        (
            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
            "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        ),
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
    known: dict[str, Official] = OFFICIAL,
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
    raw = _contents(name, root, download, known)
    axes = (3, 1, 3, 1)
    tensors = [
        parse_idx(raw[file], axes=many, what=f"{name}: {file}")
        for file, many in zip(FILES, axes, strict=True)
    ]
    train, test = (
        Images(x[:, None], y.long())
        for x, y in (tensors[:2], tensors[2:])
    )
    return made(name, train, test, known[name].classes)


def places(name: str, root: str | Path | None = None) -> Iterator[Path]:
    """The folders where the files of a data set are looked for, in order."""
    for given in (root, os.environ.get("DLBOOK_DATA")):
        if given:
            folder = Path(given).expanduser()
            yield from (folder / name, folder)
    yield DEBIAN / name
    yield cache(name)


def cache(name: str) -> Path:
    """Where what is downloaded is kept."""
    import pooch

    return Path(pooch.os_cache("dlbook")) / name


def _contents(
    name: str, root: str | Path | None, download: bool,
    known: dict[str, Official],
) -> dict[str, bytes]:
    """The unpacked content of each file."""
    hashes = dict(zip(FILES, known[name].hashes, strict=True))
    others = {one for each in known.values() for one in each.hashes}
    found = {
        file: _found(file, name, root, wanted, others)
        for file, wanted in hashes.items()
    }
    missing = [file for file, raw in found.items() if raw is None]
    target = Path(root).expanduser() / name if root else None
    for file in missing:
        if not download:
            raise DataError(_advice(name, missing, root, known[name]))
        faults: list[str] = []
        to = target or cache(name)
        for url in known[name].urls:
            try:
                found[file] = fetched(f"{url}{file}.gz", to, hashes[file])
                break
            except DataError as fault:
                faults.append(str(fault))
        else:
            advice = _advice(name, missing, root, known[name])
            raise DataError(f"{advice}; {'; '.join(faults)}")
    return {file: raw for file, raw in found.items() if raw is not None}


def _found(
    file: str, name: str, root: str | Path | None, wanted: str,
    others: set[str],
) -> bytes | None:
    """The content of the first such file; none that is of another set."""
    for folder in places(name, root):
        for path in (folder / file, folder / f"{file}.gz"):
            if not path.is_file():
                continue
            raw = unpacked(path)
            if (got := hashlib.sha256(raw).hexdigest()) == wanted:
                return raw
            if got not in others:
                raise DataError(_why_not(path, raw, name, got, wanted))
    return None


def _why_not(
    path: Path, raw: bytes, name: str, got: str, wanted: str
) -> str:
    """What is wrong with a file that has another content."""
    parse_idx(raw, axes=3 if "idx3" in path.name else 1, what=str(path))
    return (
        f"{path} is not the official file of {name}: the SHA-256 of its"
        f" content is {got}, expected {wanted}"
    )


def _advice(
    name: str, missing: list[str], root: str | Path | None, known: Official
) -> str:
    """One sentence: what to put where."""
    folders = ", ".join(map(str, places(name, root)))
    return (
        f"{name} is not on this machine: put {', '.join(missing)} (each"
        f" unpacked or as .gz) into one of the folders {folders}, or set"
        f" DLBOOK_DATA to the folder that has them{known.hint}"
    )


def fetched(url: str, folder: Path, wanted: str) -> bytes:
    """Download a file into a folder. Returns its unpacked content.

    It is there under its name only once it is whole and its content is known
    to be right.

    Raises:
        DataError: if it cannot be had or written, or is not what it should be.
    """
    import pooch

    path = folder / url.rsplit("/", 1)[1]
    part = folder / f"{path.name}.{uuid.uuid4().hex}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        pooch.HTTPDownloader()(url, str(part), None)
        raw = unpacked(part)
        got = hashlib.sha256(raw).hexdigest()
        if got != wanted:
            raise DataError(
                f"{url} gave another file: the SHA-256 of its content is"
                f" {got}, expected {wanted}"
            )
        os.replace(part, path)
    except OSError as fault:
        raise DataError(_failed(url, folder, fault)) from fault
    finally:
        part.unlink(missing_ok=True)
    return raw


def _failed(url: str, folder: Path, fault: OSError) -> str:
    """Why a download came to nothing."""
    if fault.errno == errno.ENOSPC:
        return f"the disk of {folder} is full: {url} was not kept"
    return f"{url} could not be fetched into {folder}: {fault}"
