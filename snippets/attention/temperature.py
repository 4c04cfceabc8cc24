import matplotlib.pyplot as plt
import torch

scores = torch.tensor([0.0, 1, 2])  # of the cat
for t in (0.1, 1, 10):
    weights = (scores / t).softmax(0)
    print(f"T = {t:4}:", *(f"{a:.2f}" for a in weights.tolist()))
print("  + 100 :", *(f"{a:.2f}" for a in (scores + 100).softmax(0).tolist()))

temperatures = torch.logspace(-1.3, 2, 100)
weights = (scores / temperatures[:, None]).softmax(1)
plt.figure(figsize=(5.5, 2.6))
plt.semilogx(temperatures, weights, label=["cat", "drinks", "milk"])
plt.axvline(1, color="0.7", lw=1)
plt.legend()
plt.gca().set(xlabel="temperature T", ylabel="weight", ylim=(0, 1.05))
plt.show()
