from dlbook.transformer.replacing import replaced, spread
from dlbook.transformer.translator import answers, its_numbers, translator

model, numbers = translator("to chinese"), its_numbers().held_out[:300]


def right():
    found = answers(model, numbers, "to chinese").right
    return f"{found.double().mean():4.0%}"


print("all as they are:", right())
for name in "encoder.layers.0.attention", "decoder.layers.0.cross":
    shares = []
    for head in range(4):
        with replaced(model, f"{name}.layer", head, spread):
            shares.append(right())
    print(f"{name}: one head even:", *shares)
