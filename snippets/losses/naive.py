import torch

from dlbook.losses import log_softmax, softmax

for name, numbers in [("ordinary", [0.0, 1.0, 2.0]),
                      ("large", [1000.0, 1001.0, 1002.0]),
                      ("far apart", [-200.0, 0.0, 0.0])]:
    z = torch.tensor(numbers)
    powers = torch.exp(z)
    naive = powers / powers.sum()
    print(f"{name}: {numbers}")
    print("   naive softmax", [f"{p:.4f}" for p in naive.tolist()])
    print("   softmax      ", [f"{p:.4f}" for p in softmax(z).tolist()])
    print("   its naive log", [f"{p:.2f}" for p in naive.log().tolist()])
    print("   log_softmax  ", [f"{p:.2f}" for p in log_softmax(z).tolist()])
