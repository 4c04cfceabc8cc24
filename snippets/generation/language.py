# --8<-- [start:setup]
import torch

from dlbook.data import corpus
from dlbook.rnn.text import Counts
from dlbook.transformer.language import counted, in_windows
from dlbook.vocabulary import running_text

text = running_text(corpus("en")).lower()
text = ". ".join(dict.fromkeys(text.split(". ")))  # each sentence once
letters = sorted(c for c in set(text) if text.count(c) >= 100)
ids = torch.tensor([letters.index(c) for c in text if c in letters])
V, data = len(letters), in_windows(ids, 64)
print(*(len(part.x) for part in (data.train, data.validation, data.test)))
learn = ids[: len(ids) * 8 // 10]
models = {k: Counts(learn, V, back=k, trust=20) for k in (0, 1, 2, 4, 5, 6)}
found = {k: counted(m, data.validation) for k, m in models.items()}
best = min(found, key=found.get)
values = {k: counted(models[k], data.test) for k in (0, 1, 2, best)}
for k, value in values.items():
    print(f"{k} back: perplexity {value:.2f}")
# --8<-- [end:setup]


# --8<-- [start:compare]
# about three minutes
import matplotlib.pyplot as plt

from dlbook.experiment import Competitor, compare
from dlbook.transformer.gpt import GPT
from dlbook.transformer.language import LSTMOfWindows, next_loss, up_and_down

result = compare(
    {"GPT": Competitor(lambda: GPT(V, 64, 48, 4, 2),
                       rates=(0.003, 0.01, 0.03)),
     "LSTM": Competitor(lambda: LSTMOfWindows(V, 32, 98),
                        rates=(0.01, 0.03, 0.1))},
    data, steps=400, batch=16, every=100, clip=1.0, loss=next_loss,
    metric="perplexity", schedule=up_and_down,
    baselines={f"{best} back": values[best]})
print(result)
_, ax = plt.subplots(figsize=(5, 2.6))
result.draw(ax)
ax.set_yscale("log")
plt.show()
# --8<-- [end:compare]
