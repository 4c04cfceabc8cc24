from dlbook.transformer import DecoderLayer, EncoderLayer

for d in 64, 512:
    for kind, a, b in (EncoderLayer, 12, 13), (DecoderLayer, 16, 19):
        made = kind(d, 8, 4 * d)
        found = sum(p.numel() for p in made.parameters())
        right = found == a * d**2 + b * d
        print(kind.__name__, d, f"{found:,}", right)
