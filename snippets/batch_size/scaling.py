# --8<-- [start:setup]
import torch
from torch.nn.functional import avg_pool2d

import dlbook
from dlbook.datasets import hold_out, load, pixels
from dlbook.experiment import Data, fit_many
from dlbook.fully_connected import MLP

clothes, rng = load("fashion-small"), torch.Generator().manual_seed(0)
parts = *hold_out(clothes.train, 1000, generator=rng), clothes.test
train, validation, test = (  # 14 by 14 pixels
    tuple(t.to(dlbook.device()) for t in
     (avg_pool2d(pixels(part.x), 2).flatten(1), part.y)) for part in parts)


def make(generator):
    return MLP([196, 32, 10], generator=generator)


def ends(batch, rates, seeds, shown):  # percent wrong after 4 epochs
    many = fit_many(make, seeds, Data(train, shown), steps=16000 // batch,
                    batch=batch, rates=rates, optimizer=torch.optim.SGD)
    return 100 * many.validation[:, :, -1]
# --8<-- [end:setup]


# --8<-- [start:measure]
# about two minutes
from dlbook.experiment import compare_values

grid, sizes, own = [0.0125 * 2**k for k in range(7)], (4, 16, 64, 256), {}
for batch in sizes:  # chosen on validation pictures
    seen = ends(batch, grid, range(5), validation).mean(1)
    own[batch] = grid[int(seen.argmin())]
print("each its own rate:", own)
rate = own[4]
for batch in sizes:  # reported on test pictures, with other seeds
    k = batch // 4
    rates = {"same rate": rate, "square root": rate * k**0.5,
             "linear": rate * k, "its own": own[batch]}
    rows = {name: ends(batch, each, range(5, 10), test)[0]
            for name, each in rates.items()}
    result = compare_values(rows, unit="points", name="wrong, in",
                            against="its own")
    print(f"\nB = {batch}, {16000 // batch} steps")
    print(result if k > 1 else f"wrong: {rows['its own'].mean():.1f} %")
# --8<-- [end:measure]
