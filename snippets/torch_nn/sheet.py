import torch
from torch import nn

line, image = torch.zeros(2, 3, 28), torch.zeros(2, 6, 28, 28)
text, ids = torch.zeros(2, 7, 8), torch.zeros(2, 7, dtype=torch.int64)
layers = [
    (nn.Linear(8, 5), text), (nn.Conv1d(3, 4, 5), line),
    (nn.Conv2d(6, 16, 5), image), (nn.Conv2d(6, 16, 3, padding=1), image),
    (nn.Conv2d(6, 12, 3, stride=2, groups=2), image),
    (nn.ConvTranspose2d(6, 3, 2, stride=2), image),
    (nn.MaxPool2d(2), image), (nn.AdaptiveAvgPool2d(1), image),
    (nn.Upsample(scale_factor=2), image), (nn.Flatten(), image),
    (nn.ReLU(), image), (nn.Dropout(0.5), image),
    (nn.BatchNorm2d(6), image), (nn.GroupNorm(2, 6), image),
    (nn.LayerNorm(8), text), (nn.Embedding(100, 8), ids),
    (nn.RNN(8, 16, batch_first=True), text),
    (nn.LSTM(8, 16, batch_first=True), text),
    (nn.TransformerEncoderLayer(8, 2, 32, batch_first=True), text)]
for layer, x in layers:
    y = layer(x)
    y = y[0] if isinstance(y, tuple) else y  # without the last state
    count = sum(p.numel() for p in layer.parameters())
    print(f"{type(layer).__name__:24}{'×'.join(map(str, x.shape)):11} → "
          f"{'×'.join(map(str, y.shape)):11}{count:5}")
