import torch

from dlbook.attention import MultiHeadAttention

layer = MultiHeadAttention(d_model=32, heads=4)
x = torch.zeros(2, 6, 32)  # 2 texts of 6 words ask
memory = torch.zeros(2, 9, 32)  # 9 words answer


def split(rows):
    return rows.unflatten(-1, (4, 8)).transpose(1, 2)


q, k, v = layer.query(x), layer.key(memory), layer.value(memory)
print("query, key, value ", *(tuple(t.shape) for t in (q, k, v)))
print("columns in 4 parts", tuple(q.unflatten(-1, (4, 8)).shape))
q, k, v = split(q), split(k), split(v)
print("heads to the front", *(tuple(t.shape) for t in (q, k, v)))
weights = layer.weights(x, memory)
print("weights           ", tuple(weights.shape))
each = weights @ v
print("mixed values      ", tuple(each.shape))
joined = each.transpose(1, 2).flatten(2)
print("heads side by side", tuple(joined.shape))
print("output            ", tuple(layer.output(joined).shape))
