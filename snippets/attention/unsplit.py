import torch

from dlbook.attention import attention

g = torch.Generator().manual_seed(0)
x = torch.randn(2, 6, 32, generator=g)  # texts, words, columns
other = x.clone()
other[:, 5] = 0  # another last word


def wrong(x):
    parts = x.unflatten(-1, (4, 8))  # texts, words, heads, d_k
    return attention(parts, parts, parts).flatten(2)


def right(x):
    parts = x.unflatten(-1, (4, 8)).transpose(1, 2)
    return attention(parts, parts, parts).transpose(1, 2).flatten(2)


for f in (wrong, right):
    same = torch.allclose(f(x)[:, 0], f(other)[:, 0])
    print(f"{f.__name__:5} {tuple(f(x).shape)}  word 0 notices: {not same}")
