import matplotlib.pyplot as plt
from matplotlib.patches import ConnectionPatch

step = [("rate", 1, "C1"), ("batch", 1.2, "C0"), ("zero_grad", 1.7, "C0"),
        ("forward", 2.6, "C0"), ("backward", 3.6, "C0"), ("clip", 1, "C1"),
        ("step", 1.1, "C0"), ("log", 1, "C1")]
fig, (run, one) = plt.subplots(2, figsize=(5.5, 2.3))
for number, left in enumerate((0, 12, 24), 1):
    run.barh([0] * 8, 0.8, left=range(left, left + 8), color="C0")
    run.barh(0, 1.8, left=left + 8, color="C2")
    run.barh(0, 1.2, left=left + 10, color="C3")
    for at, word in [(4, f"epoch {number}"), (8.6, "test"), (10.8, "save")]:
        run.text(left + at, 0.5, word, ha="center", fontsize=8)
at = 0.0
for word, width, colour in step:
    one.barh(0, width - 0.06, left=at, color=colour)
    one.text(at + width / 2, 0.5, word, ha="center", fontsize=8)
    at += width
for above, below in ((0, 0), (0.8, at)):  # the first step, enlarged
    fig.add_artist(ConnectionPatch(
        (above, -0.4), (below, 0.9), "data", axesA=run, axesB=one, ls=":"))
for ax in (one, run):
    ax.set(ylim=(-0.9, 1))
    ax.axis("off")
plt.show()
