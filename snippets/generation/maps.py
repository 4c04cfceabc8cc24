import matplotlib.pyplot as plt

from dlbook.transformer.looking import attention_maps
from dlbook.transformer.pairs import SIGNS, WORDS
from dlbook.transformer.translation import number_pairs
from dlbook.transformer.translator import translator

model = translator("to chinese")
source, target = number_pairs([21_040], "to chinese")
name = "decoder.layers.0.cross.layer"
maps = attention_maps(model, source, target[:, :-1])[name][0]
meaning = dict(zip("零一二四两十千万", [0, 1, 2, 4, 2, 10, 1_000, 10_000],
                   strict=True))
written = SIGNS.decode(target[0, 1:])
signs = [str(meaning.get(sign, "end")) for sign in written]
words = [word.strip("<>") for word in WORDS.decode(source[0])]
_, axes = plt.subplots(2, 2, figsize=(5.5, 5.2), sharex=True, sharey=True)
for head, (ax, weights) in enumerate(zip(axes.flat, maps, strict=True)):
    ax.imshow(weights.numpy(), vmin=0, vmax=1)
    ax.set_title(f"head {head}")
    ax.set_xticks(range(len(words)), words, rotation=90)
    ax.set_yticks(range(len(signs)), signs)
print(*(f"{s}={m}" for s, m in zip(written[:-1], signs[:-1], strict=True)))
axes[1, 0].set(ylabel="written next", xlabel="read")
plt.show()
