import torch

from dlbook.pooling import avg_pool2d

ones = torch.ones(1, 1, 4, 4)
for ceil in (False, True):
    for counted in (True, False):
        how = {"ceil_mode": ceil, "count_include_pad": counted}
        y = avg_pool2d(ones, 3, stride=2, padding=1, **how)
        torchs = torch.nn.functional.avg_pool2d(ones, 3, 2, 1, **how)
        print("ceil " if ceil else "floor", end=" ")
        print("zeros count:" if counted else "pixels only:", end=" ")
        print((36 * y[0, 0]).round().int().tolist(), "/ 36", end=" ")
        print("as torch" if y.allclose(torchs) else "not as torch")
