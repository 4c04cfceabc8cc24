from pathlib import Path
from tempfile import TemporaryDirectory

import dlbook
from dlbook.data import corpus
from dlbook.training.texts import AskedText, TextRun, Written, worth

with TemporaryDirectory() as here:
    text, folder = Path(here) / "kong_yiji.txt", Path(here) / "run"
    text.write_text(corpus("zh"), "utf8")
    asked = AskedText(str(text), epochs=20)
    run = TextRun(folder, asked, device=dlbook.device())
    passes = list(run.run())
    found = worth(Written(folder))
    print("files:", *sorted(path.name for path in folder.iterdir()))
print(len(run.text.learn), "characters to learn from,",
      len(run.text.vocabulary) - 4, "different ones")
print("perplexity falls in training:",
      passes[-1].perplexity < passes[0].perplexity / 2)
print("but counts are better:", found.counts < found.model)
