import torch

from dlbook.data import petals
from dlbook.gradient_descent.bowl import line_loss
from dlbook.optimizers.preconditioning import (
    condition,
    newton_step,
    rescaled,
)

start = torch.tensor([1.0, -1.5]).double()
w, b = newton_step(line_loss(*petals()), start).tolist()
print(f"petals, one step of Newton: w {w:.3f}, b {b:.3f}")
valley = torch.tensor([1.0, 100.0]).double().diag()
for degrees in (0, 1, 10, 45):
    angle = torch.deg2rad(torch.tensor(float(degrees))).double()
    turn = torch.stack([angle.cos(), -angle.sin(), angle.sin(), angle.cos()])
    turned = turn.view(2, 2) @ valley @ turn.view(2, 2).T
    kappas = [condition(rescaled(turned, power)) for power in (0, 0.5, 1)]
    print(f"turned by {degrees:2} degrees: κ {kappas[0]:.0f} plain,",
          f"{kappas[1]:.1f} with the root, {kappas[2]:.1f} with the diagonal")
