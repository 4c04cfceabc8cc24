import torch

a = torch.tensor(2.0, requires_grad=True)
b = torch.tensor(3.0, requires_grad=True)
u = a * b
v = u + a
for name, tensor in {"a": a, "b": b, "u": u, "v": v}.items():
    tensor.register_hook(lambda g, name=name: print(f"at {name}: {g:g}"))
u.retain_grad()
(v * v).backward()
print(f"kept: u.grad {u.grad:g}, a leaf: {u.is_leaf}")
