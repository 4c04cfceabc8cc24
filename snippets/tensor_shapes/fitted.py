import matplotlib.pyplot as plt
import torch

from dlbook.data import petals

length, width = (t.float()[:, None] for t in petals())  # (150, 1) each
plt.figure(figsize=(5.5, 2.6))
plt.plot(length, width, ".", color="0.6")
for target in width, width[:, 0]:
    w = torch.zeros(2, requires_grad=True)
    adam = torch.optim.Adam([w], 0.05)
    for _ in range(600):
        adam.zero_grad()
        said = w[0] * length + w[1]
        loss = (said - target).square().mean()
        loss.backward()
        adam.step()
    said = said.detach()
    print(f"target {tuple(target.shape)}: loss {loss:.3f},"
          f" off by {(said - width).abs().mean():.2f} cm")
    plt.plot(length, said, label=f"target {tuple(target.shape)}")
print(f"variance of the widths {width.var(correction=0):.3f}")
plt.gca().set(xlabel="length of the petal, in cm", ylabel="width, in cm")
plt.legend()
plt.show()
