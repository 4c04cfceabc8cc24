import matplotlib.pyplot as plt
import torch

x = torch.linspace(0.1, 2, 401).double()
hs = torch.logspace(-14, -0.5, 55).double()


def errors(x, h):
    """Median errors on the sine: one side, both sides."""
    up, here, down = ((x + k * h).sin() for k in (1, 0, -1))
    slopes = torch.stack([(up - here) / h, (up - down) / (2 * h)]).double()
    return (slopes - x.double().cos()).abs().median(1).values


double = torch.stack([errors(x, h) for h in hs])
single = torch.stack([errors(x.float(), h.float()) for h in hs])
plt.loglog(hs, double, label=["one side", "both sides"])
plt.loglog(hs[hs > 1e-6], single[hs > 1e-6, 1], label="float32, both")
plt.loglog(hs, hs**2 / 6 + 1e-16 / hs, ":", color="0.4", label="formula")
plt.gca().set(xlabel="h", ylabel="error")
plt.legend()
plt.show()
one, two = hs[double.argmin(0)]
print("one side: best h from 1e-9 to 1e-7:", bool(1e-9 < one < 1e-7))
print("both sides: from 1e-6 to 1e-4:", bool(1e-6 < two < 1e-4))
