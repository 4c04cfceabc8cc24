from dlbook.data import digits

images, _ = digits()
batches = images.split(64)
for number in (0, 28):
    b_x = batches[number]
    print(f"batch {number}: {tuple(b_x.shape)},"
          f" view(64, -1) {tuple(b_x.view(64, -1).shape)},"
          f" view(size(0), -1) {tuple(b_x.view(b_x.size(0), -1).shape)}")
