import torch

from dlbook.transformer import places, read_mask, real_words, write_mask

ids = torch.tensor([[7, 4, 9, 2], [5, 8, 0, 0], [0, 0, 5, 8]])
real = real_words(ids, padding=0)
print("places:", *places(real).tolist())
print("read:  ", tuple(read_mask(real).shape))
print("write: ", tuple(write_mask(real).shape))
for n, mask in enumerate(write_mask(real)[:, 0].int()):
    print(f"\ntext {n}:", *ids[n].tolist())
    for row in mask.tolist():
        print("       ", *row)
