from torch import nn

from dlbook.data import digits


def tell(layer, inputs, output):
    shapes = [tuple(each.shape) for each in (*inputs, output)]
    print(f"{type(layer).__name__:10} {shapes[0]} -> {shapes[1]}")


net = nn.Sequential(
    nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(8, 16, 3), nn.ReLU(), nn.Flatten(),
    nn.Linear(16 * 4 * 4, 10),
)
for layer in net:
    layer.register_forward_hook(tell)
net(digits()[0][:100])
