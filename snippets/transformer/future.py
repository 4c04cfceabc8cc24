import torch

from dlbook.transformer import Transformer

g = torch.Generator().manual_seed(0)
model = Transformer(30, 13, 32, 4, 2, 64, padding=0, generator=g)
source = torch.randint(1, 30, (1, 6), generator=g)
target = torch.tensor([[1, 5, 7, 3]])
other = torch.tensor([[1, 5, 2, 9]])  # another future from place 2 on
for training in True, False:
    model.train(training)
    same = (model(source, target) == model(source, other)).all(-1)
    print("training" if training else "evaluation", same[0].tolist())
