import matplotlib.pyplot as plt
from torch import Generator, cat, nn, randint

from dlbook.datasets import Images, load
from dlbook.fully_connected.layers import MLP
from dlbook.training import Plan, train
from dlbook.training.recipes import Recipe, nesterov

data = load("digits").train
wrong = randint(10, (100,), generator=Generator().manual_seed(0))
few = Images(data.x[:300], cat([wrong, data.y[100:300]]))
held, recipe = Images(data.x[300:], data.y[300:]), Recipe("m", nesterov)
for patience in (None, 5):
    g = Generator().manual_seed(1)
    net = nn.Sequential(nn.Flatten(), MLP([64, 128, 10], generator=g))
    plan = Plan(40, 32, 0.05, recipe=recipe, patience=patience)
    right = [epoch.validation.accuracy
             for epoch in train(net, few, plan, validation=held)]
    print(f"patience {patience}: {len(right)} epochs,",
          f"best {max(right):.2f}, last {right[-1]:.2f}")
    plt.plot(range(1, len(right) + 1), right, label=f"patience {patience}")
plt.gcf().set_size_inches(5.5, 2.2)
plt.gca().set(xlabel="epoch", ylabel="right")
plt.legend()
plt.show()
