#!/usr/bin/env bash
# torch 2.13.0, on the CPU.
# Behaviour: a matrix product whose first factor lies on the CPU and whose second lies on the device "meta" (which has
#   shapes and no numbers) raises nothing. The result lies on the CPU, and its numbers were never computed: they are what
#   was in that memory before. The same holds for a linear layer without bias and for a convolution, with a bias or without,
#   whose weights are still on "meta", as a model that was built there keeps for a key that its state lacks, if it is loaded
#   with strict=False. A linear layer with a bias and elementwise operations refuse.
# Expected: the error of the linear layer with a bias, "Tensor on device cpu is not on the expected device meta!".
# Seen: "matrix product: cpu", "linear without bias: cpu", "convolution without bias: cpu", "convolution with bias: cpu",
#   the other two "refused".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check torch==2.13.0 numpy
cat > look.py <<'PY'
import torch
from torch import nn

x, picture = torch.ones(2, 3), torch.ones(1, 1, 5, 5)
with torch.device("meta"):
    weight = torch.ones(3, 4)
    linear, linear_with_bias = nn.Linear(3, 4, bias=False), nn.Linear(3, 4)
    convolution, convolution_with_bias = nn.Conv2d(1, 1, 3, bias=False), nn.Conv2d(1, 1, 3)
jobs = {
    "matrix product": lambda: x @ weight,
    "linear without bias": lambda: linear(x),
    "convolution without bias": lambda: convolution(picture),
    "convolution with bias": lambda: convolution_with_bias(picture),
    "linear with bias": lambda: linear_with_bias(x),
    "sum": lambda: x + torch.ones(2, 3, device="meta"),
}
seen = {}
for name, job in jobs.items():
    try:
        seen[name] = job().device.type
    except RuntimeError:
        seen[name] = "refused"
    print(f"{name}: {seen[name]}")
assert list(seen.values()) == ["cpu"] * 4 + ["refused"] * 2
PY
venv/bin/python look.py
