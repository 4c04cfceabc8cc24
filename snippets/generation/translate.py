import matplotlib.pyplot as plt

from dlbook.transformer.looking import attention_maps
from dlbook.transformer.pairs import SIGNS, WORDS
from dlbook.transformer.translation import number_pairs
from dlbook.transformer.translator import translator

model = translator("to chinese")
source, target = number_pairs([21_040], "to chinese")
begin = target[:, :1]  # nothing is written yet
maps = attention_maps(model, source, begin)
look = maps["decoder.layers.0.cross.layer"][0, :, 0].mean(0)
shares = model(source, begin)[0, 0].softmax(0)
best = shares.argsort(descending=True)[:5]
signs = SIGNS.decode(best)
print(*(f"{s} {p:.1e}" for s, p in zip(signs, shares[best], strict=True)))
words = [word.strip("<>") for word in WORDS.decode(source[0])]
number = {"两": "2, liang", "二": "2, er", "五": "5", "三": "3"}
_, axes = plt.subplots(1, 2, figsize=(5.5, 2.2))
axes[0].barh(words, look.numpy())
axes[0].set(xlabel="weight, mean of heads", ylabel="read")
likely = [number.get(sign, sign.strip("<>")) for sign in signs]
axes[1].barh(likely, shares[best].numpy(), color="C1")
axes[1].set(xlabel="probability", ylabel="written first")
plt.setp(axes, xlim=(0, 1), ylim=(6.5, -0.5))
axes[1].set(ylim=(4.5, -0.5))
plt.show()
