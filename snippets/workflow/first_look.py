import matplotlib.pyplot as plt

ROWS = {  # x, y, colour, text
    "training": (1.5, 2.2, "C0", "training\npictures"),
    "validation": (3.5, 2.2, "C2", "validation\npictures"),
    "test": (6.9, 2.2, "C1", "test\npictures"),
    "model": (0.1, 0.8, "C4", "a model\nlinear\nmlp\ncnn\nlenet\nyours"),
    "train": (2.5, 0.8, "0.4", "train.py"),
    "run": (4.8, 0.8, "0.4", "a folder\nconfig\nmetrics\nweights"),
    "test.py": (6.9, 0.8, "0.4", "test.py"),
    "score": (8.75, 0.8, "0.4", "one\nnumber")}
fig, ax = plt.subplots(figsize=(5.5, 2.2))
ax.set(xlim=(-0.8, 9.3), ylim=(-0.3, 2.7))
boxes = {name: ax.text(x, y, text, ha="center", va="center", size=9, bbox={
    "boxstyle": "round", "fc": "none", "ec": colour, "lw": 1.5})
    for name, (x, y, colour, text) in ROWS.items()}
for pair in ("training train", "validation train", "model train", "train run",
             "run test.py", "test test.py", "test.py score"):
    start, end = pair.split()
    ax.annotate("", ROWS[end][:2], ROWS[start][:2], arrowprops={
        "arrowstyle": "-|>", "color": "0.5",
        "patchA": boxes[start].get_bbox_patch(),
        "patchB": boxes[end].get_bbox_patch()})
ax.set_axis_off()
plt.show()
