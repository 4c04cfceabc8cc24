import matplotlib.pyplot as plt
import torch

from dlbook.positional_encoding import LearnedPositions

g = torch.Generator().manual_seed(0)
table = LearnedPositions(24, 32, generator=g).double()
w = (torch.randn(2, 32, 32, generator=g).double() / 6).requires_grad_()
step = torch.optim.Adam([*table.parameters(), w], lr=0.01)
maps = []
for _ in range(151):
    query, key = table(torch.zeros(24, 32).double()) @ w
    weights = (query @ key.T / 32**0.5).softmax(-1)
    maps.append(weights.detach())
    digits = torch.eye(10)[torch.randint(10, (24,), generator=g)].double()
    answer = weights @ digits  # a mixture of the digits in the line
    right = (answer[3:] * digits[:-3]).sum(-1)  # the part of the right one
    step.zero_grad()
    (-right.log().mean()).backward()
    step.step()
fig, axes = plt.subplots(1, 2, figsize=(5.5, 2.7), sharey=True)
for ax, when in zip(axes, [0, 150], strict=True):
    ax.imshow(maps[when].numpy(), vmin=0, vmax=1)
    ax.set(title=f"step {when}", xlabel="looks at position")
plt.show()
