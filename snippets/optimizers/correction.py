from functools import partial

import matplotlib.pyplot as plt
import torch

from dlbook.gradient_descent import Adam, descend

start = torch.zeros(()).double()  # of a loss w: its gradient is always 1
path = descend(torch.sum, start, partial(Adam, lr=1), steps=1000)
t = torch.arange(1, 1001).double()
raw = (1 - 0.9**t) / (1 - 0.999**t).sqrt()  # m and s as they are
plt.figure(figsize=(5, 2.5))
plt.semilogx(t, raw, label="without correction")
plt.semilogx(t, -path.diff(), label="Adam")
plt.xlabel("step t")
plt.ylabel("length of the step, in η")
plt.legend()
plt.show()
print(f"without correction: {raw[0]:.2f} η at step 1,",
      f"{raw.max():.2f} η at step {raw.argmax() + 1}")
print(f"Adam: from {-path.diff().max():.2f} η to {-path.diff().min():.2f} η")
