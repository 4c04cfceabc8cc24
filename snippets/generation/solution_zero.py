import torch

from dlbook.transformer.replacing import replaced, spread
from dlbook.transformer.translator import answers, its_numbers, translator

model, numbers = translator("to chinese"), its_numbers().held_out[:300]
name = "decoder.layers.0.cross.layer"
for head in range(4):
    shares = []
    for change in spread, torch.zeros_like:
        with replaced(model, name, head, change):
            right = answers(model, numbers, "to chinese").right
            shares.append(f"{right.double().mean():4.0%}")
    print(f"head {head}: even {shares[0]}, nothing {shares[1]}")
