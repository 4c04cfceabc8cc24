from dlbook.attention import cost

d_model, heads, n = 768, 12, 1024
parameters, work, weights = cost(n, d_model, heads)
print(f"{d_model} columns, {heads} heads: {parameters:,} parameters")
print(f"{n} words: {work / 1e9:.2f} billion multiply-adds,"
      f" {weights:,} weights")
for n in (1535, 1536, 1537):
    pairs = 2 * n**2 * d_model
    maps = cost(n, d_model, heads).multiply_adds - pairs
    print(f"{n} words: pairs cost more than maps: {pairs > maps}")
