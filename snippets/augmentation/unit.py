from dlbook.augmentation import colour_axes
from dlbook.data import photo

x = photo("flower")[None]
print("pixels     0.1 λ    0.1 √λ    (of the range, along axis 1)")
for name, most in ("0 … 1", 1), ("0 … 255", 255):
    largest = colour_axes(most * x).values[0].item()
    paper, safe = 0.1 * largest / most, 0.1 * largest**0.5 / most
    print(f"{name:8} {paper:7.1%} {safe:9.1%}")
