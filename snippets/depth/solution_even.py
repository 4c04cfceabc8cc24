import torch

from dlbook.forward import saved_bytes
from dlbook.fully_connected import MLP, count_parameters

sizes = [784, 512, 512, 10]
model = MLP(sizes)
parameters = count_parameters(model)
even = parameters / sum(sizes[:-1])
print(f"{sizes}: {parameters:,} parameters, even at a batch of {even:.1f}")
for batch in (370, 371):
    kept = saved_bytes(model, torch.zeros(batch, 784))
    print(f"batch {batch}: more is kept than the weights hold:",
          kept > 4 * parameters)
