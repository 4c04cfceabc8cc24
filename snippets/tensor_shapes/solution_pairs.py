from dlbook.data import digits

_, labels = digits()
y = labels[:300]
many = y.bincount()
print("of each class:", many.tolist())
print("sum of their squares:", many.square().sum().item())
