from dlbook.captioning.grammar import entropy, likeliest

for least, most in ((2, 2), (2, 4), (1, 4)):
    print(least, "to", most, f"digits: {entropy(least, most):.2f} nats,",
          "likeliest caption: one in", round(1 / likeliest(least, most)))
