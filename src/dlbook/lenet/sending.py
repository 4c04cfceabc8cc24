"""The reader of digits as a file that a browser imports.

    python -m dlbook train lenet --data mnist --recipe one-cycle --out RUN
    python -m dlbook.lenet.sending RUN docs/theme/widgets/draw.weights.mjs

The first line makes a run, the second takes its weights over: into this
package, and from there into the file for the page. Without RUN it only
writes that file again.
"""

import base64
import json
import shutil
import sys
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor

from dlbook.lenet.handwriting import examples
from dlbook.lenet.reader import FACTOR, numbers, quantised, restored
from dlbook.training.checkpoints import load_weights
from dlbook.training.runs import CONFIG, METRICS, WEIGHTS, trained
from dlbook.training.scoring import evaluate

HERE = Path(__file__).parent / "mnist_reader"
MEASURED = "measured.json"
HEAD = "// Made by `python -m dlbook.lenet.sending`, from src/dlbook/lenet/mnist_reader.\n"


def take_over(run: Path) -> dict[str, float]:
    """Keep the weights of a run in 8 bits, with its papers beside them.

    Returns:
        The accuracy on the test set, before and after.

    Raises:
        ValueError: if the folder holds no run, or its data are not there.
    """
    model, parts = trained(run)
    weights = quantised(load_weights(run / WEIGHTS))
    found = {"float32": evaluate(model, parts.data.test).accuracy}
    model.load_state_dict(restored(weights))
    found["8 bits"] = evaluate(model, parts.data.test).accuracy
    HERE.mkdir(exist_ok=True)
    save_file(weights, HERE / WEIGHTS)
    (HERE / MEASURED).write_text(json.dumps(found) + "\n", "utf8")
    for name in (CONFIG, METRICS):
        shutil.copyfile(run / name, HERE / name)
    return found


def packed(weights: dict[str, Tensor]) -> str:
    """All numbers in a row, in base64.

    First those of 32 bits (mean, deviation, then factors and biases layer by
    layer), then the whole numbers of 8 bits.
    """
    layers = [n for n in weights if weights[n].dtype == torch.int8]
    layers.sort(key=_depth)
    wide = [weights["mean"], weights["deviation"]]
    for name in layers:
        wide += [weights[name + FACTOR], weights[name.replace("weight", "bias")]]
    floats = torch.cat([w.flatten() for w in wide]).numpy()
    whole = torch.cat([weights[n].flatten() for n in layers]).numpy()
    return base64.b64encode(_little(floats) + whole.tobytes()).decode()


def _depth(name: str) -> int:
    order = "c1", "c3", "c5", "f6", "output"
    return order.index(name.split(".")[-2])


def _little(floats: np.ndarray) -> bytes:
    return floats.astype("<f4").tobytes()


def module() -> str:
    """The text of the file for the page."""
    drawn = json.dumps([one._asdict() for one in examples()], separators=(",", ":"))
    return f'{HEAD}export const PACKED = "{packed(numbers())}";\nexport const EXAMPLES = {drawn};\n'


if __name__ == "__main__":
    *run, target = map(Path, sys.argv[1:])
    for folder in run:
        print(take_over(folder))
    target.write_text(module(), "utf8")
