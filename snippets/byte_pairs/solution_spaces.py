from dlbook.data import corpus
from dlbook.vocabulary import BPE, running_text, tokenize

text = running_text(corpus("en")).lower()[:150_000]
words = set(tokenize(text))
texts = {"with spaces": text, "without": text.replace(" ", "")}
for name, version in texts.items():
    bpe = BPE.train(version, 400)
    pieces = [p.decode("utf8", "ignore").strip() for p in bpe.pieces[256:]]
    long = [piece for piece in pieces if len(piece) > 3 and piece.isalpha()]
    found = sum(piece in words for piece in long) / len(long)
    print(f"{name}: {found:.1f} of the longer pieces are words")
    glued = [w for w in ("ofthe", "isthe", "tothe", "inthe") if w in long]
    print("  learned as one:", *glued)
