from dlbook.augmentation import count_views

for window in 224, 227:
    places = 256 - window + 1
    print(f"{window}: {places} * {places} * 2 = {count_views(256, window)}")
print(f"the paper's: 32 * 32 * 2 = {32 * 32 * 2}")
many = count_views(256, 224)
seen = many * (1 - (1 - 1 / many) ** 90)
print(f"in 90 epochs an image shows about {seen:.0f} different views")
