# --8<-- [start:killed]
import copy
from pathlib import Path
from tempfile import TemporaryDirectory

from torch import nn

import dlbook
from dlbook.datasets import load
from dlbook.training import Plan, Trainer
from dlbook.training.checkpoints import newest, save
from dlbook.training.recipes import ONE_CYCLE

images, plan = load("digits").train, Plan(epochs=3, recipe=ONE_CYCLE)
start = nn.Sequential(nn.Flatten(), nn.Linear(64, 32), nn.ReLU(),
                      nn.Dropout(0.2), nn.Linear(32, 10)).to(dlbook.device())
whole, killed = (Trainer(copy.deepcopy(start), images, plan) for _ in "12")
told, news = list(whole.run()), killed.run()
while killed.progress.step < 30:  # within the second epoch of 23 steps
    next(news)
with TemporaryDirectory() as folder:
    save(Path(folder), killed.state())
    saved = newest(Path(folder))
# --8<-- [end:killed]


# --8<-- [start:again]
fresh = Trainer(copy.deepcopy(start), images, plan).state()
for name, state in [
    ("everything", saved),
    ("no momentum", {**saved, "optimizers": fresh["optimizers"]}),
    ("weights only", {**fresh, "model": saved["model"]}),
]:
    again = Trainer(copy.deepcopy(start), images, plan)
    again.load(state)
    step, *_ = again.run()
    pairs = zip(whole.model.parameters(), again.model.parameters(),
                strict=True)
    print(f"{name:12} from step {step.number:2}, rate {step.rate:.3f};",
          "same weights in the end:", all(a.equal(b) for a, b in pairs))
# --8<-- [end:again]
