from dlbook.convolution import Conv2d
from dlbook.data import photo

image = photo("flower", width=8).unsqueeze(0)
print("image:", tuple(image.shape))

for layer in range(3):
    image = Conv2d(3, 3, kernel=3)(image)
    print("after layer", layer + 1, tuple(image.shape))
