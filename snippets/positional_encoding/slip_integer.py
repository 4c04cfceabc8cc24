import torch

i, d_model = torch.arange(4), 8
print("divided: ", (10000 ** (2 * i / d_model)).tolist())
print("cut off: ", (10000 ** (2 * i // d_model)).tolist())
print("negative:", (10 ** -i).tolist())  # should be 1, 0.1, 0.01, 0.001

wavelengths = 10 ** i
rates = wavelengths ** -1
