from dlbook.vocabulary import BPE

bpe = BPE.train("low low lower lowest", 3)
print(bpe.pieces[256:])
print([bpe.pieces[i] for i in bpe.encode("slower")])
