import matplotlib.pyplot as plt

from dlbook.googlenet import PLANS, Plan, inception_cost

plan = PLANS["3a"]
bare = Plan(*plan)._replace(reduce3=0, reduce5=0)
rows = {"with": inception_cost(28, 192, plan),
        "without": inception_cost(28, 192, bare)}
fig, ax = plt.subplots(figsize=(5.5, 2.6))
for number, (name, costs) in enumerate(rows.items()):
    for row, cost in enumerate(costs.values()):
        at, work = row + 0.38 * number, cost.multiply_adds / 1e6
        ax.barh(at, work, 0.34, color=f"C{number}")
        ax.text(work + 2, at, f"{work:.1f} {name}", va="center", size=8)
ax.set(yticks=[row + 0.19 for row in range(4)], yticklabels=list(costs),
       xlabel="multiply-adds, millions", xlim=(0, 225))
ax.invert_yaxis()
plt.show()
