import torch

from dlbook.forward import multiply_adds, saved_bytes
from dlbook.fully_connected import MLP

sizes, batch = [784, 300, 100, 10], 64
there, back = multiply_adds(sizes, batch)
print(f"multiply-adds: {there:,} there, {back:,} back")
kept = saved_bytes(MLP(sizes), torch.zeros(batch, 784))
print(f"kept: {kept:,} bytes, by hand {4 * 64 * (784 + 300 + 100):,}")
