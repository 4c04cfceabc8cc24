"""A data set is made of pictures whose labels fit them."""

from dlbook.datasets.images import DataError, DataSet, Images, digest


def made(
    name: str, train: Images, test: Images, classes: tuple[str, ...]
) -> DataSet:
    """A data set, whose labels have been looked at.

    Raises:
        DataError: if labels do not fit the pictures in number or range.
    """
    for part, images in (("train", train), ("test", test)):
        refuse_misfits(f"{name}, {part}", images, len(classes))
    return DataSet(name, train, test, classes, digest(train, test, classes))


def refuse_misfits(what: str, images: Images, classes: int) -> None:
    """Refuse labels that do not fit the pictures in number or range."""
    x, y = images
    if len(x) != len(y):
        raise DataError(f"{what}: {len(x)} images, but {len(y)} labels")
    outside = ((y < 0) | (y >= classes)).nonzero().flatten()[:1].tolist()
    for place in outside:
        raise DataError(
            f"{what}: labels go from 0 to {classes - 1},"
            f" but image {place} has {int(y[place])}"
        )
