#!/usr/bin/env bash
# torch 2.13.0 (CPU).
# Behaviour: the first use of forward-mode differentiation in a process (`torch.func.jvp`, and with it `jacfwd` and
#   `hessian`) scripts decompositions with `torch.jit.script`, which this release calls deprecated. So `torch.func.hessian` of
#   three numbers raises a DeprecationWarning about a function that the caller never named; where warnings are errors
#   (pytest's `filterwarnings = error`) it fails.
# Expected: a public function that is not deprecated warns of nothing. `torch.func.jacrev(torch.func.jacrev(f))` and
#   `torch.autograd.functional.hessian`, which give the same matrix, do not.
# Seen: "hessian: `torch.jit.script` is deprecated", "jacrev of jacrev: nothing", "functional.hessian: nothing".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6
cat > look.py <<'PY'
import sys
import warnings

import torch

WAYS = {
    "hessian": lambda f, x: torch.func.hessian(f)(x),
    "jacrev of jacrev": lambda f, x: torch.func.jacrev(torch.func.jacrev(f))(x),
    "functional.hessian": lambda f, x: torch.autograd.functional.hessian(f, x),
}


def loss(z):
    return z.logsumexp(0)


way = sys.argv[1]
x = torch.tensor([0.5, -1.0, 2.0])
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    found = WAYS[way](loss, x)
texts = [str(w.message).partition(".  ")[0].partition(". ")[0] for w in caught if w.category is DeprecationWarning]
print(f"{way}: {texts[0] if texts else 'nothing'}")
p = x.softmax(0)
assert torch.allclose(found, p.diag() - p.outer(p))
PY
for way in "hessian" "jacrev of jacrev" "functional.hessian"; do venv/bin/python look.py "$way"; done | tee seen
grep -qx 'hessian: `torch.jit.script` is deprecated' seen
grep -qx 'jacrev of jacrev: nothing' seen
grep -qx 'functional.hessian: nothing' seen
