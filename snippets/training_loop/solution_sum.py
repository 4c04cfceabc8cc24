import torch

for clear in (True, False):
    w, path = torch.tensor(1.0, requires_grad=True), []
    optimizer = torch.optim.SGD([w], lr=0.25)
    for _ in range(6):
        if clear:
            optimizer.zero_grad()
        (w**2).backward()
        optimizer.step()
        path.append(round(w.item(), 3))
    print(f"cleared: {clear!s:5} {path}")
