from dlbook.fully_connected import count_parameters
from dlbook.lenet import LeNet1998, connections

net = LeNet1998()
layers = [*net.features.named_children(), *net.classifier.named_children()]
found = connections(net)
print("layer    kind           parameters  connections")
for name, layer in layers:
    if name in found:
        kind = type(layer).__name__
        print(f"{name:8} {kind:13} {count_parameters(layer):11,}"
              f" {found[name]:12,}")
total = count_parameters(net), sum(found.values())
print(f"together {'':13} {total[0]:11,} {total[1]:12,}")
assert total == (60_000, 340_908)
full, small, output = 16 * (6 * 25 + 1) - 1516, 12 + 32, 850
print(f"{total[0]:,} + {full} - {small} + {output} ="
      f" {total[0] + full - small + output:,}, the net of today")
