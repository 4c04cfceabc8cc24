import torch

z = torch.tensor([1.0, 2, 5]).double().log().requires_grad_()
v = torch.tensor([0.0, 1, 2]).double()


def f(z):
    return z.exp().sum().log()


(g,) = torch.autograd.grad(f(z), z, create_graph=True)
print("gradient, still with a history:", g.grad_fn is not None)
(product,) = torch.autograd.grad(g @ v, z)
print("times v:", [round(number, 4) for number in product.tolist()])
table = torch.autograd.functional.hessian(f, z)
print("as by the whole table:", product.allclose(table @ v))
near = [torch.autograd.grad(f(w), w)[0] for w in (z + 1e-5 * v, z - 1e-5 * v)]
print("as by nudging z:", product.allclose((near[0] - near[1]) / 2e-5))
