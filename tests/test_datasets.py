"""The data sets by name: what they hold, where they are looked for, what is refused."""

import errno
import gzip
import hashlib
import http.server
import lzma
import os
import socket
import struct
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pooch
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from plain import as_a_reader_imports_it

from dlbook.datasets import DataError, Images, hold_out, load, names, official, pixels
from dlbook.datasets._files import FILES, read_file, unpacked
from dlbook.datasets._making import made
from dlbook.datasets.idx import as_idx, parse_idx
from dlbook.datasets.images import digest
from dlbook.datasets.official import DEBIAN, OFFICIAL, Official, read_official
from dlbook.datasets.pictures import read_picture
from dlbook.datasets.small import contents, draw


def here(name):
    """Whether the full set can be had without a network."""
    try:
        load(name, download=False)
    except DataError:
        return False
    return True


# What the sets hold


def test_names_are_those_that_load_knows():
    assert names() == ("digits", "fashion-small", "fashion-mnist", "mnist")


def test_digits_are_all_of_them_once():
    from dlbook.data import digits

    data = load("digits")
    assert data.train.x.shape == (1437, 1, 8, 8)
    assert data.test.x.shape == (360, 1, 8, 8)
    assert data.train.x.dtype == torch.float32
    assert data.train.y.dtype == data.test.y.dtype == torch.int64
    assert 0 <= data.train.x.min() < data.train.x.max() <= 1
    both = torch.cat([data.train.x, data.test.x]).flatten(1), torch.cat([data.train.y, data.test.y])
    rows = sorted(zip(both[0].tolist(), both[1].tolist(), strict=True))
    images, labels = digits()
    assert rows == sorted(zip(images.flatten(1).tolist(), labels.tolist(), strict=True))


def test_digits_are_split_the_same_on_every_machine():
    assert load("digits").digest == "8d22c08d152437e669a45592f25e4670d7f81c3795f0f51d6c1b90dc83d944bb"


def test_fashion_small_holds_as_many_of_each_class_and_comes_with_the_package(monkeypatch):
    monkeypatch.setattr(pooch, "HTTPDownloader", None)
    monkeypatch.setenv("DLBOOK_DATA", "/nowhere")
    data = load("fashion-small", download=False)
    assert data.train.x.shape == (5000, 1, 28, 28)
    assert data.test.x.shape == (1000, 1, 28, 28)
    assert data.train.x.dtype == torch.uint8
    assert data.train.y.dtype == torch.int64
    assert data.train.y.bincount().tolist() == [500] * 10
    assert data.test.y.bincount().tolist() == [100] * 10
    assert data.classes[9] == "Ankle boot"
    assert data.digest == "d7a386f7f3052d517be35cb4553cfbb14f44a37b353a1f3062486c04d35ebf16"


def test_fashion_small_has_its_licence():
    folder = Path(official.__file__).with_name("fashion_small")
    assert "Copyright © 2017 Zalando SE" in (folder / "LICENSE.txt").read_text("utf8")


def test_trousers_are_narrower_than_pullovers():
    data = load("fashion-small")
    x = pixels(data.train.x)
    inked = [(x[data.train.y == data.classes.index(name)] > 0).float().mean() for name in ("Trouser", "Pullover")]
    assert inked[0] < 0.4 < 0.5 < inked[1]


@pytest.mark.skipif(not here("fashion-mnist"), reason="the full Fashion-MNIST is not on this machine")
def test_fashion_small_is_drawn_from_the_full_set():
    full, small = load("fashion-mnist", download=False), load("fashion-small")
    assert full.train.x.shape == (60000, 1, 28, 28)
    assert full.train.y.bincount().tolist() == [6000] * 10
    x = full.train.x.float() / 255
    assert round(x.mean().item(), 4) == 0.2860, "as its authors and others have measured"
    assert round(x.std().item(), 4) == 0.3530, "as its authors and others have measured"
    train, test = draw(full)
    assert digest(train, test, full.classes) == small.digest
    folder = Path(official.__file__).with_name("fashion_small")
    for name, raw in contents(train, test).items():
        assert lzma.decompress((folder / f"{name}.xz").read_bytes()) == raw
    assert small.classes == full.classes
    assert small.digest != full.digest


