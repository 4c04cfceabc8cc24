import torch

from dlbook.attention import attention, attention_weights

query = torch.tensor([[-2.0, 1, 2, 1], [1, 0, 1, 0], [0, 1, 0, 1]])
key = torch.tensor([[2.0, 0, 2, 0], [0, 1, 0, 1], [0, 0, 2, 0]])
value = torch.tensor([[4.0, 4], [2, 0], [0, 4]])
a, y = attention_weights(query, key), attention(query, key, value)
print("milk:", *(f"{x:.3f}" for x in a[2].tolist()), " output",
      *(f"{x:.3f}" for x in y[2].tolist()))
nothing = torch.zeros(1, 4)
print("a query of zeros:", *(f"{x:.3f}" for x in
                             attention(nothing, key, value)[0].tolist()),
      " mean of the values:", *(f"{x:.3f}" for x in value.mean(0).tolist()))
