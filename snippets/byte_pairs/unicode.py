for text in ("a", "é", "孔", "🙂"):
    data = text.encode("utf8")
    print(text, "is code point", ord(text), "and bytes", list(data))
