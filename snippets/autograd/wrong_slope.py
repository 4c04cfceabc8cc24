import torch


class Square(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x

    @staticmethod
    def backward(ctx, g):
        (x,) = ctx.saved_tensors
        return 2 * x  # where is g?


x = torch.tensor([1.0, 2]).double().requires_grad_()
for factor in (1, 0.5):
    loss = (factor * Square.apply(x)).sum()
    print(factor, "x²:", torch.autograd.grad(loss, x)[0].tolist())
try:
    torch.autograd.gradcheck(lambda x: 0.5 * Square.apply(x), x)
except RuntimeError as error:
    print(f"{type(error).__name__}: {str(error).splitlines()[0]}")
