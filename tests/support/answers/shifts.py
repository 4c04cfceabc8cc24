def stays(k, a, b):
    return max(0, k - abs(a)) / k * max(0, k - abs(b)) / k


def by_listing(k, a, b):
    places = [(i, j) for i in range(k) for j in range(k)]
    return sum(0 <= i + a < k and 0 <= j + b < k for i, j in places) / k**2


def dense_weight(v, h, w):
    return (v / (h * w)).repeat_interleave(h * w, 1)


ANSWERS = {
    "safe": ([[27, 16]], [([9, 16], "3 · 3 · 3"), ([27, 4], "one block"), ([27, 8], "multiplies")]),
    "stays": (
        [stays, by_listing],
        [
            (lambda k, a, b: (1 - a / k) * (1 - b / k), "a move to the left"),
            (lambda k, a, b: (1 - abs(a) / k + 1 - abs(b) / k) / 2, "averaged, and not multiplied"),
            (lambda k, a, b: 1 - stays(k, a, b), "to leave"),
            (lambda k, a, b: (1 - abs(a) / k) * (1 - abs(b) / k), "parts below 0"),
        ],
    ),
    "alike": (
        [dense_weight, lambda v, h, w: (v[..., None, None].expand(*v.shape, h, w) / h / w).flatten(1)],
        [
            (lambda v, h, w: v.repeat_interleave(h * w, 1), "division by hw is missing"),
            (lambda v, h, w: v.repeat(1, h * w) / h / w, "channels run fastest"),
            (lambda v, h, w: v / h / w, "Met shape (5, 3)"),
        ],
    ),
    "strip": (
        [lambda weight, shape: weight.unflatten(1, shape), lambda weight, shape: weight.reshape(-1, *shape)],
        [
            (lambda weight, shape: weight.unflatten(1, (shape[0], shape[2], shape[1])).mT, "rows and columns"),
            (lambda weight, shape: weight.unflatten(1, shape).flip(2, 3), "mirrored"),
            (lambda weight, shape: weight, "Met shape (5, 24)"),
        ],
    ),
}
