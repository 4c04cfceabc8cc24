import torch


def shown(values):
    return " ".join(f"{value:7.3f}" for value in values.tolist())


z = torch.tensor([2.0, 1, -1]).double()
for name, scores in [("z", z), ("z + 100", z + 100), ("2 z", 2 * z)]:
    print(f"{name:8} {shown(scores)}   p {shown(scores.softmax(0))}")
p = z.softmax(0)
print("p0 / p1:       ", f"{p[0] / p[1]:.3f}")
print("exp(z0 - z1):  ", f"{torch.exp(z[0] - z[1]):.3f}")
print("softmax of 2, 0:", shown(torch.tensor([2.0, 0]).softmax(0)))
print("sigmoid of 2:   ", f"{torch.sigmoid(torch.tensor(2.0)):7.3f}")
