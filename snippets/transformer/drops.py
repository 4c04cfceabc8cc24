from dlbook.dropout import Dropout
from dlbook.transformer import Transformer

model = Transformer(30, 13, d=16, heads=4, layers=1, d_ff=64,
                    dropout=0.1, inner_dropout=0.2)
for name, module in model.named_modules():
    if isinstance(module, Dropout):
        print(module.p, name)
