import torch

from dlbook.attention.gradient import attention_gradient

query = torch.tensor([[-2.0, 1, 2, 1], [1, 0, 1, 0], [0, 1, 0, 1]])
key = torch.tensor([[2.0, 0, 2, 0], [0, 1, 0, 1], [0, 0, 2, 0]])
value = torch.tensor([[4.0, 4], [2, 0], [0, 4]])


def show(name, numbers):
    print(f"{name:15}", *(f"{x:6.3f}" for x in numbers.tolist()))


a = torch.tensor([2.0, 0, 1]).softmax(0)  # the weights of drinks
grad_a = value[:, 0]  # L is the first output of drinks
mean = (a * grad_a).sum()
grad_s = a * (grad_a - mean)
show("dL/da", grad_a)
show("mean", mean[None])
show("dL/ds", grad_s)
show("dL/dq of drinks", grad_s @ key / 2)
grad_y = torch.tensor([[0.0, 0], [1, 0], [0, 0]])
dq, dk, dv = attention_gradient(grad_y, query, key, value)
show("  by function", dq[1])
show("dL/dv, column 0", dv[:, 0])
