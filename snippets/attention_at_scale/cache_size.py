import torch

from dlbook.attention_at_scale import cache_bytes

models = {"8B": (32, 32, 8), "70B": (80, 64, 8), "405B": (126, 128, 8)}
print("Llama 3  KiB a token  GiB for 131,072  GiB with all heads")
for name, (layers, heads, kept) in models.items():
    how = {"layers": layers, "d_k": 128, "dtype": torch.bfloat16}
    one = cache_bytes(1, heads=kept, **how) / 2**10
    many = cache_bytes(2**17, heads=kept, **how) / 2**30
    whole = cache_bytes(2**17, heads=heads, **how) / 2**30
    print(f"{name:7}{one:13.0f}{many:17.0f}{whole:20,.0f}")
