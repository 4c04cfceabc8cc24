import matplotlib.pyplot as plt

from dlbook.transformer import paper_rate

steps = range(1, 40_001, 100)
fig, ax = plt.subplots(figsize=(5.5, 2.6))
for d, warm in (512, 4000), (512, 8000), (1024, 4000):
    rates = [1000 * paper_rate(step, d, warm=warm) for step in steps]
    ax.plot(steps, rates, label=f"d = {d}, warm = {warm:,}")
ax.set(xlabel="step", ylabel="rate, thousandths")
ax.legend()
plt.show()
for step in 1, 400, 4000, 16_000, 100_000:
    print(f"step {step:7,}: {paper_rate(step, 512):.2e}")
