import math

from torch import tensor
from torch.nn.functional import cross_entropy

print(f"start, 100 classes: {math.log(100):.3f}")
for many in (2, 3, 4, 10, 100):
    floor = math.log(1 + (many - 1) / math.e)
    print(f"softmax twice, {many:3} classes: {floor:.3f} to {1 + floor:.3f}")
eps, many = 0.1, 3
low, high = eps / many, 1 - eps + eps / many
least = -high * math.log(high) - (many - 1) * low * math.log(low)
for name, gap in (("best", math.log(high / low)), ("too sure", 10.0)):
    z, y = tensor([[gap, 0.0, 0.0]]).double(), tensor([0])
    loss = cross_entropy(z, y, label_smoothing=eps)
    print(f"smoothed, gap {gap:5.2f} ({name}): {loss:.4f}, floor {least:.4f}")
