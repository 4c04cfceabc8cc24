"""Real data that needs no download."""

import lzma
from importlib.resources import files

import torch
from jaxtyping import Float, Float64, Int
from sklearn.datasets import load_digits, load_iris, load_sample_image
from torch import Tensor, nn

from dlbook._checking import checked_whole

PHOTOS = ("china", "flower")  # a tower, a dahlia: 427 by 640 pixels each


def photo(
    name: str = "china", *, width: int | None = None
) -> Float[Tensor, "3 h w"]:
    """A photograph from scikit-learn, in red, green and blue.

    Each value is a float32 from 0 (dark) to 1. Whoever shows one names its
    author: "china" is by danielbuechele, "flower" by vultilion, both on
    flickr.com, licence CC BY 2.0 (creativecommons.org/licenses/by/2.0).

    Args:
        name: "china" or "flower".
        width: shrink to this many columns by averaging (the shape of the
            picture is kept).

    >>> photo("flower").shape
    torch.Size([3, 427, 640])

    Raises:
        ValueError: for another name, or a width not between 1 and 640.
    """
    if name not in PHOTOS:
        raise ValueError(f"there are the photos {PHOTOS}, not {name!r}")
    pixels = torch.from_numpy(load_sample_image(f"{name}.jpg").copy())
    pixels = pixels.permute(2, 0, 1) / 255
    if width is None:
        return pixels
    _, h, w = pixels.shape
    checked_whole("width", width, 1, w)
    size = max(1, round(h * width / w)), width
    return nn.functional.interpolate(pixels[None], size, mode="area")[0]


def digits() -> tuple[Float[Tensor, "n 1 8 8"], Int[Tensor, " n"]]:
    """Handwritten digits: 1,797 images of 8 by 8 pixels, and what they show.

    A pixel is a float32 from 0 (paper) to 1 (ink), in steps of 1/16. From
    scikit-learn, which took them from the UCI repository (Alpaydin and Kaynak,
    1998, "Optical recognition of handwritten digits").

    >>> images, labels = digits()
    >>> images.shape, labels[:3]
    (torch.Size([1797, 1, 8, 8]), tensor([0, 1, 2]))
    """
    found = load_digits()
    images = torch.tensor(found.images[:, None], dtype=torch.float32) / 16
    return images, torch.tensor(found.target)


def petals() -> Float64[Tensor, "2 n"]:
    """How long and how wide the petals of 150 irises are, in centimetres.

    Fifty flowers of each of three species, measured by Anderson and made
    known by Fisher (1936, "The use of multiple measurements in taxonomic
    problems"). From scikit-learn.

    >>> length, width = petals()
    >>> length[:3].tolist(), width[:3].tolist()
    ([1.4, 1.4, 1.3], [0.2, 0.2, 0.2])
    """
    return torch.tensor(load_iris().data[:, 2:].T)


CORPORA = ("en", "zh")


def corpus(language: str = "en") -> str:
    """A real text that needs no download.

    Args:
        language: "en" for the help texts of Python 3.11 (about 460,000
            characters, PSF licence), or "zh" for Lu Xun's story Kong Yiji
            (1919, public domain, about 2,600 characters).

    >>> corpus("zh")[:15]
    '鲁镇的酒店的格局，是和别处不同'

    Raises:
        ValueError: for another language.
    """
    if language not in CORPORA:
        raise ValueError(
            f"there are texts in {CORPORA}, not in {language!r}"
        )
    texts = files("dlbook") / "texts"
    if language == "zh":
        return (texts / "kong_yiji.txt").read_text("utf8")
    packed = (texts / "python_topics.txt.xz").read_bytes()
    return lzma.decompress(packed).decode()
