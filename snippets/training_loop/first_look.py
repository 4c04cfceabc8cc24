import matplotlib.pyplot as plt

step = [("rate", 1, "C1"), ("batch", 1.2, "C0"), ("zero_grad", 1.7, "C0"),
        ("forward", 2.6, "C0"), ("backward", 3.6, "C0"), ("clip", 1, "C1"),
        ("step", 1.1, "C0"), ("log", 1, "C1")]
fig, (run, one) = plt.subplots(2, figsize=(5.5, 2.3))
for epoch in range(3):
    for i in range(8):
        run.barh(0, 0.8, left=epoch * 12 + i, color="C0")
    run.barh(0, 1.8, left=epoch * 12 + 8, color="C2")
    run.barh(0, 1.2, left=epoch * 12 + 10, color="C3")
    for at, word in [(4, f"epoch {epoch + 1}"), (9, "test"), (11, "save")]:
        run.text(epoch * 12 + at, 0.5, word, ha="center", fontsize=8)
at = 0.0
for word, width, colour in step:
    one.barh(0, width - 0.06, left=at, color=colour)
    one.text(at + width / 2, 0.5, word, ha="center", fontsize=8)
    at += width
one.plot([0, 0.3], [-0.4, -0.9], "k:", clip_on=False)
one.plot([at, 0.65], [-0.4, -0.9], "k:", clip_on=False)
for ax in (one, run):
    ax.set(ylim=(-0.9, 1))
    ax.axis("off")
plt.show()
