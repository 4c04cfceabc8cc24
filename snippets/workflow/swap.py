from dlbook.training import Asked, Run, create, evaluate, models


def about(share):  # to 5 %: the last digits differ between machines
    return f"{5 * round(20 * share)}%"


print("registered:", ", ".join(models()))
print("            parameters  validation   test")
for name in ("linear", "mlp", "cnn", "lenet"):
    run = Run(None, Asked(name, "fashion-small", "one-cycle", epochs=3))
    *_, last = run.run()
    net, test = run.trainer.model, run.parts.data.test
    print(f"{name:10}{run.config()['parameters']:12,}"
          f"{about(last.validation.accuracy):>12}"
          f"{about(evaluate(net, test).accuracy):>7}")
print("by its name alone:", type(create("lenet")).__name__)
