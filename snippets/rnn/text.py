# --8<-- [start:setup]
import torch

from dlbook.data import corpus
from dlbook.rnn.text import Counts
from dlbook.vocabulary import running_text

text = running_text(corpus("en")).lower()
text = ". ".join(dict.fromkeys(text.split(". ")))  # each sentence once
letters = sorted(c for c in set(text) if text.count(c) >= 100)
ids = torch.tensor([letters.index(c) for c in text if c in letters])
V, n = len(letters), len(ids)
learn, choose_by, report = ids.tensor_split([n * 8 // 10, n * 9 // 10])
print(n, "characters,", V, "different ones")
models = {k: Counts(learn, V, back=k, trust=20) for k in (0, 2, 4, 5, 6)}
found = {k: model.perplexity(choose_by) for k, model in models.items()}
best = min(found, key=found.get)
for k in (0, 2, best):
    print(f"{k} back: perplexity {models[k].perplexity(report):.1f}")
# --8<-- [end:setup]


# --8<-- [start:train]
# about a minute
from torch import nn

import dlbook
from dlbook.rnn.text import TextModel, fit_text, perplexity, write

torch.manual_seed(0)
model = TextModel(V, 32, 192, layer=nn.LSTM).to(dlbook.device())
learn, choose_by, report = (
    part.to(dlbook.device()) for part in (learn, choose_by, report))
fit_text(model, learn, steps=1000, rate=0.005)
print(f"LSTM: perplexity {perplexity(model, report):.1f}")
begin = torch.tensor([letters.index(c) for c in "the class "])
for temperature in (0, 0.5, 1.0, 2.0):
    rng = torch.Generator().manual_seed(0)
    more = write(model, begin.to(learn.device), 60,
                 temperature=temperature, generator=rng)
    print(f"{temperature}: the class {''.join(letters[i] for i in more)}")
# --8<-- [end:train]
