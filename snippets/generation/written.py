# --8<-- [start:setup]
import torch

from dlbook.data import corpus
from dlbook.transformer.language import in_windows
from dlbook.vocabulary import running_text

text = running_text(corpus("en")).lower()
text = ". ".join(dict.fromkeys(text.split(". ")))  # each sentence once
letters = sorted(c for c in set(text) if text.count(c) >= 100)
ids = torch.tensor([letters.index(c) for c in text if c in letters])
data = in_windows(ids, 64)
begin = torch.tensor([[letters.index(c) for c in "the class "]])
# --8<-- [end:setup]


# --8<-- [start:write]
# about a minute
from dlbook.experiment import fit_many
from dlbook.transformer.generation import Sampler, beam, write
from dlbook.transformer.gpt import GPT
from dlbook.transformer.language import next_loss, up_and_down

many = fit_many(
    lambda: GPT(len(letters), 64, 64, 4, 2), [0], data, steps=2_000,
    rates=0.01, batch=16, every=1_000, clip=1.0, loss=next_loss,
    schedule=up_and_down)
model = many.network()
loss = next_loss(model(data.tested.x), data.tested.y)
print(f"GPT: perplexity {loss.exp():.1f}")
for name, how in {
    "temperature 1": {}, "temperature 0.5": {"temperature": 0.5},
    "top-k 5": {"k": 5}, "top-p 0.8": {"p": 0.8},
    "greedy": {"temperature": 0},
}.items():
    sampler = Sampler(torch.Generator().manual_seed(0), **how)
    found = write(model, begin, 60, sampler)[0, 10:]
    print(f"{name:15} {''.join(letters[i] for i in found)}")
found = beam(model, begin[0], 60, 8)[0][0, 10:]
print(f"{'beam of 8':15} {''.join(letters[i] for i in found)}")
# --8<-- [end:write]
