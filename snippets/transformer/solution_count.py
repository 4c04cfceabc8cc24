from dlbook.transformer import DecoderLayer, EncoderLayer

for d in 64, 512:
    for layer, squares, rows in (EncoderLayer, 12, 13), (DecoderLayer, 16, 19):
        made = layer(d, 8, 4 * d)
        found = sum(p.numel() for p in made.parameters())
        right = found == squares * d**2 + rows * d
        print(layer.__name__, d, f"{found:,}", right)
