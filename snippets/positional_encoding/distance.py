import matplotlib.pyplot as plt

from dlbook.positional_encoding import positional_encoding

code = positional_encoding(48, 128)
dots = code @ code.T
print("a row with itself:", *(f"{dots[p, p]:.1f}" for p in (0, 20, 47)))
print("five apart:", *(f"{dots[p, p + 5]:.1f}" for p in (0, 20, 42)))

fig, (left, right) = plt.subplots(1, 2, figsize=(5.5, 2.5))
left.imshow(dots.numpy())
left.set(xlabel="position", ylabel="position")
for d_model in (16, 128):
    far = positional_encoding(200, d_model)
    fall = far @ far[0] / (d_model / 2)
    rises = (fall[1:] > fall[:-1]).nonzero()
    first = rises[0].item()
    print(f"d_model {d_model}: falls up to {first}, lowest {fall.min():.2f}")
    right.plot(fall.numpy(), label=f"d_model {d_model}")
right.set(xlabel="distance", title="part of the full product")
right.legend()
plt.show()
