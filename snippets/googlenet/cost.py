from dlbook.googlenet import PLANS, Plan, inception_cost

plan = PLANS["3a"]
plans = {"with reductions": plan,
         "without, pool free": Plan(64, 0, 128, 0, 32, 0),
         "without, pool 1×1": Plan(64, 0, 128, 0, 32, 32)}
found = {name: inception_cost(28, 192, p) for name, p in plans.items()}
print(f"{'multiply-adds':14}", *(f"{name:>19}" for name in plans))
for branch in ("1x1", "3x3", "5x5", "pool"):
    row = [costs[branch].multiply_adds for costs in found.values()]
    print(f"{branch:14}", *(f"{work:19,}" for work in row))
work = [sum(c.multiply_adds for c in costs.values())
        for costs in found.values()]
print(f"{'together':14}", *(f"{total:19,}" for total in work))
print(f"{'channels out':14}", *(f"{p.gives(192):19}" for p in plans.values()))
print("in millions:", *(f"{total / 1e6:.1f}" for total in work),
      f"({work[1] / work[0]:.2f} and {work[2] / work[0]:.2f} times as much)")
wide = [costs["5x5"].multiply_adds for costs in found.values()]
print(f"in the 5x5 branch: {wide[1] / wide[0]:.1f}")
assert work == [128_049_152, 303_464_448, 308_281_344]
