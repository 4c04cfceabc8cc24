from dlbook.data import digits

images, _ = digits()
before = images.mean()
crop = images[:, :, 2:6, 2:6]  # a view
crop -= crop.mean()  # in place
print(f"mean of all images: {before:.2f} before, {images.mean():.2f} after")
