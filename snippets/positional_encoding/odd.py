from dlbook.positional_encoding import frequencies, positional_encoding

for d_model in (4, 5, 6):
    w = [f"{value:.5f}" for value in frequencies(d_model).tolist()]
    row = [f"{value:.5f}" for value in positional_encoding(2, d_model)[1]]
    print(f"d_model {d_model}")
    print("  frequencies:", *w)
    print("  position 1:", *row)
