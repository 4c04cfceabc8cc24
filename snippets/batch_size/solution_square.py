from itertools import product
from statistics import mean

from dlbook.batch_size import noise_from_two

g = [1, 3, 5, 7]  # as before: G = 4, the spread 5
squares = {}
for size in (1, 2, 4):  # over all batches that there are
    squares[size] = mean(mean(b) ** 2 for b in product(g, repeat=size))
    print(f"B = {size}: mean square {squares[size]:g},"
          f" formula {16 + 5 / size:g}")
print(noise_from_two(squares[1], squares[4], (1, 4)))
