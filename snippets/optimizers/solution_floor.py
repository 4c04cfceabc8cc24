import torch

from dlbook.gradient_descent import SGD

for lr, momentum in ((0.1, 0.0), (0.01, 0.9), (0.1, 0.9)):
    g = torch.Generator().manual_seed(0)
    w = torch.zeros(2000).double().requires_grad_()
    walker, squares = SGD([w], lr, momentum), []
    for _ in range(1200):
        w.grad = w.detach() + torch.randn(2000, generator=g).double()
        walker.step()
        squares.append(w.detach().square().mean().item())
    hovers, room = sum(squares[400:]) / 800, 1 - momentum
    exact = lr * (1 + momentum) / (room * (2 * (1 + momentum) - lr))
    print(f"η = {lr:4}, μ = {momentum}: hovers at {hovers:.2f},",
          f"formula {exact:.2f}; η/2(1 − μ) is {lr / (2 * room):.2f}")
