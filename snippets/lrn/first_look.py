import matplotlib.pyplot as plt
import torch

from dlbook.lrn import lrn

a = torch.tensor([1.0, 2, 0, 1, 6, 5, 2, 1])  # one place, eight channels
b = lrn(a.reshape(1, 8, 1, 1), 5, alpha=0.2, k=1).flatten()
fig, (stack, bars) = plt.subplots(1, 2, figsize=(5.5, 2.5))
paper = plt.rcParams["axes.facecolor"]
for j in reversed(range(8)):
    x, y = 0.6 * j, 0.35 * j
    stack.add_patch(plt.Rectangle((x, y), 4, 2.6, fc=paper, ec="0.5"))
    fill = "C1" if j == 3 else "C0" if abs(j - 3) <= 2 else "0.7"
    stack.add_patch(plt.Rectangle((x + 3.45, y + 2.1), 0.5, 0.4, fc=fill))
stack.text(5.2, 0.5, "channel →", size=9)
stack.axis([-0.3, 8.5, -0.3, 5.4])
stack.set_axis_off()
bars.bar(range(8), a.numpy(), fc="0.7", label="before")
bars.bar(range(8), b.numpy(), width=0.5, fc="C0", label="after")
bars.legend()
bars.set(xlabel="channel", ylabel="activation", xticks=range(8))
plt.show()
