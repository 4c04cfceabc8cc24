import torch
from torch import nn

import dlbook
from dlbook.forward import saved_bytes

model = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Dropout(0.5),
                      nn.Linear(32, 10)).to(dlbook.device())
x = torch.ones(100, 64, device=dlbook.device())


def look(name):
    first, second = model(x), model(x)
    print(f"{name:12} twice the same: {first.equal(second)!s:5}  graph:"
          f" {first.requires_grad!s:5}  keeps: {saved_bytes(model, x) > 0}")


for mode in (model.train, model.eval):
    mode()
    look(mode.__name__)
    with torch.no_grad():
        look("  no_grad")
    with torch.inference_mode():
        look("  inference")
