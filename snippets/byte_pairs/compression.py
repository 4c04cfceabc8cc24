import matplotlib.pyplot as plt

from dlbook.data import corpus
from dlbook.vocabulary import BPE, chinese_words, running_text, tokenize

texts = {"English": running_text(corpus("en")), "Chinese": corpus("zh")}
_, axes = plt.subplots(1, 2, figsize=(5.5, 2.8), sharey=True)
for ax, (name, text) in zip(axes, texts.items(), strict=True):
    end = len(text) * 4 // 5
    new, merges = text[end:], BPE.train(text[:end], 1000).merges
    parts = [BPE(merges[:m]) for m in (0, 10, 30, 100, 300, 1000)]
    cut = {len(x): x.encode(new) for x in parts} | {"characters": new}
    number = {k: round(len(new.encode()) / len(t), 1) for k, t in cut.items()}
    found = tokenize(new, dictionary=chinese_words())  # no blanks
    number["words"] = round(len("".join(found).encode()) / len(found), 1)
    print(f"{name}: {number}")
    ax.axhline(number.pop("characters"), ls="--", c="C1", label="characters")
    ax.axhline(number.pop("words"), ls=":", c="C2", label="words")
    ax.semilogx(*zip(*number.items(), strict=True), "o-", label="BPE")
    ax.set(title=name, xlabel="vocabulary", xlim=(230, 1400), ylim=(0, 5))
    ax.set_xticks([300, 600, 1200], ["300", "600", "1200"])
    ax.minorticks_off()
axes[0].set_ylabel("bytes per token")
plt.legend(fontsize=8, loc="lower right")
plt.show()
