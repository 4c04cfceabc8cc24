import matplotlib.pyplot as plt
import torch

from dlbook.data import petals
from dlbook.gradient_descent.bowl import line_loss

x, y = petals()
loss = line_loss(x - x.mean(), y)
p = torch.tensor([1.1, 0.3]).double().requires_grad_()
(g,) = torch.autograd.grad(loss(p), p)
p, slope = p.detach(), g.norm()
angle = torch.arange(-180, 181, 5)  # 0 degrees: straight against g
turn = angle.deg2rad().double()[:, None]
ahead, aside = -g / slope, torch.stack([g[1], -g[0]]) / slope
unit = turn.cos() * ahead + turn.sin() * aside
for length, color in [(0.001, "C0"), (0.4, "C1"), (0.8, "C2")]:
    change = (loss(p + length * unit) - loss(p)) / (length * slope)
    plt.plot(angle, change, color=color, label=f"length {length}")
    print(f"steps of {length}: best at {angle[change.argmin()]} degrees,",
          f"loss changes by {change.min() * length * slope:.3f}")
plt.plot(angle, -turn.cos(), ":", color="0.3", label="-cos")
plt.xlabel("angle to -gradient, in degrees")
plt.ylabel("change per length")
plt.legend()
plt.show()
