import torch

from dlbook.embedding.softmax import (
    skip_gram_softmax_gradient,
    skip_gram_softmax_loss,
)

word = torch.tensor([[1.0, 1], [0, 0], [0, 0]], requires_grad=True)
neighbour = torch.tensor([[2.0, 0], [0, 0], [0, 1]], requires_grad=True)
counts = torch.tensor([[0.0, 0, 1], [0, 0, 0], [0, 0, 0]])  # found: word 2
loss = skip_gram_softmax_loss(word @ neighbour.T, counts)
loss.backward()
p = (word @ neighbour.T).softmax(1)[0].tolist()
print("P(j | i):", *(f"{share:.3f}" for share in p), f" loss {loss:.3f}")
print("by hand: ", *(f"{g:.3f}" for g in word.grad[0].tolist()))
ours = skip_gram_softmax_gradient(word, neighbour, counts)
print("the function agrees with autograd:",
      torch.allclose(ours[0], word.grad),
      torch.allclose(ours[1], neighbour.grad))
