import torch

from dlbook.transformer import Transformer


def count(module):
    return sum(p.numel() for p in module.parameters())


for tokens in 37_000, 40_960:
    with torch.device("meta"):  # shapes, but no numbers
        base = Transformer(tokens, tokens, d=512, heads=8, layers=6,
                           d_ff=2048, matrices=1, norm="after").to("meta")
    print(f"{tokens:,} tokens: {count(base):,}")
parts = {"matrix": base.source.matrix, "encoder": base.encoder,
         "decoder": base.decoder, "a layer that reads": base.encoder.layers[0],
         "its attention": base.encoder.layers[0].attention.layer,
         "its feed-forward": base.encoder.layers[0].feed.layer,
         "a norm": base.encoder.layers[0].feed.norm,
         "a layer that writes": base.decoder.layers[0]}
for name, part in parts.items():
    print(f"{name:20}{count(part):>12,}")
