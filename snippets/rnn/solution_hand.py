import torch

a1 = torch.tensor(0.8).atanh()  # what goes into the tanh of step 1
u = torch.tensor(0.5, requires_grad=True)
a1.requires_grad_()
h1 = a1.tanh()
a2 = u * h1 + (torch.tensor(0.4).atanh() - 0.4)  # so that h2 is 0.4
h2 = a2.tanh()
a2.retain_grad()
h2.backward()
for name, found in (("δ2", a2), ("δ1", a1), ("dL/dU", u)):
    print(name, f"{found.grad.item():.4f}")
