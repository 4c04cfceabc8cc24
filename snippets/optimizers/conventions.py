import torch

from dlbook.gradient_descent import SGD

w = torch.tensor(0.0, requires_grad=True)
walker = SGD([w], lr=0.1, momentum=0.9)
paper, v = 0.0, 0.0  # v ← 0.9 v - lr * g, w ← w + v
for step in range(1, 31):
    walker.lr = 0.1 if step <= 20 else 0.01
    walker.zero_grad()
    w.backward()  # the loss is w: the gradient is 1 everywhere
    before = w.item(), paper
    walker.step()
    v = 0.9 * v - walker.lr * 1
    paper += v
    if step in (1, 20, 21, 30):
        print(f"step {step:2}, η = {walker.lr:4}: torch's way",
              f"{w.item() - before[0]:.2f}, the papers' {v:.2f}")
