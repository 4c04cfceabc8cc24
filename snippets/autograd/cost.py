import torch

from dlbook.backprop.tensor import TensorValue
from dlbook.backprop.value import Value, history


def network(x, w1, w2):
    return ((x @ w1).tanh() @ w2).sum()


def in_numbers(x, w1, w2):
    hidden = [[sum(map(Value.__mul__, row, column)).tanh()
               for column in zip(*w1, strict=True)] for row in x]
    return sum(sum(map(Value.__mul__, row, column))
               for row in hidden for column in zip(*w2, strict=True))


for n, d, h in [(1, 8, 4), (10, 8, 4), (10, 64, 32)]:
    g, sizes = torch.Generator().manual_seed(0), ((n, d), (d, h), (h, 10))
    tensors = [torch.randn(*size, generator=g).double() for size in sizes]
    lists = [[[Value(v) for v in row] for row in t.tolist()] for t in tensors]
    few, many = network(*map(TensorValue, tensors)), in_numbers(*lists)
    print(f"{n:2} examples, {d}-{h}-10: {n * h * (d + 10):6,} multiply-adds,"
          f" {len(history(many)):6,} values, {len(history(few))} tensors,"
          f" equal {abs(many.data - few.data.item()) < 1e-9}")
