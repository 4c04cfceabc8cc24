# --8<-- [start:rows]
import torch
from torch.nn.functional import one_hot

import dlbook
from dlbook.attention import attention, attention_weights
from dlbook.data import digits

images, labels = digits()
pixels = images.flatten(1).double().to(dlbook.device())


def draw(part, count, g):
    """Rows of five different digits; each image wears one of five tags."""
    kinds = torch.rand(count, 10, generator=g).argsort(1)[:, :5]
    of_kind = [part[labels[part] == kind] for kind in range(10)]
    one_each = torch.stack([
        some[torch.randint(len(some), (count,), generator=g)]
        for some in of_kind], 1)
    tags = torch.randint(5, (count, 5), generator=g)
    return one_each.gather(1, kinds), kinds, tags
# --8<-- [end:rows]


# --8<-- [start:learn]
def learn(seed):
    g = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(labels), generator=g)
    train, test = order[:1200], order[1200:]
    w = [torch.randn(n, 16, generator=g).double() / n**0.5 for n in (10, 64)]
    w_q, w_k = (m.to(pixels.device).requires_grad_() for m in w)
    step = torch.optim.Adam([w_q, w_k], lr=0.02)
    for _ in range(200):
        rows, kinds, tags = draw(train, 64, g)
        query, key = w_q[kinds[:, :1]], pixels[rows] @ w_k
        value = one_hot(tags, 5).to(key)  # what each image hands over
        answer = attention(query, key, value)[:, 0].cpu()
        loss = -answer.gather(1, tags[:, :1]).log().mean()
        step.zero_grad()
        loss.backward()
        step.step()
    return w_q.detach(), w_k.detach(), draw(test, 400, g)
# --8<-- [end:learn]


# --8<-- [start:look]
import matplotlib.pyplot as plt

for seed in range(4):
    w_q, w_k, (rows, kinds, _) = learn(seed)
    a = attention_weights(w_q[kinds], pixels[rows] @ w_k)
    on_it = a.diagonal(dim1=1, dim2=2)  # asked for 1st … 5th, looks at it
    found = (a.argmax(2).cpu() == torch.arange(5)).double().mean()
    print(f"seed {seed}: weight on the digit asked for"
          f" {on_it.mean():.2f}, most of all in {found:.2f}")

asked = attention_weights(w_q, pixels[rows[0]] @ w_k).cpu()
fig, axes = plt.subplots(2, 5, figsize=(5.5, 4), height_ratios=[1, 3.2])
for place, (picture, column) in enumerate(axes.T):
    picture.imshow(images[rows[0, place], 0].numpy(), cmap="gray_r")
    picture.set_axis_off()
    column.imshow(asked[:, [place]].numpy(), vmin=0, vmax=1, aspect="auto")
    column.plot(0, kinds[0, place], "o", color="C1")  # here it is
    column.set(xticks=[], yticks=range(10) if place == 0 else [])
axes[1, 0].set_ylabel("asked for")
plt.show()
# --8<-- [end:look]
