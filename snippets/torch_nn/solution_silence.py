import torch

from dlbook.torch_nn import SubclassLeNet


def ablated(net, layer, channel, x):
    def silence(module, inputs, result):
        result = result.clone()
        result[:, channel] = 0
        return result
    handle = layer.register_forward_hook(silence)
    try:
        return net(x)
    finally:
        handle.remove()


g = torch.Generator().manual_seed(0)
net = SubclassLeNet(generator=g)
x = torch.randn(16, 1, 28, 28, generator=g)
before = net(x)
moved = [(ablated(net, net.c1, map_, x) - before).abs().mean()
         for map_ in range(6)]
print("every map matters:", all(gap > 0 for gap in moved))
print("and all is as before:", torch.equal(net(x), before))
