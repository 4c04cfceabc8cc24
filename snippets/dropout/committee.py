# --8<-- [start:train]
import torch
from torch import nn

import dlbook
from dlbook.data import digits
from dlbook.dropout import Dropout, samples
from dlbook.experiment import split
from dlbook.fully_connected import MLP
from dlbook.training import fit

rng = torch.Generator().manual_seed(0)
x, y = (t.to(dlbook.device()) for t in digits())
data = split(x.flatten(1), y, 0, validation=400, test=1197)
hidden = nn.Sequential(nn.ReLU(), Dropout(0.5, generator=rng))
net = MLP([64, 128, 10], activation=hidden, generator=rng).to(x)
fit(net, *data.train, steps=300, lr=0.01, generator=rng)
x, y = data.validation
scaled = (net.eval()(x).argmax(1) != y).double().mean()
says = samples(net, x, 640).softmax(2)  # 640 networks, all with these weights
single = (says.argmax(2) != y).double().mean()
print(f"wrong: scaled net {scaled:.1%}, one sampled net {single:.1%}")
# --8<-- [end:train]


# --8<-- [start:average]
import matplotlib.pyplot as plt

sizes, ends = [1, 2, 4, 8, 16, 32, 64], []
for many in sizes:  # averages of so many networks, several of them
    groups = says.split(many)[:10]
    wrong = [(g.mean(0).argmax(1) != y).double().mean() for g in groups]
    ends.append([100 * share.item() for share in wrong])
fig, ax = plt.subplots(figsize=(4.5, 2.6))
ax.plot(sizes, ends, ".", color="0.6")
ax.plot(sizes, torch.tensor(ends).mean(1), "o-", color="C0")
ax.axhline(100 * scaled.item(), color="C1", ls="--")
ax.set(xscale="log", xlabel="networks in the average", ylabel="wrong, %")
plt.show()
# --8<-- [end:average]


# --8<-- [start:votes]
votes = says.argmax(2)
winner = votes.mode(0).values
agree = (votes == winner).double().mean(0)
for name, some in {"all": agree >= 0, "95 % agree": agree >= 0.95,
                   "fewer agree": agree < 0.95}.items():
    share = (winner != y)[some].double().mean()
    print(f"{name:12} {int(some.sum()):3} digits, {share:5.1%} wrong")
# --8<-- [end:votes]
