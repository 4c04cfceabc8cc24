import torch

may_look = torch.tensor([[True, False, False], [False, False, False]])
scores = torch.tensor([[0.0, 1, 2], [2, 0, 1]])
for number in (-torch.inf, -1e9):
    weights = scores.masked_fill(~may_look, number).softmax(1)
    print(f"{number:6g}:", *([round(a, 2) for a in row]
                            for row in weights.tolist()))
try:
    scores.half().masked_fill(~may_look, -1e9)
except RuntimeError as error:
    print("float16:", str(error).split(" to ")[0])
