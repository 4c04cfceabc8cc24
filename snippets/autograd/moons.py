# --8<-- [start:net]
import torch

from dlbook.backprop.value import Value


def network(hidden, seed=0):
    """Each hidden unit: two weights, a bias, its weight in the score."""
    g = torch.Generator().manual_seed(seed)
    numbers = torch.randn(hidden, 4, generator=g).tolist()
    return [[Value(number) for number in unit] for unit in numbers]


def score(units, x, y):
    return sum(v * (a * x + b * y + c).tanh() for a, b, c, v in units)


def train(units, examples, steps, rate):
    for _ in range(steps):
        loss = sum(((score(units, x, y) * -t).exp() + 1).log()
                   for x, y, t in examples) / len(examples)
        loss.backward()
        for w in (w for unit in units for w in unit):
            w.data, w.grad = w.data - rate * w.grad, 0.0
    return loss.data
# --8<-- [end:net]


# --8<-- [start:train]
import math

import matplotlib.pyplot as plt

xor = [(0, 0, -1), (0, 1, 1), (1, 0, 1), (1, 1, -1)]
units = network(4)
print(f"XOR: loss {train(units, xor, 300, 1.0):.2f}, scores",
      *[f"{score(units, x, y).data:.0f}" for x, y, _ in xor])

angles = [math.pi * k / 14 for k in range(15)]
moons = [(math.cos(t), math.sin(t), 1) for t in angles]
moons += [(1 - math.cos(t), 0.5 - math.sin(t), -1) for t in angles]
units = network(8)
loss = train(units, moons, 300, 1.0)
right = sum(score(units, x, y).data * t > 0 for x, y, t in moons)
print(f"moons: loss {loss:.2f}, {right} of {len(moons)} right")

above = [[score(units, x / 10, y / 10).data > 0 for x in range(-15, 26)]
         for y in range(-10, 16)]
plt.figure(figsize=(5, 2.9)).gca().set(xlabel="x", ylabel="y")
plt.imshow(above, origin="lower", alpha=0.5,
           extent=(-1.55, 2.55, -1.05, 1.55))
for x, y, t in moons:
    plt.plot(x, y, "C0o" if t > 0 else "C1s")
plt.show()
# --8<-- [end:train]
