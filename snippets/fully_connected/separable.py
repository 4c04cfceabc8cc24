import numpy as np
from scipy.optimize import linprog

from dlbook.data import digits

images, labels = digits()
x = images[:1000].flatten(1).double().numpy()
labels = labels[:1000].numpy()


def one_unit_can(wanted):
    """Is there a w and b with w·x + b >= 1 at each True, <= -1 elsewhere?"""
    signs = np.where(wanted, 1, -1)[:, None]
    rows = -signs * np.hstack([x, np.ones((len(x), 1))])
    free = [(None, None)] * 65
    return linprog([0] * 65, rows, [-1] * len(x), bounds=free).success


alone = [digit for digit in range(10) if one_unit_can(labels == digit)]
print("one unit can tell from all others:", *alone)
print("one unit can tell even from odd:", one_unit_can(labels % 2 == 0))
