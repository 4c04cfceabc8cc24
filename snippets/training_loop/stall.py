import matplotlib.pyplot as plt

launch, work, steps = 1.0, 2.0, 5  # ms to hand a step over, to do it


def run(wait):
    now, free, bars = 0.0, 0.0, []  # for Python, for the device
    for _ in range(steps):
        start = max(now + launch, free)
        bars.append((now, start))
        now, free = now + launch, start + work
        now = free if wait else now
    return bars, free


_, axes = plt.subplots(2, figsize=(5.5, 2.4), sharex=True)
for ax, wait in zip(axes, (True, False), strict=True):
    bars, end = run(wait)
    for begun, start in bars:
        ax.barh("Python", launch * 0.95, left=begun, color="C0")
        ax.barh("device", work * 0.95, left=start, color="C1")
    ax.set_title(".item() in each step" if wait else "no .item()")
    print(f"waits: {wait}, {end:.0f} ms, idle {end - steps * work:.0f}")
plt.xlabel("ms")
plt.show()
