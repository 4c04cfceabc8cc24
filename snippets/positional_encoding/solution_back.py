import torch

from dlbook.positional_encoding import shift_matrix

forward, back = shift_matrix(5, 8), shift_matrix(-5, 8)
unit = torch.eye(8, dtype=torch.float64)
print("there and back:", torch.allclose(back @ forward, unit))
print("back is the transpose:", torch.allclose(back, forward.T))
two_and_three = shift_matrix(2, 8) @ shift_matrix(3, 8)
print("2, then 3, is 5:", torch.allclose(two_and_three, forward))
