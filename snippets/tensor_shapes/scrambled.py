import matplotlib.pyplot as plt

from dlbook.data import photo

hwc = photo("flower", width=120).permute(1, 2, 0).contiguous()
h, w, c = hwc.shape  # as files and cameras have it
panels = {
    "permute(2, 0, 1)": hwc.permute(2, 0, 1),
    "view(c, h, w)": hwc.view(c, h, w),
    "permute(2, 1, 0)": hwc.permute(2, 1, 0),
}
fig, axes = plt.subplots(1, 3, figsize=(5.5, 2.1), width_ratios=[w, w, h])
for ax, (name, chw) in zip(axes, panels.items(), strict=True):
    print(f"{name:17} shape {tuple(chw.shape)!s:14} strides {chw.stride()}")
    ax.imshow(chw.permute(1, 2, 0).numpy())  # matplotlib wants it back
    ax.set_title(name, size=9)
    ax.set_axis_off()
plt.show()
