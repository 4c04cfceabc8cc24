import torch

w = torch.tensor(0.0, requires_grad=True)
parts = [torch.tensor([1.0, 2, 3]), torch.tensor([6.0])]  # the targets


def gradient(*losses):
    w.grad = None
    for loss in losses:
        loss.backward()  # adds to w.grad
    return w.grad.item()


means = [lambda t=t: ((w - t) ** 2).mean() for t in parts]
print("all at once   :", gradient(((w - torch.cat(parts)) ** 2).mean()))
print("each part     :", [gradient(mean()) for mean in means])
print("added up      :", gradient(*(mean() for mean in means)))
print("mean of means :", gradient(*(mean() / 2 for mean in means)))
print("n/N each      :", gradient(*(
    len(t) / 4 * mean() for t, mean in zip(parts, means, strict=True))))
