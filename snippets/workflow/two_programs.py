# --8<-- [start:model]
# model.py
import torch
from torch import nn

from dlbook.fully_connected import MLP


def model(generator):
    dense = MLP([784, 128, 10], generator=generator)
    return nn.Sequential(nn.Flatten(), dense)
# --8<-- [end:model]


# --8<-- [start:train]
# train.py
import tempfile
from pathlib import Path

from safetensors.torch import load_file, save_file

from dlbook.datasets import hold_out, load, pixels

folder = Path(tempfile.mkdtemp())  # yours: Path("runs/first")
g = torch.Generator().manual_seed(0)
rest, validation = hold_out(load("fashion-small").train, 500, generator=g)
x, y = pixels(rest.x), rest.y
net = model(g)
sgd = torch.optim.SGD(net.parameters(), lr=0.1)
for epoch in range(1, 6):
    for part in torch.randperm(len(x), generator=g).split(64):
        loss = nn.functional.cross_entropy(net(x[part]), y[part])
        sgd.zero_grad()
        loss.backward()
        sgd.step()
    with torch.no_grad():
        right = net(pixels(validation.x)).argmax(1) == validation.y
    print(f"epoch {epoch}: {right.float().mean():.1%} of validation right")
save_file(net.state_dict(), folder / "weights.safetensors")
# --8<-- [end:train]


# --8<-- [start:test]
# test.py
test = load("fashion-small").test
net = model(torch.Generator())  # any start: its weights are replaced
net.load_state_dict(load_file(folder / "weights.safetensors"))
net.eval()
with torch.no_grad():
    right = net(pixels(test.x)).argmax(1) == test.y
print(f"{right.sum()} of {len(right)} test pictures right")
# --8<-- [end:test]