@pytest.mark.skipif(not here("mnist"), reason="MNIST is not on this machine")
def test_mnist_holds_as_many_digits_as_is_known():
    data = load("mnist", download=False)
    assert data.train.y.bincount().tolist() == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
    assert data.test.x.shape == (10000, 1, 28, 28)


@pytest.mark.parametrize("wrong", ["cifar", "", "/nowhere/at/all"])
def test_load_refuses_other_names(wrong):
    with pytest.raises(ValueError, match=f"digits, fashion-small, fashion-mnist, mnist, and '{wrong}' is no folder"):
        load(wrong)


def test_importing_is_quick():
    code = "import sys, dlbook.datasets; print(*{'sklearn', 'pooch', 'requests', 'PIL', 'matplotlib'} & {*sys.modules})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


# Validation, pixels, digest


def some_images(n=20, classes=3):
    x = torch.arange(n * 4).reshape(n, 1, 2, 2).to(torch.uint8)
    return Images(x, torch.arange(n) % classes)


@given(n=st.integers(2, 40), data=st.data())
def test_hold_out_parts_the_pictures_and_keeps_their_order(n, data):
    many = data.draw(st.integers(1, n - 1))
    images = some_images(n)
    rest, held = hold_out(images, many, generator=torch.Generator().manual_seed(3))
    assert (len(rest.x), len(held.x)) == (n - many, many)
    numbers = [part.x[:, 0, 0, 0].tolist() for part in (rest, held)]
    assert numbers == [sorted(each) for each in numbers]
    assert sorted(numbers[0] + numbers[1]) == images.x[:, 0, 0, 0].tolist()
    for part in (rest, held):
        assert torch.equal(part.y, part.x[:, 0, 0, 0].long() // 4 % 3), "each keeps its label"


def test_hold_out_is_decided_by_the_generator():
    images = some_images()
    one, same, other = (hold_out(images, 5, generator=torch.Generator().manual_seed(seed))[1] for seed in (0, 0, 1))
    assert torch.equal(one.x, same.x)
    assert not torch.equal(one.x, other.x)


@pytest.mark.parametrize("many", [0, -1, 20, 21, 2.0, True])
def test_hold_out_refuses_what_leaves_nothing(many):
    plain = as_a_reader_imports_it(sys.modules["dlbook.datasets.images"])
    with pytest.raises(ValueError, match=f"many must be an integer from 1 to 19, got {many}"):
        plain.hold_out(some_images(), many, generator=torch.Generator())


def test_pixels_of_bytes_and_floats():
    every = pixels(torch.arange(256).to(torch.uint8))
    assert every.dtype == torch.float32
    torch.testing.assert_close(every, torch.linspace(0, 1, 256))
    assert pixels(torch.ones(2, dtype=torch.float64)).dtype == torch.float32
    half = torch.full((2, 3), 0.5)
    assert torch.equal(pixels(half), half)


def test_pixels_refuse_what_is_none():
    with pytest.raises(ValueError, match=r"pixels must be uint8 or floats, got torch\.int64"):
        pixels(torch.zeros(2, dtype=torch.int64))
    for wrong, said in ((255.0, "255"), (-0.1, "-0.1"), (float("nan"), "nan")):
        with pytest.raises(ValueError, match=f"float pixels go from 0 to 1, got {said}"):
            pixels(torch.tensor([0.5, wrong]))


def test_digest_knows_pixels_labels_classes_and_shapes():
    images, test, classes = some_images(), some_images(6), ("a", "b", "c")
    first = digest(images, test, classes)
    assert first == digest(Images(images.x.clone(), images.y.clone()), test, classes)
    pixel, label = images.x.clone(), images.y.clone()
    pixel[7, 0, 1, 1] ^= 1
    label[7] = 2
    others = [
        digest(Images(pixel, images.y), test, classes),
        digest(Images(images.x, label), test, classes),
        digest(images, test, ("a", "b", "d")),
        digest(images, test, ("a", "b, c")),
        digest(test, images, classes),
        digest(Images(images.x.reshape(20, 1, 1, 4), images.y), test, classes),
        digest(Images(images.x.float(), images.y), test, classes),
    ]
    assert len({first, *others}) == 8


@pytest.mark.parametrize("wrong", [3, -1])
def test_labels_outside_the_classes_are_refused(wrong):
    images = some_images()
    images.y[7] = wrong
    with pytest.raises(DataError, match=f"set, test: labels go from 0 to 2, but image 7 has {wrong}"):
        made("set", some_images(), images, ("a", "b", "c"))


def test_another_number_of_labels_is_refused():
    x, y = some_images()
    with pytest.raises(DataError, match="set, train: 20 images, but 19 labels"):
        made("set", Images(x, y[1:]), some_images(), ("a", "b", "c"))


# The format of the files


@given(shape=st.lists(st.integers(0, 5), min_size=1, max_size=4), seed=st.integers(0, 2**16))
def test_idx_there_and_back(shape, seed):
    x = torch.randint(256, shape, generator=torch.Generator().manual_seed(seed)).to(torch.uint8)
    back = parse_idx(as_idx(x))
    assert back.shape == x.shape
    assert torch.equal(back, x)
    assert parse_idx(as_idx(x), axes=len(shape)).shape == x.shape


def test_idx_as_its_authors_tell_it():
    raw = struct.pack(">4B2I", 0, 0, 8, 2, 2, 300) + bytes(range(200)) * 3
    x = parse_idx(raw)
    assert x.shape == (2, 300)
    assert x[1, 7] == 107, "the last axis is the fastest"
    assert as_idx(x) == raw
    x[0] = 0  # is the reader's own
    assert struct.unpack(">i", as_idx(x[None])[:4]) == (2051,)
    assert struct.unpack(">i", as_idx(x[0])[:4]) == (2049,)


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (b"", "no bytes"),
        (b"\0\0\x08", "00 00 08"),
        (b"\0\0\x08\1", "00 00 08 01"),
        (b"\0\0\x0d\3", "00 00 0d 03"),
        (b"\1\0\x08\3", "01 00 08 03"),
        (b"\3\x08\0\0", "03 08 00 00"),
        (b"<html>", "3c 68 74 6d"),
    ],
)
def test_idx_of_another_magic_number_is_refused(start, said):
    with pytest.raises(DataError, match=f"x has the wrong magic number: got {said}, expected 00 00 08 03"):
        parse_idx(start, axes=3, what="x")


