import torch
from torch import nn

from dlbook.datasets import load
from dlbook.training import evaluate

x, y = images = load("digits").test
model = nn.Sequential(nn.Flatten(), nn.Linear(64, 32), nn.BatchNorm1d(32),
                      nn.ReLU(), nn.Dropout(0.5), nn.Linear(32, 10))
norm = model[2]


@torch.no_grad()
def forgotten():  # no eval()
    return nn.functional.cross_entropy(model(x), y).item()


for name, score in [("forgotten", forgotten),
                    ("evaluate", lambda: evaluate(model, images).loss)]:
    before = norm.running_mean.clone()
    print(f"{name:9} twice the same: {score() == score()!s:5}",
          f"model unchanged: {before.equal(norm.running_mean)}")
norm.eval()  # this layer shall learn nothing
evaluate(model, images)
print("training afterwards:", model.training, "and", norm.training)
