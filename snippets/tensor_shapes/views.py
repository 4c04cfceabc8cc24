import torch

x = torch.rand(2, 3, 4, 5, generator=torch.Generator().manual_seed(0))
for name, y in {
    "x[0]": x[0],
    "x[:, :, ::2]": x[:, :, ::2],
    "x[:, [0, 1]]": x[:, [0, 1]],
    "x[x > 0.5]": x[x > 0.5],
    "x.permute(0, 2, 3, 1)": x.permute(0, 2, 3, 1),
    "x.view(2, 60)": x.view(2, 60),
    "x.flatten(1)": x.flatten(1),
    "x.mT.flatten(1)": x.mT.flatten(1),
    "x[:, :1].expand(x.shape)": x[:, :1].expand(x.shape),
    "x.flip(3)": x.flip(3),
    "x.float()": x.float(),
    "x.double()": x.double(),
}.items():
    memory, of_x = (t.untyped_storage().data_ptr() for t in (y, x))
    print(f"{name:25} {tuple(y.shape)!s:13} {y.stride()!s:15}",
          "shares" if memory == of_x else "copy")