def test_idx_without_axes_is_refused():
    with pytest.raises(DataError, match="wrong magic number: got 00 00 08 00, expected 00 00 08 and the axes"):
        parse_idx(b"\0\0\x08\0")


@pytest.mark.parametrize("change", [-1, 1, -13, -20])
def test_idx_of_another_size_is_refused(change):
    raw = as_idx(torch.zeros(4, 3, 1, dtype=torch.uint8))
    raw = raw[:change] if change < 0 else raw + bytes(change)
    with pytest.raises(DataError, match=f"x has the wrong size: {len(raw)} bytes, expected "):
        parse_idx(raw, what="x")


def test_files_are_unpacked_by_their_content_and_not_their_name(tmp_path):
    raw = os.urandom(300)
    for name, packed in (
        ("a.gz", gzip.compress(raw)),
        ("b", gzip.compress(raw)),
        ("c.gz", raw),
        ("d", lzma.compress(raw)),
    ):
        (tmp_path / name).write_bytes(packed)
        assert read_file(tmp_path / name) == raw


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
@pytest.mark.parametrize("harm", ["cut", "cut at its end", "another byte"])
def test_damaged_files_are_refused(pack, harm):
    packed = bytearray(pack(bytes(range(256)) * 10))
    if harm == "another byte":
        packed[len(packed) // 2] ^= 255
    with pytest.raises(DataError, match=r"x\.gz is cut short or damaged: "):
        unpacked(bytes(packed[: {"cut": -40, "cut at its end": -1}.get(harm)]), "x.gz")


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(DataError, match=r"gone\.gz cannot be read: .*No such file"):
        read_file(tmp_path / "gone.gz")


# Where official files are looked for


def four(seed=0, n=6, high=5, wide=4):
    """The contents of four small files: a whole data set of two classes."""
    generator = torch.Generator().manual_seed(seed)
    found = {}
    for part, many in zip(("train", "t10k"), (n, n // 2), strict=True):
        images = torch.randint(256, (many, high, wide), generator=generator).to(torch.uint8)
        found[f"{part}-images-idx3-ubyte"] = as_idx(images)
        found[f"{part}-labels-idx1-ubyte"] = as_idx((torch.arange(many) % 2).to(torch.uint8))
    return found


def known_of(raw, urls=()):
    """What is known of such files."""
    return Official(tuple(hashlib.sha256(raw[file]).hexdigest() for file in FILES), tuple(urls), ("even", "odd"))


def put(folder, raw, pack=gzip.compress):
    folder.mkdir(parents=True, exist_ok=True)
    for file, content in raw.items():
        (folder / (f"{file}.gz" if pack else file)).write_bytes(pack(content) if pack else content)


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine with nothing on it: no data, Debian's folder and a cache of its own."""
    monkeypatch.delenv("DLBOOK_DATA", raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(official, "DEBIAN", tmp_path / "debian")
    monkeypatch.setattr(pooch, "os_cache", lambda project: tmp_path / "cache" / project)
    return tmp_path


PLACES = ["root", "root/tiny", "own", "own/tiny", "debian/tiny", "cache/dlbook/tiny"]


@pytest.mark.parametrize("pack", [gzip.compress, None])
@pytest.mark.parametrize("place", PLACES)
def test_official_files_are_found_wherever_they_are(machine, monkeypatch, place, pack):
    raw = four()
    put(machine / place, raw, pack)
    monkeypatch.setenv("DLBOOK_DATA", str(machine / "own"))
    data = read_official("tiny", root=machine / "root", download=False, known={"tiny": known_of(raw)})
    assert data.train.x.shape == (6, 1, 5, 4)
    assert data.test.x.shape == (3, 1, 5, 4)
    assert data.train.x.numpy().tobytes() == raw[FILES[0]][16:]
    assert data.test.y.tolist() == [0, 1, 0]
    assert data.test.y.dtype == torch.int64
    assert data.classes == ("even", "odd")


def test_places_are_asked_in_this_order(machine, monkeypatch):
    monkeypatch.setenv("DLBOOK_DATA", str(machine / "own"))
    order = [path.relative_to(machine).as_posix() for path in official.places("tiny", machine / "root")]
    assert order == ["root/tiny", "root", "own/tiny", "own", "debian/tiny", "cache/dlbook/tiny"]
    assert Path("/usr/share/datasets") == DEBIAN


def test_files_of_another_set_with_the_same_names_are_passed_by(machine, monkeypatch):
    raw, other = four(), four(seed=1)
    put(machine / "own", other)
    put(machine / "debian" / "tiny", raw)
    monkeypatch.setenv("DLBOOK_DATA", str(machine / "own"))
    known = {"tiny": known_of(raw), "other": known_of(other)}
    one, two = (read_official(name, download=False, known=known) for name in known)
    assert one.train.x.numpy().tobytes() == raw[FILES[0]][16:]
    assert two.train.x.numpy().tobytes() == other[FILES[0]][16:]


@pytest.mark.parametrize("missing", [FILES, FILES[3:]])
def test_without_files_one_sentence_says_what_to_put_where(machine, monkeypatch, missing):
    monkeypatch.setattr(pooch, "HTTPDownloader", None)
    monkeypatch.setenv("DLBOOK_DATA", str(machine / "own"))
    raw = four()
    put(machine / "own", {file: raw[file] for file in FILES if file not in missing})
    known = known_of(raw, ["http://127.0.0.1/"])._replace(hint=" (or buy it)")
    with pytest.raises(DataError) as caught:
        read_official("tiny", download=False, known={"tiny": known})
    said = str(caught.value)
    for part in (*FILES, *map(str, official.places("tiny")), "DLBOOK_DATA", "or buy it"):
        assert part in said
    assert said.startswith("tiny is not on this machine: put its four files ")
    assert said.endswith("that has them (or buy it)"), "nothing was asked of a network"


def wrong_content(machine, file, content):
    raw = four()
    known = {"tiny": known_of(raw)}
    put(machine / "debian" / "tiny", {**raw, file: content(raw[file])}, None)
    with pytest.raises(DataError) as caught:
        read_official("tiny", known=known)
    assert str(machine / "debian" / "tiny" / file) in str(caught.value)
    return str(caught.value)


def test_another_content_is_refused_by_its_hash(machine):
    said = wrong_content(machine, FILES[2], lambda raw: raw[:-1] + bytes([raw[-1] ^ 1]))
    assert "is not the official file of tiny: its unpacked content has the SHA-256 " in said
    assert known_of(four()).hashes[2] in said


def test_other_files_are_refused_by_what_is_wrong_with_them(machine):
    assert "wrong magic number: got 00 00 0c 03" in wrong_content(
        machine, FILES[0], lambda raw: raw[:2] + b"\x0c" + raw[3:]
    )
    assert "wrong magic number: got 00 00 08 01" in wrong_content(machine, FILES[0], lambda _: four()[FILES[1]])
    assert "wrong size: 13 bytes, expected 14" in wrong_content(machine, FILES[1], lambda raw: raw[:-1])
    assert "cut short or damaged" in wrong_content(machine, FILES[1], lambda raw: gzip.compress(raw)[:-9])


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        (FILES[1], as_idx(torch.zeros(5, dtype=torch.uint8)), "tiny, train: 6 images, but 5 labels"),
        (
            FILES[3],
            as_idx(torch.tensor([0, 9, 1], dtype=torch.uint8)),
            "tiny, test: labels go from 0 to 1, but image 1 has 9",
        ),
    ],
)
def test_labels_that_do_not_fit_the_images_are_refused(machine, file, content, said):
    raw = {**four(), file: content}
    put(machine / "debian" / "tiny", raw)
    with pytest.raises(DataError, match=said):
        read_official("tiny", known={"tiny": known_of(raw)})


# Downloads


class Server:
    """Serves files on this machine; what `how` says of a path is done to it."""

    def __init__(self, files):
        self.files, self.how, self.asked = files, {}, []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                name = self.path.rsplit("/", 1)[1]
                outer.asked.append(self.path)
                how = outer.how.get(name, outer.how.get(self.path.split("/")[1]))
                packed = outer.files.get(name)
                if packed is None or how == "missing":
                    self.send_error(404)
                    return
                body = {"cut": packed[:-15], "cut unseen": packed[:-15], "another": gzip.compress(b"other")}.get(
                    how, packed
                )
                self.send_response(200)
                self.send_header("Content-Length", str(len(packed) if how == "cut" else len(body)))
                if how == "unpacked on the way":
                    self.send_header("Content-Encoding", "gzip")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def server(machine):
    made = Server({f"{file}.gz": gzip.compress(raw) for file, raw in four().items()})
    yield made
    made.close()


def kept(machine):
    return sorted(path.relative_to(machine).as_posix() for path in machine.rglob("*") if path.is_file())


def served(server, *folders):
    return {"tiny": known_of(four(), [f"{server.url}{folder}/" for folder in folders or ["first"]])}


@pytest.mark.parametrize("how", ["", "unpacked on the way"])
def test_a_download_is_kept_and_not_repeated(machine, server, how):
    server.how["first"] = how
    data = read_official("tiny", known=served(server))
    assert data.train.x.numpy().tobytes() == four()[FILES[0]][16:]
    assert kept(machine) == sorted(f"cache/dlbook/tiny/{file}.gz" for file in FILES)
    assert len(server.asked) == 4
    again = read_official("tiny", known=served(server), download=False)
    assert again.digest == data.digest
    assert len(server.asked) == 4


def test_a_download_goes_into_root_and_leaves_alone_what_is_there(machine, server):
    put(machine / "root", {FILES[0]: four()[FILES[0]]})
    read_official("tiny", root=machine / "root", known=served(server))
    assert kept(machine) == sorted([f"root/{FILES[0]}.gz", *(f"root/tiny/{file}.gz" for file in FILES[1:])])
    assert len(server.asked) == 3


@pytest.mark.parametrize("how", ["missing", "cut", "cut unseen", "another"])
def test_what_one_address_does_not_have_another_gives(machine, server, how):
    server.how["first"] = how
    data = read_official("tiny", known=served(server, "first", "second"))
    assert data.train.x.shape == (6, 1, 5, 4)
    assert len(server.asked) == 8


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("missing", "gave 404"),
        ("cut", "gave ChunkedEncodingError"),
        ("cut unseen", "gave is cut short or damaged: "),
        ("another", "gave is not the official file of tiny: its unpacked content has the SHA-256 d9298a10"),
    ],
)
def test_a_download_that_fails_leaves_nothing_and_says_why(machine, server, how, said):
    server.how[f"{FILES[2]}.gz"] = how
    with pytest.raises(DataError, match=f"tiny is not on this machine: put its four files .*{FILES[2]}.gz {said}"):
        read_official("tiny", known=served(server))
    assert kept(machine) == sorted(f"cache/dlbook/tiny/{file}.gz" for file in FILES[:2]), "those that came whole"


