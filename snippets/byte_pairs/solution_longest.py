from dlbook.data import corpus
from dlbook.vocabulary import BPE, running_text
from dlbook.vocabulary.bpe import pre_tokenize

text = running_text(corpus("en"))
bpe = BPE.train(text, 1000)
known, longest = set(bpe.pieces), max(map(len, bpe.pieces))


def longest_first(data):
    start = 0
    while start < len(data):
        end = min(len(data), start + longest)
        while data[start:end] not in known:
            end -= 1
        yield data[start:end]
        start = end


pieces = set(pre_tokenize(text))
merged = [[bpe.pieces[i] for i in bpe.encode(piece)] for piece in pieces]
other = [list(longest_first(piece.encode())) for piece in pieces]
same = sum(a == b for a, b in zip(merged, other, strict=True)) / len(other)
ratio = sum(map(len, other)) / sum(map(len, merged))
print(f"cut alike: {same:.1f} of them; tokens: {ratio:.2f} times as many")
