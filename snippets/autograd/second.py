import torch

w = torch.tensor(3.0, requires_grad=True)
loss = w.exp()
loss.backward()
loss.backward()