def test_without_a_network_the_sentence_names_addresses_and_places(machine):
    with socket.create_server(("127.0.0.1", 0)) as one:
        port = one.getsockname()[1]  # nobody listens there afterwards
    known = {"tiny": known_of(four(), [f"http://127.0.0.1:{port}/first/", f"http://127.0.0.1:{port}/second/"])}
    with pytest.raises(DataError) as caught:
        read_official("tiny", known=known)
    said = str(caught.value)
    for part in (*FILES, *map(str, official.places("tiny")), *known["tiny"].urls):
        assert part in said
    assert said.count("gave ConnectionError") == 2
    assert kept(machine) == []


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full"),
        (PermissionError(errno.EACCES, "Permission denied"), "Permission denied"),
    ],
)
def test_a_disk_that_takes_no_more_keeps_nothing_half(machine, server, monkeypatch, fault, said):
    write = Path.write_bytes

    def half(path, content):
        write(path, content[: len(content) // 2])
        raise fault

    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(
        DataError, match=rf"{FILES[0]}.gz was downloaded but could not be kept: .*{said}; give a folder"
    ):
        read_official("tiny", known=served(server, "first", "second"))
    assert kept(machine) == []
    assert len(server.asked) == 1, "another address would not help"


def test_a_folder_that_is_a_file_keeps_nothing(machine, server):
    (machine / "root").write_text("a file")
    with pytest.raises(DataError, match="could not be kept: "):
        read_official("tiny", root=machine / "root", known=served(server))
    assert kept(machine) == ["root"]


def test_the_known_sets_are_whole():
    for name, known in OFFICIAL.items():
        assert name in names()
        assert len({*known.hashes}) == len(FILES) == 4
        assert all(len(each) == 64 for each in known.hashes)
        assert len(known.classes) == 10
        assert len(known.urls) >= 2
        assert all(url.startswith("http") and url.endswith("/") for url in known.urls)


# IDX files of one's own


def test_own_files_under_the_official_names(tmp_path):
    raw = four()
    put(tmp_path, raw)
    data = load(tmp_path)
    assert data.classes == ("0", "1")
    assert data.train.x.numpy().tobytes() == raw[FILES[0]][16:]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({FILES[0]: b"\0\0\x08\2" + bytes(8)}, "train-images-idx3-ubyte has the wrong magic number: got 00 00 08 02"),
        ({FILES[2]: four()[FILES[2]][:-1]}, "t10k-images-idx3-ubyte has the wrong size"),
        ({FILES[3]: as_idx(torch.zeros(4, dtype=torch.uint8))}, "test: 3 images, but 4 labels"),
    ],
)
def test_own_files_that_are_wrong_are_refused(tmp_path, change, said):
    put(tmp_path, {**four(), **change})
    with pytest.raises(DataError, match=said):
        load(str(tmp_path))


