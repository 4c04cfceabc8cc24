import torch

a = torch.tensor(2.0, requires_grad=True)
b = torch.tensor(3.0, requires_grad=True)
L = (a * b + a) ** 2
waiting = [(L.grad_fn, 0)]
while waiting:
    node, depth = waiting.pop()
    print("  " * depth + type(node).__name__)
    parents = [parent for parent, _ in node.next_functions if parent]
    waiting += [(parent, depth + 1) for parent in reversed(parents)]
L.backward()
print(f"a.grad {a.grad:g}, b.grad {b.grad:g}, a is a leaf: {a.is_leaf}")
