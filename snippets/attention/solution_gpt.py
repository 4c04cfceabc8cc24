from dlbook.attention import cost

parameters, work, weights = cost(1024, 768, 12)
print(f"parameters {parameters:,}, multiply-adds {work / 1e9:.2f} billion,"
      f" weights {weights:,}")
for n in (1535, 1536, 1537):
    pairs = 2 * n**2 * 768
    maps = cost(n, 768, 12).multiply_adds - pairs
    print(f"{n} words: pairs cost more than maps: {pairs > maps}")
