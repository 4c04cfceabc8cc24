from dlbook.attention import MultiHeadAttention

words = 1024
print(f"768 columns, {words:,} words")
for heads in (12, 24):
    layer = MultiHeadAttention(768, heads)
    parameters = sum(p.numel() for p in layer.parameters())
    print(f"{heads} heads: d_k {layer.d_k}, {parameters:,} parameters,"
          f" {heads * words**2:,} weights")
