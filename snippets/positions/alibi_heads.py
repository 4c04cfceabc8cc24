import matplotlib.pyplot as plt

from dlbook.positional_encoding import alibi, alibi_slopes

print("slopes of 8 heads:", *(f"1/{1 / m:.0f}" for m in alibi_slopes(8)))
bias = alibi(5, heads=8)
print("added in head 1, query 4:", bias[0, 4].tolist())

weights = alibi(24, heads=8).softmax(-1).numpy()
fig, axes = plt.subplots(1, 4, figsize=(5.5, 1.9), sharey=True)
for head, ax in zip([0, 1, 3, 7], axes, strict=True):
    ax.imshow(weights[head], vmin=0, vmax=0.5)
    ax.set(title=f"head {head + 1}", xlabel="key", xticks=[0, 20])
axes[0].set_ylabel("query")
plt.show()
