import torch

x = torch.tensor([3.0, -1, 4, 1, -5, 9])
left = torch.tensor([2.0, 2, 2, 1, 1, 1])
maps = {
    "reverse": lambda x: x.flip(0),
    "minus mean": lambda x: x - x.mean(),
    "double left": lambda x: x * left,
    "ReLU": torch.relu,
    "sort": lambda x: x.sort().values,
}
for name, f in maps.items():
    moves = all(f(x.roll(t)).allclose(f(x).roll(t)) for t in range(6))
    linear = f(x - x.flip(0)).allclose(f(x) - f(x.flip(0)))
    print(f"{name:12} equivariant: {moves!s:6} linear: {linear}")
