import matplotlib.pyplot as plt

from dlbook.data import corpus
from dlbook.vocabulary import BPE, chinese_words, running_text, tokenize

sizes, dictionary = [256, 266, 286, 356, 556, 1256], chinese_words()
fig, axes = plt.subplots(1, 2, figsize=(5.5, 2.8), sharey=True)
texts = {"English": running_text(corpus("en")), "Chinese": corpus("zh")}
for ax, (name, text) in zip(axes, texts.items(), strict=True):
    end = len(text) * 4 // 5
    test, bpe = text[end:], BPE.train(text[:end], 1000)
    density = lambda tokens: round(len(test.encode()) / len(tokens), 1)  # noqa: B023, E731
    parts = [BPE(bpe.merges[: size - 256]) for size in sizes]
    shown = {len(part): density(part.encode(test)) for part in parts}
    words = density(tokenize(test, dictionary=dictionary))
    print(f"{name}: {shown}, characters {density(test)}, words {words}")
    ax.semilogx(list(shown), list(shown.values()), "o-", label="BPE")
    ax.axhline(density(test), ls="--", color="C1", label="characters")
    ax.axhline(words, ls=":", color="C2", label="words")
    ax.set(title=name, xlabel="size of the vocabulary", ylim=(0, 5))
    ax.set_xticks([300, 1000], ["300", "1000"])
axes[0].set_ylabel("bytes per token")
axes[0].legend(fontsize=8)
plt.show()
