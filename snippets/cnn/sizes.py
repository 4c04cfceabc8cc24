from dlbook.cnn import feature_shape

for side in (8, 28, 224):
    shape = 1, side, side
    sides = [feature_shape(shape, [1] * blocks)[1] for blocks in (1, 2, 3)]
    print(f"{side:3} pixels, after 1, 2, 3 blocks:", *sides)
c, h, w = feature_shape((1, 8, 8), [8, 16])
print(f"the classifier reads {c} · {h} · {w} = {c * h * w} numbers")
print("convolutions:", 8 * (1 * 9 + 1), "and", 16 * (8 * 9 + 1))
print("dense layer: ", 10 * (c * h * w + 1))
