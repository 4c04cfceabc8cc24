import matplotlib.pyplot as plt
import torch

from dlbook.training.recipes import constant, one_cycle, warm_up

done = (torch.arange(100) + 0.5) / 100
plt.figure(figsize=(5.5, 2.2))
for schedule, line in ((constant, "-"), (warm_up, "--"), (one_cycle, ":")):
    share = [schedule(each) for each in done.tolist()]
    plt.plot(share, line, label=schedule.__name__)
plt.xlabel("step")
plt.ylabel("share of the rate")
plt.legend()
plt.show()
