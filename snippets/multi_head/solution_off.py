import torch
from torch.nn.functional import cross_entropy

from dlbook.attention import MultiHeadAttention

for seed in range(5):
    g = torch.Generator().manual_seed(seed)
    digits = torch.randn(10, 32, generator=g, requires_grad=True)
    places = torch.randn(8, 32, generator=g, requires_grad=True)
    net = MultiHeadAttention(32, 2, bias=False, generator=g)
    optimizer = torch.optim.Adam([digits, places, *net.parameters()], 0.003)
    for _ in range(600):
        ring = torch.randint(10, (16, 8), generator=g)
        sides = torch.stack([ring.roll(1, 1), ring.roll(-1, 1)], -1)
        scores = net(digits[ring] + places)[..., :20].unflatten(-1, (2, 10))
        loss = cross_entropy(scores.flatten(0, 2), sides.flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    whole = net.output.weight.detach().clone()
    for h in (0, 1):  # the columns of head h get no weight
        net.output.weight.data = whole * (torch.arange(32) // 16 != h)
        said = net(digits[ring] + places)[..., :20].unflatten(-1, (2, 10))
        left, right = (said.argmax(-1) == sides).double().mean((0, 1))
        print(f"seed {seed}, head {h} off: left {left:.1f} right {right:.1f}")
