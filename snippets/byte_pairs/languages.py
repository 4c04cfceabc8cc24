from dlbook.data import corpus
from dlbook.vocabulary import BPE, chinese_words, running_text, tokenize
from dlbook.vocabulary.gpt2 import gpt2

en, zh = running_text(corpus("en")), corpus("zh")
half = len(zh) // 2  # learn from one half, measure the other
new = {"English": en[-50_000:], "Chinese": zh[half:]}
words = {name: len(tokenize(text, dictionary=chinese_words()))
         for name, text in new.items()}
texts = {"English": en[:100_000], "Chinese": zh[:half]}
texts["both"] = texts["English"] + zh[:half] * 4
made = {name: BPE.train(text, 500) for name, text in texts.items()}
print("merges from   size    tokens per word: English  Chinese  "
      "per Chinese character")
for name, bpe in (made | {"GPT-2": gpt2()}).items():
    count = {key: len(bpe.encode(text)) for key, text in new.items()}
    row = [count[key] / words[key] for key in new]
    print(f"{name:12}{len(bpe):7,}{row[0]:25.1f}{row[1]:9.1f}"
          f"{count['Chinese'] / len(new['Chinese']):23.1f}")
