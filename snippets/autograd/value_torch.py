import torch

from dlbook.backprop.value import Value


def f(a, b):
    c = (a * b).tanh() + (a**3).sigmoid()
    return (c * c + b.exp() / (1 + c)).log() - b.relu() * c


numbers = 0.7, -0.4
ours = [Value(n) for n in numbers]
theirs = [torch.tensor(n, dtype=torch.float64, requires_grad=True)
          for n in numbers]
results = f(*ours), f(*theirs)
for result in results:
    result.backward()
print(f"value: ours {results[0].data:.6f}, torch's {results[1]:.6f}")
for name, mine, other in zip("ab", ours, theirs, strict=True):
    print(f"d/d{name}:  ours {mine.grad:.6f}, torch's {other.grad:.6f}")
