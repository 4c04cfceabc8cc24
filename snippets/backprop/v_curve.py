import matplotlib.pyplot as plt
import torch

x = torch.arange(512).double() / 256  # 0 to 2
hs = torch.tensor([2.0**-k for k in range(1, 47)]).double()  # exact


def errors(x, h):
    """Median errors on 1/(1 + x²): one side, both sides."""
    up, here, down = (1 / (1 + (x + k * h) ** 2) for k in (1, 0, -1))
    slopes = torch.stack([(up - here) / h, (up - down) / (2 * h)]).double()
    exact = -2 * x.double() / (1 + x.double() ** 2) ** 2
    return (slopes - exact).abs().median(1).values


double = torch.stack([errors(x, h) for h in hs])
single = torch.stack([errors(x.float(), h.float()) for h in hs])[:, 1]
plt.loglog(hs, double, label=["one side", "both sides"])
plt.loglog(hs[hs > 1e-6], single[hs > 1e-6], label="float32, both")
plt.loglog(hs, hs**2 / 6 * 4.7 + 1e-16 / hs, ":", label="formula")
plt.gca().set(xlabel="h", ylabel="error")
plt.legend()
plt.show()
print("best h, one side:", f"{hs[double[:, 0].argmin()]:.0e},",
      "both sides:", f"{hs[double[:, 1].argmin()]:.0e}")
