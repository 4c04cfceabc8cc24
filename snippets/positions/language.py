# --8<-- [start:setup]
from dlbook.positions import characters, some_windows
from dlbook.rnn.text import Counts
from dlbook.transformer.language import counted

ids, V = characters()
learn, report = ids[: len(ids) * 8 // 10], ids[len(ids) * 9 // 10 :]
data = some_windows(ids, 16, 400)
print(len(ids), "characters,", V, "different ones")
print(len(data.train.x), "windows of 16 to learn from")
counts = {f"{k} back": counted(Counts(learn, V, back=k, trust=20), data.test)
          for k in range(3)}
for name, value in counts.items():
    print(f"counts, {name}: perplexity {value:.1f}")
# --8<-- [end:setup]


# --8<-- [start:compare]
# about two minutes
import matplotlib.pyplot as plt
import torch

from dlbook.experiment import compare, compare_values
from dlbook.positions import makers, perplexities
from dlbook.transformer.language import next_loss, up_and_down

result = compare(
    makers(V, 16, 32, 4, 2), data, steps=600, batch=16, every=100, clip=1.0,
    loss=next_loss, metric="perplexity", schedule=up_and_down,
    rates=(0.003, 0.01, 0.03), against="RoPE", baselines=counts)
print(result, "\n")
_, (left, right) = plt.subplots(1, 2, figsize=(5.5, 3.2))
result.draw(left)
last, n = {}, [16, 32, 64]
for i, (way, each) in enumerate(result.entrants.items()):
    at = n[:1] if way == "learned" else n  # a table ends
    last[way] = [perplexities(each.network(k), report, at) for k in range(5)]
    right.plot(at, torch.stack(last[way]).median(0).values, f"oC{i}-")
right.set(xlabel="length", xticks=n)
at_64 = {w: [x[2] for x in last[w]] for w in last if w != "learned"}
print(compare_values(at_64, unit="", better="less", against="ALiBi",
                     name="perplexity at 64"))
plt.show()
# --8<-- [end:compare]
