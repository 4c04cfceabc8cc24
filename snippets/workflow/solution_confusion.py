from dlbook.training import Asked, Run, confusion, scores

run = Run(None, Asked("mlp", "fashion-small", "one-cycle", epochs=3))
list(run.run())
data = run.parts.data
table = confusion(scores(run.trainer.model, data.test), data.test.y)
print("right of 100 each:", table.diagonal().tolist())
table.fill_diagonal_(0)
for place in table.flatten().argsort(descending=True, stable=True)[:3]:
    row, column = divmod(int(place), len(data.classes))
    print(f"{data.classes[row]} taken for {data.classes[column]}:",
          int(table[row, column]))
