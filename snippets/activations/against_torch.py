import torch
from torch.nn.functional import gelu, leaky_relu, relu, silu

from dlbook.activations import ACTIVATIONS

torchs = [torch.sigmoid, torch.tanh, relu, leaky_relu, silu, gelu]
rounding = {torch.float64: 1e-12, torch.float32: 1e-5, torch.float16: 2e-3}
g = torch.Generator().manual_seed(0)
drawn = 3 * torch.randn(1000, dtype=torch.float64, generator=g)
x = torch.cat([drawn, torch.tensor([0, 20, -20, 1000, -1000])])
print("values agree; slopes agree with a nudge of 1e-6; all finite")
for (name, ours), theirs in zip(ACTIVATIONS.items(), torchs, strict=True):
    checks = []
    for dtype, eps in rounding.items():
        a, near = x.to(dtype), {"rtol": eps, "atol": eps}
        checks.append(ours.function(a).allclose(theirs(a), **near))
        checks += [f(a).isfinite().all().item() for f in ours]
    moving = x[x != 0]  # at the corner of ReLU no nudge is right
    nudged = (theirs(moving + 1e-6) - theirs(moving - 1e-6)) / 2e-6
    checks.append(ours.derivative(moving).allclose(nudged, atol=1e-6))
    print(f"{name:10}", all(checks), "in", len(checks), "checks")
