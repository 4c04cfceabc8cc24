import torch

from dlbook.attention import attention


def rounded(x, bits):
    """Each row as whole numbers of so many bits, with a scale of its own."""
    scale = x.abs().amax(-1, keepdim=True) / (2 ** (bits - 1) - 1)
    return (x / scale).round() * scale


print("bits  cache, share of float32  error of the output, five seeds")
for bits in (8, 4, 2):
    found = []
    for seed in range(5):
        g = torch.Generator().manual_seed(seed)
        q, k, v = torch.randn(3, 8, 256, 64, generator=g)
        y = attention(q, k, v)
        wrong = attention(q, rounded(k, bits), rounded(v, bits)) - y
        found.append((wrong.norm() / y.norm()).item())
    share = (bits * 64 + 32) / (32 * 64)  # the scale of a row counts, too
    print(f"{bits:4}{share:17.2f}{min(found):22.2f} to {max(found):.2f}")
