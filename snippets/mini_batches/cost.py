from time import perf_counter

import dlbook
from dlbook.datasets import load, pixels
from dlbook.lenet import LeNet
from dlbook.mini_batches import Kept, accumulate

images, y = load("fashion-small").train
x, y = pixels(images[:1024]).to(dlbook.device()), y[:1024]
y, model, seconds = y.to(x.device), LeNet().to(x.device), {}
for size in (1, 8, 64, 1024):
    parts = list(zip(x.split(size), y.split(size), strict=True))
    with Kept(x, y, *model.parameters()) as kept:
        accumulate(model, parts)
    start = perf_counter()
    accumulate(model, parts).item()
    seconds[size] = perf_counter() - start
    print(f"parts of {size:5,}: {len(parts):5,} passes, keeps",
          f"{kept.peak / 1e6:6.2f} MB, {seconds[size]:.2f} s")
print("parts of 1 take more than twice as long as parts of 64:",
      seconds[1] > 2 * seconds[64])
