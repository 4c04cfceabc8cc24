import torch

x = torch.zeros(2, 3, 4, 5)
for name, y in {"x": x, "x.permute(0, 2, 3, 1)": x.permute(0, 2, 3, 1),
                "x[:, 1:, ::2]": x[:, 1:, ::2]}.items():
    print(f"{name:22} {y.stride()}, starts at {y.storage_offset()}")
