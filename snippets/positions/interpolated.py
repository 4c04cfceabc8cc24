# about a minute
import torch

from dlbook.experiment import compare, fit_many
from dlbook.positions import characters, goes_on, makers, perplexities
from dlbook.positions.measured import some_windows
from dlbook.transformer.language import next_loss, up_and_down

ids, V = characters()
how = {"batch": 16, "clip": 1.0, "loss": next_loss, "metric": "perplexity"}
for way in "learned", "sines", "RoPE":
    many = fit_many(
        makers(V, 16, 32, 4, 2)[way], range(5), some_windows(ids, 16, 400),
        steps=600, rates=0.01, every=300, schedule=up_and_down, **how)
    nets = [many.network(seed=k) for k in range(5)]
    for stretch in (1, 4)[way == "learned":]:
        found = [perplexities(net.stretched(stretch), ids[-32_000:], [64])
                 for net in nets]
        print(f"{way}, 64 characters, places divided by {stretch}:"
              f" perplexity {torch.stack(found).mean():.1f}")
print(compare(
    {"as is": goes_on(nets, 1), "divided by 4": goes_on(nets, 4)},
    some_windows(ids, 64, 100), steps=100, every=20, **how,
    rates=(0.003, 0.01, 0.03)))
