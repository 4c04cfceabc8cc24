from dlbook.googlenet import PLANS, inception_cost

costs = inception_cost(14, 480, PLANS["4a"])
for name, (parameters, work) in costs.items():
    print(f"{name:5} {parameters:8,} {work:11,}")
print("channels:", PLANS["4a"].gives(480))
print(f"together: {sum(c.parameters for c in costs.values()):,}"
      f" {sum(c.multiply_adds for c in costs.values()):,}")
