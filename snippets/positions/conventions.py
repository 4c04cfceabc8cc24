# --8<-- [start:order]
import torch

from dlbook.positional_encoding import rope
from dlbook.positions import halves_order, rope_halves

g = torch.Generator().manual_seed(0)
q, k = torch.randn(2, 6, 8, generator=g).double()
order = halves_order(8)
print("halves holds the columns", order.tolist())
scores = rope(q) @ rope(k).T
same = rope_halves(q[:, order]) @ rope_halves(k[:, order]).T
other = rope_halves(q) @ rope_halves(k).T
print(f"largest difference, columns moved: {(scores - same).abs().max():.0e}")
print(f"columns not moved: {(scores - other).abs().max():.1f}")
# --8<-- [end:order]


# --8<-- [start:checkpoint]
from dlbook.experiment import fit_many
from dlbook.positions import characters, makers, perplexities, to_halves
from dlbook.positions.measured import some_windows
from dlbook.transformer.language import next_loss, up_and_down

ids, V = characters()
net = fit_many(
    makers(V, 16, 32, 4, 2)["RoPE"], [0], some_windows(ids, 16, 400),
    steps=600, batch=16, rates=0.01, every=300, clip=1.0, loss=next_loss,
    schedule=up_and_down).network()


def perplexity():
    return f"{perplexities(net, ids[-32_000:], [16]).item():.1f}"


print("as trained:", perplexity())
for layer in net.layers:
    layer.attention.turn = rope_halves
print("run by the other convention:", perplexity())
for layer in net.layers:
    for linear in layer.attention.query, layer.attention.key:
        for part in linear.parameters():
            part.data = to_halves(part.data, heads=4)
print("and with the rows moved:", perplexity())
# --8<-- [end:checkpoint]