def test_own_files_of_which_one_is_missing_are_refused(tmp_path):
    put(tmp_path, {file: raw for file, raw in four().items() if file != FILES[3]})
    with pytest.raises(DataError, match=rf"has no {FILES[3]} or {FILES[3]}\.gz"):
        load(tmp_path)


# Folders of pictures


def save(path, *, size=(5, 4), mode="L", value=None, **options):
    """A picture of random pixels, or all of one value. Returns its bytes as an array."""
    path.parent.mkdir(parents=True, exist_ok=True)
    wide, high = size
    rng = np.random.default_rng(sum(map(ord, str(path.name))))
    shape = (high, wide) if mode == "L" else (high, wide, len(mode))
    array = rng.integers(0, 256, shape, dtype=np.uint8) if value is None else np.full(shape, value, np.uint8)
    Image.fromarray(array).save(path, **options)
    return array


def zoo(folder, counts, **options):
    return {
        (name, number): save(folder / name / f"{number:03}.png", **options)
        for name, many in counts.items()
        for number in range(many)
    }


def test_a_folder_of_train_and_test(tmp_path):
    train = zoo(tmp_path / "train", {"dog": 3, "cat": 2})
    test = zoo(tmp_path / "test", {"cat": 1, "dog": 2})
    data = load(str(tmp_path))
    assert data.name == str(tmp_path)
    assert data.classes == ("cat", "dog")
    assert data.train.x.shape == (5, 1, 4, 5)
    assert data.train.x.dtype == torch.uint8
    assert data.train.y.tolist() == [0, 0, 1, 1, 1]
    assert data.test.y.tolist() == [0, 1, 1]
    for images, arrays in ((data.train, train), (data.test, test)):
        expected = [arrays[key] for key in sorted(arrays)]
        assert np.array_equal(images.x[:, 0].numpy(), np.stack(expected))


