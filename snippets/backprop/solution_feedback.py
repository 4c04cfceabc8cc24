# --8<-- [start:wrong]
import torch

from dlbook.data import digits

images, labels = digits()
x, truth = images.flatten(1), torch.eye(10)[labels]


def wrong(way, seed, rate):
    """Wrong digits in percent: to choose the rate by, and of the test."""
    g = torch.Generator().manual_seed(seed)
    rows = torch.randperm(1797, generator=g).split([400, 700, 697])
    w1, w2, other = (torch.randn(*size, generator=g) / size[1]**0.5
                     for size in ((32, 64), (10, 32), (10, 32)))
    for _ in range(150):
        a = (x[rows[0]] @ w1.T).tanh()
        last = ((a @ w2.T).softmax(1) - truth[rows[0]]) / 400
        back = {"W": w2, "random": other, "first layer fixed": 0 * w2}[way]
        w1 = w1 - rate * ((last @ back) * (1 - a * a)).T @ x[rows[0]]
        w2 = w2 - rate * last.T @ a
    miss = ((x @ w1.T).tanh() @ w2.T).argmax(1) != labels
    return [100 * miss[part].double().mean().item() for part in rows[1:]]
# --8<-- [end:wrong]


# --8<-- [start:compare]
# about ten seconds
from dlbook.experiment import compare_values

found = {"W": [], "random": [], "first layer fixed": []}
for way, tests in found.items():
    for seed in range(5):
        tests.append(min(wrong(way, seed, r) for r in (0.3, 1, 3, 10, 30))[1])
print(compare_values(found, unit="points", name="wrong digits"))
# --8<-- [end:compare]
