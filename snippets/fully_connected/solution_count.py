from dlbook.fully_connected import MLP, count_parameters

model = MLP([3, 4, 2])
for name, parameter in model.named_parameters():
    print(f"{name:16} {tuple(parameter.shape)!s:6} {parameter.numel():2}")
print("together", count_parameters(model))
