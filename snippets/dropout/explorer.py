import matplotlib.pyplot as plt
import torch

from dlbook.dropout import apply_mask, spread

h = torch.tensor([2, 1.5, 1.5, 3, 1, 1])  # what six hidden units give
w, b, p = torch.tensor([1, -0.5, 1, 0.5, -1, 0.75]), -1, 0.5
s, u = 1, []
for _ in range(6 * 500):  # random numbers that any language can make
    s = s * 16807 % (2**31 - 1)
    u.append(s / (2**31 - 1))
masks = (torch.tensor(u).view(500, 6) >= p).float()
outputs = apply_mask(h.expand(500, 6), masks, p) @ w + b
mean, variance = spread(h, w, p)
fig, (net, ax) = plt.subplots(1, 2, figsize=(5.5, 2.7))
for j, (m, x) in enumerate(zip(masks[0], h, strict=True)):
    how = {"color": "C0" if m else "0.6", "ls": "-" if m else ":"}
    net.plot([0, 1, 0, 1, 2], [-1, -j, -4, -j, -2.5], lw=0.8, **how)
    net.plot(1, -j, "o", ms=19, mec=how["color"], mfc="w" if m else "0.9")
    net.text(1, -j, f"{m * x / (1 - p):g}", ha="center", va="center")
net.axis("off")
ax.hist(outputs, torch.arange(-10, 25).tolist())
ax.errorbar(mean + b, 80, xerr=variance.sqrt(), fmt="D", color="C1")
ax.set(xlabel="output", ylabel="number of masks", title="500 masks")
plt.show()
