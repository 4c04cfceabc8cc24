from functools import partial

import dlbook
from dlbook.batch_size import steps_to
from dlbook.data import digits
from dlbook.experiment import fit_many, split
from dlbook.fully_connected import MLP

x, y = (t.to(dlbook.device()) for t in digits())
data, rates = split(x.flatten(1), y, seed=0), [0.002 * 2**k for k in range(6)]
for batch, steps in {8: 400, 64: 200, 512: 120}.items():
    many = fit_many(partial(MLP, [64, 32, 10]), range(5), data, rates=rates,
                    batch=batch, steps=steps, every=5)
    taken = steps_to(0.06, many.points, many.validation).median(1).values
    place = int(taken.argmin())
    print(f"B = {batch:3}: rate {rates[place]}, {int(taken[place])} steps")
