import torch

from dlbook.datasets import Images, load
from dlbook.fully_connected import MLP
from dlbook.training import Plan, create, train
from dlbook.training.chance import order

images = Images(*(part[:640] for part in load("fashion-small").train))


def weights(seed):
    net = create("lenet", seed=seed)  # stays on the CPU
    list(train(net, images, Plan(epochs=1, seed=seed)))
    return torch.nn.utils.parameters_to_vector(net.parameters())


first = weights(0)
torch.rand(5)  # somebody else draws numbers
print("the same seed, each bit equal:", first.equal(weights(0)))
print("another seed:", first.equal(weights(1)))
for sizes in ([784, 10], [784, 128, 10]):
    g = torch.Generator().manual_seed(0)  # one for all: not so good
    MLP(sizes, generator=g)
    print(f"MLP({sizes}):", torch.randperm(5, generator=g).tolist())
print("the harness:", order(5, seed=0, epoch=0).tolist())
