import torch

for a, b in [((5, 1, 4), (3, 1)), ((3,), (3, 1)), ((8, 1, 6, 1), (7, 1, 5)),
             ((64, 10), (64,)), ((64, 1), (64,)), ((2, 0), (1,))]:
    try:
        print(a, b, tuple((torch.zeros(a) + torch.zeros(b)).shape))
    except RuntimeError as error:
        print(a, b, f"refused: {error}")
