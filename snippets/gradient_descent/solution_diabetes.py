import torch
from sklearn.datasets import load_diabetes

from dlbook.gradient_descent.bowl import best_step

raw = torch.tensor(load_diabetes(scaled=False).data)
for name, z in [("raw", raw), ("centred", raw - raw.mean(0)),
                ("standardised", (raw - raw.mean(0)) / raw.std(0))]:
    columns = torch.cat([z, torch.ones(len(z), 1)], 1)
    values = torch.linalg.eigvalsh(2 / len(z) * columns.T @ columns)
    low, high = values[0].item(), values[-1].item()
    print(f"{name:12} κ {high / low:.1e}, factor per step",
          f"{best_step(low, high)[1]:.4f}")
