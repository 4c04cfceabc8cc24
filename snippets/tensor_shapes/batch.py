import torch

from dlbook.data import digits, photo

images, labels = digits()
print("all digits:", tuple(images.shape))
print("sizes of the batches:", [part.size(0) for part in images.split(256)])
picture = photo("flower", width=160)
print("one photo:", tuple(picture.shape))
print("a batch of one:", tuple(picture[None].shape))
two = torch.stack([picture, photo("china", width=160)])
print("two photos, stacked:", tuple(two.shape))
print("green, of all:", tuple(two[:, 1].shape))
print("the first, as a batch:", tuple(two[:1].shape))
print("mean of each channel:", tuple(two.mean((0, 2, 3)).shape))
