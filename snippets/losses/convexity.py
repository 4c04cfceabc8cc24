import torch
from torch.nn.functional import one_hot

from dlbook.losses import log_sum_exp, softmax

z = torch.tensor([1.0, 2, 5], dtype=torch.float64).log()
p = softmax(z)
formula = p.diag() - p[:, None] * p
bends = torch.autograd.functional.hessian(log_sum_exp, z)
print("second derivatives agree:", bends.allclose(formula))

g = torch.Generator().manual_seed(0)
draws = torch.multinomial(p, 100_000, replacement=True, generator=g)
rows = one_hot(draws, 3).double()  # a die, thrown many times
print("covariance of the draws is near:",
      rows.T.cov().allclose(formula, atol=0.01))

for v in [0.0, 1, 2], [1.0, 1, 1], [0.0, 0, 1]:
    way = torch.tensor(v, dtype=z.dtype)
    found = way @ bends @ way, p @ way**2 - (p @ way) ** 2
    bend, variance = (round(x.item(), 3) + 0.0 for x in found)
    print(f"along {v}: bend {bend}, variance {variance}")
