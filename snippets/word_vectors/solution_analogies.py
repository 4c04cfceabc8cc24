import torch

from dlbook.data import corpus
from dlbook.embedding.vectors import co_occurrences, factorise, pairs, ppmi
from dlbook.vocabulary import SPECIALS, Vocabulary, running_text, tokenize

tokens = tokenize(running_text(corpus("en")).lower())
words = [token for token in tokens if token.isalpha()]
v, first = Vocabulary(words, min_count=20), len(SPECIALS)
found = pairs(torch.tensor(v.encode(words)), 2, first=first)
vectors = factorise(ppmi(co_occurrences(found, len(v))), 50)
unit = torch.nn.functional.normalize(vectors)
plurals = torch.tensor([(v.ids[one], v.ids[f"{one}s"]) for one in v.ids
                        if f"{one}s" in v.ids and len(one) > 2])
i, j = torch.cartesian_prod(*[torch.arange(len(plurals))] * 2).T
(a, many_a), (b, wanted) = plurals[i[i != j]].T, plurals[j[i != j]].T
given = torch.stack([a, many_a, b], 1)
for name, aim in {"sum": unit[many_a] - unit[a] + unit[b],
                  "b alone": unit[b]}.items():
    scores = aim @ unit.T
    again = (scores.argmax(1)[:, None] == given).sum(1).double().mean()
    rest = scores.scatter(1, given, -9).argmax(1)  # without given words
    hits = (rest == wanted).double().mean()
    print(f"{name}: nearest is a given word {again:.0%},"
          f" among the others the plural {hits:.0%}")
