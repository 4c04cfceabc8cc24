from dlbook.data import corpus
from dlbook.vocabulary import running_text

raw, zh = corpus("en"), corpus("zh")
en = running_text(raw)
print(raw[raw.index("The operator") :][:190])
print("---")
print(en[en.index("The operator") :][:65])
print(zh[:28])
print("---")
print(f"English: {len(en) / 1e6:.1f} million characters")
print(f"Chinese: {len(zh):,} characters, {len(set(zh))} different ones")
for name, text in (("English", en), ("Chinese", zh)):
    print(f"{name}: {len(text.encode()) / len(text):.1f} bytes each in UTF-8")
