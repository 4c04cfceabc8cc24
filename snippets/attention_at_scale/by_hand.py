import torch

s = torch.tensor([2.0, 0, 1])  # what "drinks" thinks of the three words
v = torch.tensor([4.0, 2, 0])  # the first column of their values
top, total, mix = torch.tensor(-torch.inf), 0.0, 0.0
for part in (slice(0, 2), slice(2, 3)):
    higher = torch.maximum(top, s[part].max())
    powers = (s[part] - higher).exp()
    shrink = (top - higher).exp()
    total = total * shrink + powers.sum()
    mix = mix * shrink + powers @ v[part]
    top = higher
    print(f"m = {top:.0f}, z = {total:.3f}, o = {mix:.3f}")
print(f"o / z = {mix / total:.3f}, at once: {s.softmax(0) @ v:.3f}")
