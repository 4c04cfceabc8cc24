import torch
from torch import nn

scores, labels = torch.zeros(8, 10), torch.arange(8)
wrong = {
    "one too few": labels[:7],
    "a column": labels[:, None],
    "float": labels.float(),
    "int32": labels.int(),
    "counted from 1": labels + 3,
}
for name, bad in wrong.items():
    try:
        nn.functional.cross_entropy(scores, bad)
    except (RuntimeError, ValueError, IndexError) as error:
        print(f"{name}: {type(error).__name__}\n    {error}")
