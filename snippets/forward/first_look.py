# --8<-- [start:train]
import torch
from torch import nn

from dlbook.data import digits
from dlbook.fully_connected import MLP

images, labels = digits()
x = images.flatten(1).double()
model = MLP([64, 32, 10], activation=nn.ReLU,
            generator=torch.Generator().manual_seed(0)).double()
step = torch.optim.Adam(model.parameters(), lr=0.03)
for _ in range(60):
    step.zero_grad()
    scores = model(x[:1500])
    nn.functional.cross_entropy(scores, labels[:1500]).backward()
    step.step()
# --8<-- [end:train]


# --8<-- [start:look]
import matplotlib.pyplot as plt

from dlbook.forward import trace

image = 1712  # not among the 1500
_, hidden, scores = (step.gives for step in trace(model, x[image]))
parts = {"32 hidden": hidden, "10 scores": scores,
         "probabilities": scores.softmax(0)}
fig, axes = plt.subplots(1, 4, figsize=(5.5, 2.4))
axes[0].imshow(images[image, 0].numpy(), cmap="gray_r")
axes[0].set(title="64 pixels", xticks=[], yticks=[])
for ax, (name, values) in zip(axes[1:], parts.items(), strict=True):
    ax.barh(range(len(values)), values.numpy())
    ax.invert_yaxis()
    ax.set_title(name)
    ax.set_yticks(range(10) if len(values) == 10 else [])
plt.show()
# --8<-- [end:look]
