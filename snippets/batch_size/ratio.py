from itertools import combinations

loss, weight = [1, 2, 3, 10], [1, 1, 1, 4]  # the fourth class counts more


def mean(batch, divisor=None):
    total = sum(weight[i] * loss[i] for i in batch)
    return total / (divisor or sum(weight[i] for i in batch))


batches = list(combinations(range(4), 2))
print(f"all four: {mean(range(4)):.2f}")
by_weights = [mean(batch) for batch in batches]
print(f"six batches, each by its own weights: {sum(by_weights) / 6:.2f}")
fixed = 2 * sum(weight) / 4  # B times the mean weight
by_fixed = [mean(batch, fixed) for batch in batches]
print(f"six batches, all by {fixed:g}: {sum(by_fixed) / 6:.2f}")
