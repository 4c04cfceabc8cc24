import io
import random
from collections import Counter, OrderedDict, defaultdict, deque
from pathlib import Path
from pickle import UnpicklingError

import numpy as np
import torch

things = {
    "dict": {"losses": [0.5]}, "tensor": torch.zeros(2), "set": {1, 2},
    "OrderedDict": OrderedDict(a=1), "Counter": Counter("aab"),
    "random.getstate()": random.getstate(),
    "defaultdict": defaultdict(list), "np.float64": np.float64(0.9),
    "np.array": np.zeros(2), "deque": deque(), "Path": Path("run"),
}
for name, thing in things.items():
    torch.save(thing, file := io.BytesIO())  # never complains
    file.seek(0)
    try:
        torch.load(file, weights_only=True)
        print(f"{name:18} loads")
    except UnpicklingError:
        print(f"{name:18} is refused")
