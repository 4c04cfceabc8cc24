# --8<-- [start:look]
# a second
from pathlib import Path
from tempfile import mkdtemp

from dlbook.data import corpus
from dlbook.vocabulary import running_text

home = Path(mkdtemp())
file = home / "text.txt"  # or a text of yours, in UTF-8
file.write_text(running_text(corpus("en")), "utf8")
text = file.read_text("utf8")
print(f"{len(text):,} characters, {len(set(text))} different ones")
print(text[100_000:100_300])
# --8<-- [end:look]


# --8<-- [start:guess]
# a few seconds
from dlbook.rnn.text import Counts
from dlbook.training.texts import read_text
from dlbook.transformer.language import counted, windows

parts = read_text(file, context=64)
for name in "learn", "validation", "test":
    print(f"{name:10} {len(getattr(parts, name)):8,} characters")
V, held = len(parts.vocabulary), windows(parts.validation, 64)
for k in 0, 1, 2, 4, 6:
    counts = Counts(parts.learn, V, back=k, trust=20)
    print(f"{k} back: perplexity {counted(counts, held):.1f}")
# --8<-- [end:guess]


# --8<-- [start:train]
# about a minute
import dlbook
from dlbook.training.texts import AskedText, TextRun

asked = AskedText(str(file), epochs=8, lr=0.01, dropout=0.0)
run = TextRun(home / "english", asked, device=dlbook.device())
print(f"{run.config()['parameters']:,} weights, {run.steps:,} steps")
for news in run.run():
    print(f"pass {news.number}: loss {news.loss:.1f},"
          f" validation perplexity {news.perplexity:.1f}")
# --8<-- [end:train]


# --8<-- [start:write]
# some seconds
import torch

from dlbook.training.texts import Written
from dlbook.transformer.generation import Sampler

model = Written(home / "english")
for name, how in {
    "greedy": {"temperature": 0}, "temperature 0.5": {"temperature": 0.5},
    "temperature 1": {}, "top-p 0.9": {"p": 0.9},
}.items():
    sampler = Sampler(torch.Generator().manual_seed(0), **how)
    new = model.go_on("The class ", 150, sampler)
    print(f"{name}: {new!r}\n")
# --8<-- [end:write]


# --8<-- [start:test]
# some seconds
from dlbook.training.texts import worth

found = worth(model)
print(f"GPT: perplexity {found.model:.1f}")
print(f"counts of {found.back} back: {found.counts:.1f}")
# --8<-- [end:test]


# --8<-- [start:copied]
# some seconds
def longest_copy(new, text):
    """The longest piece of `new` that stands in `text` as it is."""
    best = ""
    for start in range(len(new)):
        while new[start : start + len(best) + 1] in text:
            if start + len(best) >= len(new):
                break
            best = new[start : start + len(best) + 1]
    return best


cut = len(text) * 8 // 10
sampler = Sampler(torch.Generator().manual_seed(1), p=0.9)
new = model.go_on("The class ", 1_000, sampler)
real = text[-20_000:-19_000]
for name, piece in ("of the GPT", new), ("of a real text", real):
    print(f"{name}: {longest_copy(piece, text[:cut])!r}")
# --8<-- [end:copied]


# --8<-- [start:chinese]
# some seconds
import matplotlib.pyplot as plt

story = home / "kong_yiji.txt"
story.write_text(corpus("zh"), "utf8")
asked = AskedText(str(story), epochs=40, batch=8, lr=0.01, dropout=0.0)
small = TextRun(home / "chinese", asked, device=dlbook.device())
passes = list(small.run())
_, ax = plt.subplots(figsize=(4.5, 2.4))
numbers = [news.number for news in passes]
learned = torch.tensor([news.loss for news in passes]).exp()
ax.semilogy(numbers, learned, label="training")
ax.semilogy(numbers, [n.perplexity for n in passes], label="validation")
ax.set(xlabel="pass", ylabel="perplexity")
ax.legend()
best = min(passes, key=lambda news: news.perplexity)
print("the best pass is", "early" if best.number < 20 else "late")
sampler = Sampler(torch.Generator().manual_seed(0), 0.7)
print(Written(home / "chinese").go_on("孔乙己", 60, sampler))
found = worth(Written(home / "chinese"))
print("counts are better:", found.counts < found.model)
plt.show()
# --8<-- [end:chinese]
