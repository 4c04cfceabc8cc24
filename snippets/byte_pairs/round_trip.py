from dlbook.data import corpus
from dlbook.vocabulary import BPE, running_text

raw = corpus("en")
bpe = BPE.train(running_text(raw), 300)
texts = {
    "English, raw": raw, "Chinese": corpus("zh"), "empty": "",
    "spaces": "  \t\n \u3000", "zero and friends": "\0\x7f\u200b\ufeff",
    "smileys": "🙂👩‍👩‍👧", "accents": "e\u0301 é", "special?": "<eos>",
    "every character there is": "".join(map(chr, range(0x110000))),
}
for name, text in texts.items():
    ids = bpe.encode(text)
    print(f"{name}: {bpe.decode(ids) == text}")
