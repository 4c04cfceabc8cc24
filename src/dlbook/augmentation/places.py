"""Places: what moves the pixels of an image and changes none of them.

    flip   y[c, i, j] = x[c, i, w - 1 - j]
    crop   y[c, i, j] = x[c, i + top, j + left]

A batch is changed at once, and each image of it by its own draw. The draws
are made on the CPU, whatever device the images are on, so that one seed gives
the same views everywhere. Flips and crops are those of Krizhevsky, Sutskever
and Hinton (2012), "ImageNet classification with deep convolutional neural
networks", section 4.1.
"""

import torch
from jaxtyping import Bool, Float, Int64, Shaped
from torch import Tensor, nn

from dlbook._checking import (
    IMAGES,
    Number,
    Pair,
    checked_number,
    checked_pair,
    kind,
    refuse_other_axes,
)


# --8<-- [start:flip]
def flip(
    x: Shaped[Tensor, "n c h w"], which: Bool[Tensor, " n"]
) -> Shaped[Tensor, "n c h w"]:
    """Mirror some images, left to right.

    Args:
        x: images, of any type.
        which: True for those that are mirrored.

    Raises:
        ValueError: for other axes than four, and unless there is one True or
            False for each image.
    """
    refuse_no_images(x)
    refuse_other_length("which", which, len(x))
    return torch.where(which[:, None, None, None].to(x.device), x.flip(3), x)


def random_flip(
    x: Shaped[Tensor, "n c h w"], generator: torch.Generator, p: Number = 0.5
) -> Shaped[Tensor, "n c h w"]:
    """Mirror each image with probability p.

    Args:
        x: images, of any type.
        generator: of the CPU; draws one number for each image.
        p: from 0, none, to 1, all.

    >>> row = torch.tensor([[[[1, 2, 3]]]])
    >>> random_flip(row, torch.Generator(), p=1)
    tensor([[[[3, 2, 1]]]])

    Raises:
        ValueError: for other axes than four, a p outside of 0 … 1, and a
            generator of another device.
    """
    refuse_no_images(x)
    checked_number("p", p, least=0, most=1)
    draw = torch.rand(len(x), generator=checked_generator(generator))
    return flip(x, draw < p)
# --8<-- [end:flip]


# --8<-- [start:crop]
def crop(
    x: Shaped[Tensor, "n c h w"], corners: Int64[Tensor, "n 2"], size: Pair
) -> Shaped[Tensor, "n c rows columns"]:
    """Cut a window out of each image, each at its own place.

    Args:
        x: images, of any type.
        corners: row and column of each window's first pixel.
        size: rows and columns of the window, or one number for both.

    Raises:
        ValueError: for other axes than four, a window that is larger than the
            image, and a corner from which it would stick out.
    """
    refuse_no_images(x)
    rows, columns = _room(x, size)
    refuse_other_length("corners", corners, len(x), 2)
    _refuse_outside(corners, x.shape[2] - rows, x.shape[3] - columns)
    top, left = corners.to(x.device).split(1, dim=1)  # each (n, 1)
    i = top + torch.arange(rows, device=x.device)  # (n, rows)
    j = left + torch.arange(columns, device=x.device)  # (n, columns)
    image = torch.arange(len(x), device=x.device)[:, None, None, None]
    channel = torch.arange(x.shape[1], device=x.device)[:, None, None]
    return x[image, channel, i[:, None, :, None], j[:, None, None, :]]
# --8<-- [end:crop]


# --8<-- [start:random_crop]
def random_crop(
    x: Shaped[Tensor, "n c h w"], size: Pair, generator: torch.Generator,
    padding: Pair = 0,
) -> Shaped[Tensor, "n c rows columns"]:
    """Cut a window out of each image, at a place drawn for each.

    All places are as likely: h + 2 padding - rows + 1 from top to bottom, and
    as many from left to right.

    Args:
        x: images, of any type.
        size: rows and columns of the window, or one number for both.
        generator: of the CPU; draws two numbers for each image.
        padding: so many zeros on each side first; one number, or those above
            and below, and those left and right.

    >>> random_crop(torch.ones(9, 3, 32, 32), 28, torch.Generator()).shape
    torch.Size([9, 3, 28, 28])

    Raises:
        ValueError: for other axes than four, a window that does not fit, a
            negative padding, and a generator of another device.
    """
    refuse_no_images(x)
    x = framed(x, padding)
    rows, columns = _room(x, size)
    places = x.shape[2] - rows + 1, x.shape[3] - columns + 1
    checked_generator(generator)
    drawn = [
        torch.randint(many, (len(x),), generator=generator) for many in places
    ]
    return crop(x, torch.stack(drawn, 1), (rows, columns))


