import torch

from dlbook.attention import attention

nobody = torch.zeros(1, 4)  # a key of zeros with a value of zeros
query = torch.tensor([[2.0, 0, 0, 0]])
value = torch.tensor([[1.0], [1.0]])
for name, key in [
    ("one key fits", torch.tensor([[6.0, 0, 0, 0], [-6, 0, 0, 0]])),
    ("none fits", torch.tensor([[-6.0, 0, 0, 0], [-6, 0, 0, 0]])),
]:
    plain = attention(query, key, value)
    with_none = attention(query, torch.cat([key, nobody]),
                          torch.cat([value, nobody[:, :1]]))
    print(f"{name:12} takes {plain.item():.2f},"
          f" with a key of zeros {with_none.item():.2f}")
