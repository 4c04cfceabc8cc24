from dlbook.vocabulary import Vocabulary, tokenize

train = tokenize("the cat sat on the mat and the dog sat on the cat")
test = tokenize("the dog sat on the mat and the dog ran")
right, wrong = Vocabulary(train), Vocabulary(test)
print("one vocabulary: ", *right.decode(right.encode(test)))
print("numbered anew:  ", *right.decode(wrong.encode(test)))