def test_a_folder_without_test_holds_a_fifth_of_each_class_out(tmp_path):
    arrays = zoo(tmp_path, {"a": 10, "b": 23, "c": 2})
    data = load(tmp_path)
    assert data.test.y.bincount().tolist() == [2, 5, 1]
    assert data.train.y.bincount().tolist() == [8, 18, 1]
    both = torch.cat([data.train.x, data.test.x])[:, 0].numpy()
    assert sorted(one.tobytes() for one in both) == sorted(one.tobytes() for one in arrays.values())
    first = sorted(arrays[key].tobytes() for key in arrays if key[0] == "b" and key[1] < 5)
    assert sorted(one.tobytes() for one in data.test.x[data.test.y == 1][:, 0].numpy()) != first, "drawn, not cut off"
    assert data.digest == load(tmp_path).digest, "the same each time"
    (tmp_path / "train").mkdir()
    for name in "abc":
        (tmp_path / name).rename(tmp_path / "train" / name)
    assert load(tmp_path).digest == data.digest, "also where only a test folder lacks"


def test_pictures_may_have_other_endings_in_capitals_too(tmp_path):
    zoo(tmp_path, {"a": 3})
    save(tmp_path / "a" / "3.PNG")
    for number, ending in enumerate(("bmp", "gif", "JPG", "jpeg", "pgm", "tif", "webp")):
        save(tmp_path / "b" / f"{number}.{ending}", mode="RGB" if ending in ("gif", "webp") else "L")
    with pytest.raises(DataError, match=r"b.1\.gif is 4 pixels high, 5 wide, in colour"):
        load(tmp_path)
    for name in ("1.gif", "6.webp"):
        (tmp_path / "b" / name).unlink()
    data = load(tmp_path)
    assert torch.cat([data.train.y, data.test.y]).bincount().tolist() == [4, 5]


