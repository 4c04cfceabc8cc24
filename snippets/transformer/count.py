import torch

from dlbook.transformer import Transformer


def count(module):
    return sum(p.numel() for p in module.parameters())


for tokens in 37_000, 40_960:
    with torch.device("meta"):  # shapes, but no numbers
        base = Transformer(tokens, tokens, d=512, heads=8, layers=6,
                           d_ff=2048, matrices=1, norm="after").to("meta")
    print(f"{tokens:,} tokens: {count(base):,}")
reads, writes = base.encoder.layers[0], base.decoder.layers[0]
parts = {"matrix": base.source.matrix, "encoder": base.encoder,
         "decoder": base.decoder, "a layer that reads": reads,
         "its attention": reads.attention.layer,
         "its feed-forward": reads.feed.layer, "a norm": reads.feed.norm,
         "a layer that writes": writes}
for name, part in parts.items():
    print(f"{name:20}{count(part):>12,}")
