from dlbook.augmentation import count_views

many = count_views(32, 28)
print(f"5 * 5 * 2 = {many} views")
for epochs in 10, 35, 100:
    seen = many * (1 - (1 - 1 / many) ** epochs)
    print(f"after {epochs:3} epochs about {seen:.0f} of them")
