# --8<-- [start:run]
import json
import tempfile
from pathlib import Path

from dlbook.training import Asked, Run, evaluate, trained

folder = Path(tempfile.mkdtemp()) / "lenet"
asked = Asked("lenet", "fashion-small", "one-cycle", epochs=3)
news = list(Run(folder, asked).run())
print(len(news), "pieces of news, the last:", type(news[-1]).__name__)
for name in ("config.json", "metrics.jsonl", "weights.safetensors"):
    print(f"{name:20}", (folder / name).exists())
# --8<-- [end:run]


# --8<-- [start:read]
config = json.loads((folder / "config.json").read_text())
for key in ("model", "data", "recipe", "epochs", "seed"):
    print(f"asked for {key}: {config['asked'][key]}")
print("pictures:", config["examples"], "and", config["validation"])
print("parameters:", config["parameters"])
for line in (folder / "metrics.jsonl").read_text().splitlines():
    epoch = json.loads(line)
    print(f"epoch {epoch['number']}:"
          f" validation loss {epoch['validation']['loss']:.1f},"
          f" the best so far: {epoch['better']}")
# --8<-- [end:read]


# --8<-- [start:test]
net, parts = trained(folder)
score = evaluate(net, parts.data.test)
print(f"{score.accuracy:.1%} of {score.examples} test pictures right")
# --8<-- [end:test]
