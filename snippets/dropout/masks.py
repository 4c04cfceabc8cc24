import torch

from dlbook.dropout import Dropout

x = torch.ones(3, 10)  # three examples, ten units
layer = Dropout(0.5, generator=torch.Generator().manual_seed(0))
for name in ("a pass", "another pass", "evaluation"):
    layer.train(name != "evaluation")
    print(name)
    for row in layer(x).int().tolist():
        print("  ", *row)
