"""What a convolution refuses, with a ValueError that names the values met."""

from dlbook._checking import (
    IMAGES,
    checked_pair,
    checked_pairs,
    checked_whole,
    refuse_other_axes,
    refuse_other_count,
    refuse_other_kind,
    refuse_unless_whole,
)

KERNELS = "kernels, channels, rows, columns"
WORDS = ("same", "valid")


def checked_axes(kernel, stride, dilation) -> list[tuple[int, int]]:
    """Each of the three for rows and columns."""
    return checked_pairs(1, kernel=kernel, stride=stride, dilation=dilation)


def refuse_sizes(size, kernel, stride, padding, dilation) -> None:
    """Refuse what is no number of pixels along one axis."""
    refuse_unless_whole(
        1, size=size, kernel=kernel, stride=stride, dilation=dilation
    )
    one = " along one axis" * (isinstance(padding, str) and padding in WORDS)
    checked_whole(f"padding{one}", padding, 0)


def refuse_padding(padding, stride) -> None:
    """Refuse other words than there are, and "same" where it cannot be."""
    if not isinstance(padding, str):
        checked_pair("padding", padding, 0)
    elif padding not in WORDS:
        raise ValueError(
            'padding must be "same", "valid", an integer of at least 0 or a'
            f" pair of them, got {padding!r}"
        )
    elif padding == "same" and stride != (1, 1):
        raise ValueError(f'padding="same" needs a stride of 1, got {stride}')


def refuse_groups(c_in, c_out, groups) -> None:
    """Refuse groups that do not share the channels equally."""
    refuse_unless_whole(1, c_in=c_in, c_out=c_out, groups=groups)
    if c_in % groups or c_out % groups:
        raise ValueError(
            f"groups {groups} must divide the channels,"
            f" c_in {c_in} and c_out {c_out}"
        )


def refuse_stacks(**stacks) -> None:
    """Refuse what is no stack of images or kernels, all of one kind."""
    refuse_other_kind(**stacks)
    for name, stack in stacks.items():
        refuse_other_axes(name, stack, KERNELS if name == "weight" else IMAGES)


def refuse_tensors(x, weight, bias, groups, *, transposed=False) -> None:
    """Refuse images, kernels and biases that do not fit together."""
    refuse_stacks(x=x, weight=weight)
    checked_whole("groups", groups, 1)
    c_out, c_in = len(weight), weight.shape[1] * groups
    if transposed:
        c_out, c_in = c_in, c_out
    refuse_groups(x.shape[1], c_out, groups)
    if x.shape[1] != c_in:
        raise ValueError(
            f"x has {x.shape[1]} channels, but kernels of shape"
            f" {tuple(weight.shape)} with groups {groups} expect {c_in}"
        )
    if bias is not None:
        refuse_other_kind(x=x, bias=bias)
        refuse_other_count("bias", bias, c_out, "channel of the output")
