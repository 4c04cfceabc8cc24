from dlbook.captioning.measures import corpus_bleu, sentence_bleu

three = ["two", "cats", "sleep"]
six = ["a", "dog", "runs", "after", "a", "ball"]
print("three words, all right:", sentence_bleu(three, [three]))
print("a hundred such captions:", corpus_bleu([three] * 100, [[three]] * 100))
print("n up to 3:", sentence_bleu(three, [three], max_n=3))
print("only n that there are:",
      sentence_bleu(three, [three], effective_order=True))
print("nine of three, one of six:",
      corpus_bleu([three] * 9 + [six], [[three]] * 9 + [[six]]))
uncut = "左边是三，右边是五"
print("Chinese as one word:", sentence_bleu([uncut], [[uncut]]))
print("cut into signs:", sentence_bleu(list(uncut), [list(uncut)]))
four, refs = list("abcd"), [list("abc"), list("abcde")]
print("references of 3 and 5 for 4, both orders:",
      sentence_bleu(four, refs), sentence_bleu(four, refs[::-1]))
