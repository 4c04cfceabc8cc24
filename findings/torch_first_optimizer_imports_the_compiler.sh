#!/usr/bin/env bash
# torch 2.13.0, the first `torch.optim.SGD(...)` of a process, nothing compiled.
# Behaviour: making it imports torch._dynamo, sympy and more than 500 other modules, which takes about as long as `import torch` itself (1.3 and
#   1.8 CPU seconds where it was seen). So every short training pays for a compiler that it does not use, each forked worker anew if the
#   parent has made no optimizer, and a benchmark that times "the first step" measures it.
# Expected: an optimizer without torch.compile imports nothing, and `import torch` has done what there is to do.
# Seen: after import torch: False False, after the first optimizer: True True, more than 500 modules: True
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6
cat > try.py <<'PY'
import sys

import torch


def here():
    return " ".join(str(name in sys.modules) for name in ("torch._dynamo", "sympy"))


before, many = here(), len(sys.modules)
torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.1)
more = len(sys.modules) - many
print(f"after import torch: {before}, after the first optimizer: {here()}, more than 500 modules: {more > 500}")
PY
venv/bin/python try.py | tee seen
grep -qx "after import torch: False False, after the first optimizer: True True, more than 500 modules: True" seen
