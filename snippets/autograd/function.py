# --8<-- [start:function]
import torch


class LogOnePlusExp(torch.autograd.Function):
    """log(1 + e^x), and its slope, the sigmoid."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.where(x > 30, x, x.clamp(max=30).exp().log1p())

    @staticmethod
    def backward(ctx, g):
        (x,) = ctx.saved_tensors
        return g * x.sigmoid()
# --8<-- [end:function]


# --8<-- [start:use]
x = torch.tensor([-3.0, 0, 1000]).double().requires_grad_()
y = LogOnePlusExp.apply(x)
y.sum().backward()
print("value", *[f"{v:.4f}" for v in y.tolist()])
print("slope", *[f"{v:.4f}" for v in x.grad.tolist()])
some = torch.linspace(-4, 4, 9).double().requires_grad_()
print("checked:", torch.autograd.gradcheck(LogOnePlusExp.apply, some))
# --8<-- [end:use]
