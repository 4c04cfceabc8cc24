import torch

from dlbook.normalization import normalized, normalized_gradient

generator = torch.Generator().manual_seed(2)
x = torch.randn(3, 2, 2, generator=generator).double()
dy = torch.randn(x.shape, generator=generator).double()
for name, axes, centred in (("batch", (0, 2), True),
                            ("layer", (1, 2), True), ("RMS", (1, 2), False)):
    how = {"axes": axes, "centred": centred}
    by_hand = normalized_gradient(dy, x, **how)
    moved = torch.empty_like(x)
    for place in range(x.numel()):
        step = torch.zeros(x.numel()).double()
        step[place] = 1e-5
        up, down = x + step.view_as(x), x - step.view_as(x)
        change = normalized(up, **how) - normalized(down, **how)
        moved.view(-1)[place] = (dy * change).sum() / 2e-5
    again = x.clone().requires_grad_()
    (auto,) = torch.autograd.grad(normalized(again, **how), again, dy)
    print(f"{name:5} differences agree: {torch.allclose(by_hand, moved)},"
          f" autograd agrees: {torch.allclose(by_hand, auto)}")