def test_a_folder_of_other_pictures_has_another_digest(tmp_path):
    zoo(tmp_path, {"a": 4, "b": 4})
    before = load(tmp_path).digest
    (tmp_path / "b").rename(tmp_path / "c")
    renamed = load(tmp_path).digest
    save(tmp_path / "a" / "000.png", value=7)
    assert len({before, renamed, load(tmp_path).digest}) == 3


def test_what_is_no_picture_is_passed_by(tmp_path):
    zoo(tmp_path, {"a": 3, "b": 3})
    before = load(tmp_path).digest
    for name in ("a/readme.txt", "a/.hidden.png", "a/._000.png", "readme.txt"):
        (tmp_path / name).write_text("no picture")
    (tmp_path / ".git").mkdir()
    (tmp_path / "a" / "more.png").mkdir()
    assert load(tmp_path).digest == before


@pytest.mark.parametrize(("mode", "channels"), [("L", 1), ("RGB", 3)])
def test_pictures_keep_their_channels_and_pixels(tmp_path, mode, channels):
    array = save(tmp_path / "x.PNG", mode=mode)
    x = read_picture(tmp_path / "x.PNG")
    assert x.shape == (channels, 4, 5)
    assert x.dtype == torch.uint8
    assert x.is_contiguous()
    assert np.array_equal(x.permute(1, 2, 0).numpy(), array.reshape(4, 5, channels))


def test_black_and_white_is_grey(tmp_path):
    Image.new("1", (3, 2), 1).save(tmp_path / "x.png")
    assert torch.equal(read_picture(tmp_path / "x.png"), torch.full((1, 2, 3), 255, dtype=torch.uint8))


