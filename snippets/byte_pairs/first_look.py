import matplotlib.pyplot as plt

from dlbook.data import corpus
from dlbook.vocabulary import Vocabulary, running_text, tokenize
from dlbook.vocabulary.gpt2 import gpt2

text, bpe = "it returns unpronounceable names", gpt2()
known = Vocabulary(tokenize(running_text(corpus("en")))).ids
rows = {"characters": list(text), "words": tokenize(text),
        "byte pairs": [bpe.pieces[i].decode() for i in bpe.encode(text)]}
fig, axes = plt.subplots(3, figsize=(5.5, 2.2), layout="constrained")
for ax, (name, tokens) in zip(axes, rows.items(), strict=True):
    ax.set_title(f"{name}: {len(tokens)}", loc="left")
    ax.axis((0, len(text), 0, 1))
    ax.axis("off")
    start = 0
    for token in tokens:
        start = text.index(token, start)
        unknown = name == "words" and token not in known
        ax.barh(0.5, len(token) - 0.12, left=start + 0.06, alpha=0.35,
                color="0.5" if unknown else "C0")
        for place, letter in enumerate(token, start):
            ax.text(place + 0.5, 0.5, letter, ha="center", va="center")
        start += len(token)
plt.show()
