import matplotlib.pyplot as plt

from dlbook.data import corpus
from dlbook.vocabulary import BPE, chinese_words, running_text, tokenize

sizes, words = [256, 266, 286, 356, 556, 1256], chinese_words()
fig, axes = plt.subplots(1, 2, figsize=(5.5, 2.8), sharey=True)
texts = {"English": running_text(corpus("en")), "Chinese": corpus("zh")}
for ax, (name, text) in zip(axes, texts.items(), strict=True):
    end = len(text) * 4 // 5
    test, bpe = text[end:], BPE.train(text[:end], 1000)
    parts = [BPE(bpe.merges[: size - 256]) for size in sizes]
    tokens = {len(part): part.encode(test) for part in parts}
    tokens |= {"characters": test, "words": tokenize(test, dictionary=words)}
    size = len(test.encode())
    number = {key: round(size / len(t), 1) for key, t in tokens.items()}
    print(f"{name}: {number}")
    ax.axhline(number.pop("characters"), ls="--", c="C1", label="characters")
    ax.axhline(number.pop("words"), ls=":", c="C2", label="words")
    ax.semilogx(list(number), list(number.values()), "o-", label="BPE")
    ax.set(title=name, xlabel="size of the vocabulary", ylim=(0, 5))
    ax.set_xticks([300, 1000], ["300", "1000"])
axes[0].set_ylabel("bytes per token")
axes[0].legend(fontsize=8)
plt.show()
