from torch import nn

from dlbook.data import digits

images = digits()[0][:5, 0]  # five images of 8 by 8, as most files hold them
nn.Conv2d(1, 8, 3, padding=1)(images)
