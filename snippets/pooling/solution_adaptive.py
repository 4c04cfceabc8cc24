import torch


def spans(n, size):
    """As many windows as asked, rounded outwards to whole pixels."""
    last = [-(-(i + 1) * n // size) for i in range(size)]  # rounded up
    return [slice(i * n // size, last[i]) for i in range(size)]


def adaptive(x, size):
    rows, columns = (spans(n, size) for n in x.shape[2:])
    means = [[x[..., r, c].mean((2, 3)) for c in columns] for r in rows]
    return torch.stack([torch.stack(row, -1) for row in means], -2)


print([(s.start, s.stop) for s in spans(13, 6)])
g = torch.Generator().manual_seed(0)
for h, w in [(12, 12), (13, 9), (4, 20)]:
    x = torch.randn(2, 3, h, w, dtype=torch.float64, generator=g)
    torchs = torch.nn.functional.adaptive_avg_pool2d(x, 6)
    print((h, w), "as torch:", adaptive(x, 6).allclose(torchs))
