import time

from dlbook.backprop.dual import Dual
from dlbook.backprop.value import Value


def loss(weights):
    """From n numbers to one."""
    return sum((w * i).tanh() * w for i, w in enumerate(weights)) ** 2


for n in (10, 30, 90):
    numbers, slopes = [0.01 * i for i in range(n)], []
    start = time.process_time()
    values = [Value(number) for number in numbers]
    loss(values).backward()  # one pass back
    half = time.process_time()
    for k in range(n):  # n passes ahead
        duals = [Dual(w, float(i == k)) for i, w in enumerate(numbers)]
        slopes.append(loss(duals).slope)
    reverse, ahead = half - start, time.process_time() - half
    apart = max(abs(s - v.grad) for s, v in zip(slopes, values, strict=True))
    print(f"n = {n:2}: equal {apart < 1e-9}; reverse {1e3 * reverse:.1f} ms,"
          f" forward {1e3 * ahead:.1f} ms")
print("forward takes longer:", reverse < ahead)
