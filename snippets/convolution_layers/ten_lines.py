import torch


def layer(x, w, b):  # (c_in, h, w), (c_out, c_in, k, k), (c_out,)
    k = w.shape[-1]
    rows, columns = x.shape[1] - k + 1, x.shape[2] - k + 1
    y = torch.zeros(len(w), rows, columns)
    for o in range(len(w)):
        for i in range(rows):
            for j in range(columns):
                window = x[:, i : i + k, j : j + k]  # of all channels
                y[o, i, j] = (w[o] * window).sum() + b[o]
    return y


x = torch.tensor([[[1.0, 2, 0], [0, 1, 3], [2, 1, 0]],
                  [[0, 1, 1], [2, 0, 1], [1, 0, 2]]])
w = torch.tensor([[[[1.0, 0], [0, -1]], [[0, 1], [1, 0]]],
                  [[[0, 2], [0, 0]], [[0, 0], [1, 1]]]])
b = torch.tensor([1.0, -1])
print(layer(x, w, b))
print(torch.equal(layer(x, w, b), torch.nn.functional.conv2d(x, w, b)))