def framed(
    x: Shaped[Tensor, "n c h w"], padding: Pair
) -> Shaped[Tensor, "n c rows columns"]:
    """Put zeros around each image.

    Args:
        x: images, of any type.
        padding: how many on each side; one number, or those above and below,
            and those left and right.

    Raises:
        ValueError: for other axes than four, and a negative padding.
    """
    refuse_no_images(x)
    high, wide = checked_pair("padding", padding, 0)
    n, c, h, w = x.shape
    frame = x.new_zeros(n, c, h + 2 * high, w + 2 * wide)
    frame[:, :, high:high + h, wide:wide + w] = x
    return frame
# --8<-- [end:random_crop]


# --8<-- [start:views]
def count_views(size: Pair, window: Pair, *, flips: bool = True) -> int:
    """How many different crops of one image there are.

    Args:
        size: rows and columns of the image, or one number for both.
        window: those of the window.
        flips: whether each is counted with its mirror image.

    >>> count_views(256, 224)  # 33 * 33 * 2
    2178

    Raises:
        ValueError: for a window that is larger than the image.
    """
    image = checked_pair("size", size, 1)
    places = 2 if flips else 1
    for side, cut in zip(image, _fitting(window, image), strict=True):
        places *= side - cut + 1  # 0, 1, …, side - cut
    return places


def ten_crop(
    x: Shaped[Tensor, "n c h w"], size: Pair
) -> Shaped[Tensor, "10 n c rows columns"]:
    """The four corners and the middle, then the same of the mirror image.

    The corners come in reading order. Where the middle lies between two
    pixels, it is the one before.

    Args:
        x: images, of any type.
        size: rows and columns of the window, or one number for both.

    >>> ten_crop(torch.zeros(7, 3, 32, 32), 28).shape
    torch.Size([10, 7, 3, 28, 28])

    Raises:
        ValueError: for other axes than four, and a window that does not fit.
    """
    refuse_no_images(x)
    rows, columns = _room(x, size)
    last, right = x.shape[2] - rows, x.shape[3] - columns
    corners = [(0, 0), (0, right), (last, 0), (last, right)]
    corners.append((last // 2, right // 2))
    return torch.stack([
        image[:, :, i:i + rows, j:j + columns]
        for image in (x, x.flip(3)) for i, j in corners
    ])


def mean_prediction(
    model: nn.Module, views: Float[Tensor, "views n c h w"]
) -> Float[Tensor, "n k"]:
    """The mean of what a model says of several views of each image.

    Args:
        model: gives logits; is taken as it is, in `eval` mode or not.
        views: such as `ten_crop` gives them.

    Returns:
        Probabilities: the mean of the softmax over the views.

    Raises:
        ValueError: for no view.
    """
    if len(views) == 0:
        raise ValueError("views must hold at least one view, got none")
    return torch.stack([model(view).softmax(1) for view in views]).mean(0)
# --8<-- [end:views]


def refuse_no_images(x: object) -> None:
    """Refuse what is not a batch of images."""
    if not isinstance(x, Tensor):
        raise ValueError(f"x must be a tensor, got {kind(x)}")
    refuse_other_axes("x", x, IMAGES)


def refuse_other_length(name: str, x: Tensor, *shape: int) -> None:
    """Refuse another shape than one entry, or one row, for each image."""
    if not isinstance(x, Tensor) or tuple(x.shape) != shape:
        met = tuple(x.shape) if isinstance(x, Tensor) else kind(x)
        raise ValueError(
            f"{name} must have the shape {shape}, one entry for each image,"
            f" got {met}"
        )


def checked_generator(generator: object) -> torch.Generator:
    """The generator, if it is one of the CPU."""
    if not isinstance(generator, torch.Generator):
        raise ValueError(
            f"generator must be a torch.Generator, got {kind(generator)}"
        )
    if generator.device.type != "cpu":
        raise ValueError(
            f"generator must be of the CPU, got one of {generator.device}"
        )
    return generator


def _room(x: Tensor, size: object) -> tuple[int, int]:
    return _fitting(size, (x.shape[2], x.shape[3]))


def _fitting(size: object, image: tuple[int, int]) -> tuple[int, int]:
    """The size of a window that fits into the image."""
    rows, columns = checked_pair("the size of a window", size, 1)
    if rows > image[0] or columns > image[1]:
        raise ValueError(
            f"a window must be at most as large as the image, {image},"
            f" got {(rows, columns)}"
        )
    return rows, columns


def _refuse_outside(corners: Tensor, last: int, rightmost: int) -> None:
    most = torch.tensor([last, rightmost], device=corners.device)
    wrong = corners[((corners < 0) | (corners > most)).any(1)]
    for corner in wrong[:1].tolist():
        raise ValueError(
            f"corners go from (0, 0) to {(last, rightmost)},"
            f" got {tuple(corner)}"
        )
