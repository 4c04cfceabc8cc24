from dlbook.data import digits


def address(start, strides, index):
    """Where in memory the number with this index stands."""
    return start + sum(i * s for i, s in zip(index, strides, strict=True))


images, _ = digits()
print("shape", tuple(images.shape), "strides", images.stride())
for name, x, index in [
    ("images", images, (5, 0, 3, 4)),
    ("images.permute(0, 2, 3, 1)", images.permute(0, 2, 3, 1), (5, 3, 4, 0)),
    ("images[5:, 0, 1::2]", images[5:, 0, 1::2], (0, 1, 4)),
]:
    where = address(x.storage_offset(), x.stride(), index)
    same = images.flatten()[where] == x[index]
    print(f"{name:26} strides {x.stride()!s:15} start {x.storage_offset():3}"
          f"  number {where}, right: {bool(same)}")
