from itertools import combinations, product
from statistics import mean

g = [1, 3, 5, 7]  # the slopes of one weight, for four examples
G = mean(g)
spread = mean((each - G) ** 2 for each in g)
print("all four:", G, "and the spread", spread)
for how, batches in {
    "with replacement": product(g, repeat=2),
    "without": combinations(g, 2),
}.items():
    means = [mean(batch) for batch in batches]
    off = mean((m - G) ** 2 for m in means)
    print(f"{how}: {len(means)} batches of 2, mean {mean(means):g},"
          f" variance {off:.2f}")
