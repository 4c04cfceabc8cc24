import torch
from torch.optim import Adam

from dlbook.data import digits
from dlbook.losses import binary_cross_entropy, softmax

images, numbers = digits()
x = torch.cat([images.flatten(1), torch.ones(1797, 1)], 1)
asked = {"even": (0, 2, 4, 6, 8), "above 4": (5, 6, 7, 8, 9),
         "has a loop": (0, 6, 8, 9)}
yes = [torch.isin(numbers, torch.tensor(a)) for a in asked.values()]
y = torch.stack(yes, 1).float()  # (1797, 3): a label in each column

w = torch.zeros(65, 3, requires_grad=True)
step = Adam([w], lr=0.05)
for _ in range(300):  # one layer, on the first thousand digits
    step.zero_grad()
    binary_cross_entropy(x[:1000] @ w, y[:1000]).backward()
    step.step()
z = (x[1000:] @ w).detach()
print("asked:", *asked, sep="  ")
for number in (6, 7, 1):
    mean = z[numbers[1000:] == number].mean(0)
    for name, p in ("sigmoid", mean.sigmoid()), ("softmax", softmax(mean)):
        print(f"{number}, {name}:", *(f"{v:.2f}" for v in p))