@pytest.mark.parametrize("mode", ["LA", "RGBA"])
def test_what_is_transparent_lies_on_white(tmp_path, mode):
    image = Image.new(mode, (2, 1), (0,) * len(mode))
    image.putpixel((1, 0), (0,) * (len(mode) - 1) + (255,))
    image.save(tmp_path / "x.png")
    x = read_picture(tmp_path / "x.png")
    assert x.shape == (len(mode) - 1, 1, 2)
    assert x[0].tolist() == [[255, 0]], "paper, then ink"


def test_a_shade_that_means_transparent_lies_on_white(tmp_path):
    Image.fromarray(np.array([[7, 80]], np.uint8)).save(tmp_path / "x.png", transparency=7)
    assert read_picture(tmp_path / "x.png").tolist() == [[[255, 80]]]


def test_a_palette_counts_as_colour(tmp_path):
    Image.new("RGB", (2, 2), (10, 20, 30)).convert("P", palette=Image.Palette.ADAPTIVE).save(tmp_path / "x.png")
    assert read_picture(tmp_path / "x.png")[:, 0, 0].tolist() == [10, 20, 30]


def test_a_photo_is_turned_as_its_camera_says(tmp_path):
    exif = Image.Exif()
    exif[274] = 6  # the camera was held upright
    array = save(tmp_path / "x.png", exif=exif)
    assert np.array_equal(read_picture(tmp_path / "x.png")[0].numpy(), np.rot90(array, -1))


def test_a_picture_of_16_bits_is_refused(tmp_path):
    Image.fromarray(np.arange(4, dtype=np.uint16).reshape(2, 2) * 5000).save(tmp_path / "x.png")
    with pytest.raises(DataError, match=r"x\.png has more than 8 bits a channel \(Pillow's mode I;16\)"):
        read_picture(tmp_path / "x.png")


@pytest.mark.parametrize("content", [b"", b"no picture", "cut"])
def test_a_broken_picture_is_named(tmp_path, content):
    zoo(tmp_path, {"a": 3, "b": 3}, size=(40, 40))
    path = tmp_path / "b" / "001.png"
    path.write_bytes(path.read_bytes()[:600] if content == "cut" else content)
    with pytest.raises(DataError, match=r"b.001\.png cannot be read as a picture: "):
        load(tmp_path)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"size": (5, 6)}, "6 pixels high, 5 wide, grey"),
        ({"size": (7, 4)}, "4 pixels high, 7 wide, grey"),
        ({"mode": "RGB"}, "4 pixels high, 5 wide, in colour"),
    ],
)
@pytest.mark.parametrize("part", ["train", "test"])
def test_the_first_picture_that_differs_is_named(tmp_path, other, said, part):
    for each in ("train", "test"):
        zoo(tmp_path / each, {"a": 3, "b": 3})
    save(tmp_path / part / "b" / "001.png", **other)
    save(tmp_path / part / "b" / "002.png", size=(9, 9))
    end = r"but .*train.a.000\.png is 4 pixels high, 5 wide, grey: all must be alike"
    with pytest.raises(DataError, match=rf"{part}.b.001\.png is {said}, {end}"):
        load(tmp_path)


def test_a_class_without_pictures_is_named(tmp_path):
    zoo(tmp_path, {"a": 3, "b": 3})
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "x.txt").write_text("text")
    with pytest.raises(DataError, match=r"empty has no pictures \(\.bmp, .*\.png"):
        load(tmp_path)


def test_a_class_of_one_picture_cannot_be_split(tmp_path):
    zoo(tmp_path, {"a": 3, "single": 1})
    with pytest.raises(DataError, match="single holds one picture: at least two are needed"):
        load(tmp_path)


def test_a_folder_without_classes_is_refused(tmp_path):
    save(tmp_path / "x.png")
    with pytest.raises(DataError, match="has no classes: it must hold one folder of pictures for each"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("train", "test", "said"),
    [
        ("ab", "a", "test has no class 'b', but .*train has"),
        ("a", "ab", "train has no class 'b', but .*test has"),
        ("ab", "", "test has no class 'a', but .*train has"),
    ],
)
def test_train_and_test_have_the_same_classes(tmp_path, train, test, said):
    (tmp_path / "test").mkdir()
    zoo(tmp_path / "train", dict.fromkeys(train, 2))
    zoo(tmp_path / "test", dict.fromkeys(test, 2))
    with pytest.raises(DataError, match=said):
        load(tmp_path)
