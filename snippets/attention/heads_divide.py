from dlbook.attention import MultiHeadAttention

MultiHeadAttention(d_model=512, heads=10)
