import random
from collections import Counter, defaultdict, deque
from io import BytesIO
from pathlib import Path
from pickle import UnpicklingError

import numpy as np
import torch

things = {
    "dict": {"losses": [0.5]}, "tensor": torch.zeros(2), "set": {1, 2},
    "Counter": Counter("aab"), "random.getstate()": random.getstate(),
    "defaultdict": defaultdict(list), "np.float64": np.float64(0.9),
    "np.array": np.zeros(2), "deque": deque(), "Path": Path("run")}
loaded, refused = [], []
for name, thing in things.items():
    torch.save(thing, file := BytesIO())  # never complains
    file.seek(0)
    try:
        torch.load(file, weights_only=True)
        loaded.append(name)
    except UnpicklingError:
        refused.append(name)
print("loaded: ", ", ".join(loaded))
print("refused:", ", ".join(refused))
