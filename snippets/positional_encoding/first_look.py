import matplotlib.pyplot as plt

from dlbook.positional_encoding import positional_encoding

code = positional_encoding(40, 48)
print("positions and columns:", tuple(code.shape))
plt.figure(figsize=(5.5, 3.8))
plt.imshow(code.numpy(), aspect="auto", vmin=-1, vmax=1)
plt.colorbar(ticks=[-1, 0, 1])
plt.gca().set(xlabel="column", ylabel="position")
plt.show()
