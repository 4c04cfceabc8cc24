from dlbook.vocabulary import BPE

bpe = BPE([])  # no merges: bytes
ids = bpe.encode("孔乙己")
print(ids)
for n in range(len(ids) + 1):
    print(n, bpe.decode(ids[:n]))
