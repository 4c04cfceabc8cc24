sizes, means = [3, 3, 2], [2, 4, 9]
total = sum(n * mean for n, mean in zip(sizes, means, strict=True))
print("mean:", total / sum(sizes), " mean of means:", sum(means) / 3)
