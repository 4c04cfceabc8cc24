from torch import nn

from dlbook.data import digits

images, labels = digits()
layer = nn.Linear(64, 10)  # an image has 8 times 8 pixels
print(layer(images[:5]).shape)
