# --8<-- [start:model]
import contextlib
import tempfile
from pathlib import Path

folder = Path(tempfile.mkdtemp())  # yours: where you work
(folder / "mine.py").write_text('''
from torch import nn

def wide(shape, classes):
    pixels = shape[0] * shape[1] * shape[2]
    return nn.Sequential(nn.Flatten(), nn.Linear(pixels, 300), nn.ReLU(),
                         nn.Linear(300, classes))
''')
# --8<-- [end:model]


# --8<-- [start:pictures]
from PIL import Image

from dlbook.datasets import load

for i, (x, y) in enumerate(zip(*load("fashion-small").train, strict=True)):
    name = {1: "trousers", 8: "bag"}.get(int(y))
    if name:
        (folder / "things" / name).mkdir(parents=True, exist_ok=True)
        Image.fromarray(x[0].numpy()).save(folder / f"things/{name}/{i}.png")
things = load(folder / "things")
print(things.classes, len(things.train.y), "to train,",
      len(things.test.y), "to test")
# --8<-- [end:pictures]


# --8<-- [start:train]
from dlbook.training import Asked, Run

with contextlib.chdir(folder):
    asked = Asked("mine:wide", str(folder / "things"), epochs=3)
    *_, last = Run(folder / "run", asked).run()
    run = Run(None, asked)
print(f"validation {last.validation.accuracy:.1%} right")
print("scores for each picture:", len(run.config()["classes"]))
# --8<-- [end:train]
