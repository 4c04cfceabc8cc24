from torch import nn

from dlbook.data import digits

images, labels = digits()
x, y = images[:300], labels[:300]
print("one image for a batch:", tuple(nn.Conv2d(1, 6, 3)(x[0]).shape))
print("squeeze() on a batch of one:", tuple(x[:1].squeeze().shape))
print("flatten() without the 1:", tuple(x.flatten().shape))
scores = nn.functional.one_hot(y, 10).float()  # all 300 right
print("right, with argmax(1):", (scores.argmax(1) == y).sum().item())
print("right, with argmax():", (scores.argmax() == y).sum().item())
right = scores.argmax(1, keepdim=True) == y
print("right, with keepdim:", right.sum().item(), "of", tuple(right.shape))
