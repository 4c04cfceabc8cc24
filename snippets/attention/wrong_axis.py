import torch

scores = torch.tensor([[0.0, 1, 2], [2, 0, 1], [0, 1, 0]])
value = torch.tensor([[4.0, 4], [2, 0], [0, 4]])
for axis in (-1, -2):
    a = scores.softmax(axis)
    print(f"axis {axis}: output of shape {tuple((a @ value).shape)}")
    print("  rows sum to   ", *(f"{r:.2f}" for r in a.sum(1).tolist()))
    print("  columns sum to", *(f"{c:.2f}" for c in a.sum(0).tolist()))
