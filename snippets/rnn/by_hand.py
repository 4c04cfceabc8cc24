from math import tanh

w, u, b, h = 1.0, 0.5, 0.1, 0.0  # of the input, of the state, bias, state
for x in (1.0, 0.0, -2.0):
    a = w * x + b + u * h
    print(f"a = {x:4.1f} + {b} + {u} * {h:6.3f} = {a:6.3f}", end="   ")
    h = tanh(a)
    print(f"h = {h:6.3f}")
