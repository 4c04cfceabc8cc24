from timeit import repeat

import matplotlib.pyplot as plt
import torch

import dlbook
from dlbook.fully_connected import MLP

model = MLP([784, 512, 10]).to(dlbook.device())
batches, each = [1, 4, 16, 64, 256], []
with torch.no_grad():
    for batch in batches:
        x = torch.zeros(batch, 784, device=dlbook.device())
        # item waits for the result
        times = repeat(lambda x=x: model(x).sum().item(), number=1, repeat=9)
        each.append(1e6 * min(times) / batch)
        print(f"batch {batch:4}: {each[-1]:6.1f} microseconds each")
print("one at a time is slower:", each[0] > 2 * each[-1])

fig, ax = plt.subplots(figsize=(5, 2.4))
ax.plot(range(5), each, "o-")
ax.set_xticks(range(5), batches)
ax.set(xlabel="batch", ylabel="microseconds each", ylim=(0, None))
plt.show()
