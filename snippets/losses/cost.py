tokens, width = 8 * 1024, 768  # eight texts in a language model
print("classes  multiply-adds of the last layer  powers      logits")
for classes in (10, 1000, 50_000):
    layer, powers = tokens * width * classes, tokens * classes
    print(f"{classes:7,}  {layer:31.1e}  {powers:.1e}",
          f"{powers * 4 / 2**20:9,.1f} MiB")
