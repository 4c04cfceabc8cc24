import torch

w = torch.tensor(1.0, requires_grad=True)


def slope(loss):
    loss.backward()
    grad, w.grad = w.grad.item(), None
    return f"{grad:.2f}"


print("exp(w):", slope(w.exp()))

y = w.exp()
y.data += 1  # autograd does not see it
print("exp(w) + 1, by .data:", slope(y))

y = w.exp()
print("exp(w) squared:", slope(y * y))
print("with one detach:", slope(w.exp() * y.detach()))

w.exp().backward()  # and no zeroing
print("twice without zeroing:", slope(w.exp()))
