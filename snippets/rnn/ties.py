import torch

from dlbook.rnn.text import choose

rng = torch.Generator().manual_seed(0)
even = torch.zeros(16)
print("largest of equal scores: argmax", even.argmax().item(),
      " topk", even.topk(1).indices.item())
drawn = {choose(even, 1.0, rng, top=2) for _ in range(50)}
print("ours, top 2:", sorted(drawn))
scores = torch.tensor([2.0, 1.0, 0.0])
for temperature in (0.5, 1.0, 2.0):
    shares = (scores / temperature).softmax(0)
    print(temperature, [f"{share:.2f}" for share in shares.tolist()])
