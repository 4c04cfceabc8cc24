from dlbook.convolution import cost, output_size

layers = [
    ("LeNet C1", 32, 1, 6, 5, {}),
    ("LeNet C3", 14, 6, 16, 5, {}),
    ("3x3 64 to 64", 56, 64, 64, 3, {"padding": 1}),
    ("5x5 64 to 64", 56, 64, 64, 5, {"padding": 2}),
    ("3x3 stride 2", 56, 64, 64, 3, {"padding": 1, "stride": 2}),
    ("3x3 depthwise", 56, 64, 64, 3, {"padding": 1, "groups": 64}),
    ("1x1 64 to 64", 56, 64, 64, 1, {}),
]
print("layer           output   parameters multiply-adds")
for name, n, c_in, c_out, k, how in layers:
    how, groups = {**how}, how.get("groups", 1)
    parameters, work = cost(n, c_in, c_out, k, **how)
    how.pop("groups", None)
    o = output_size(n, k, **how)
    shape = f"{c_out}x{o}x{o}"
    print(f"{name:14}{shape:>10} {parameters:11,}{work:14,}")
