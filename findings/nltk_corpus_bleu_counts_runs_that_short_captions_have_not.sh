#!/usr/bin/env bash
# nltk 3.10.4, `nltk.translate.bleu_score.corpus_bleu`; beside it sacrebleu 2.6.0.
# Behaviour: a corpus of captions that are all word for word their reference scores less than 1, and the less, the more short ones there
#   are: of each caption at least one run of four words is counted, even if it has only three words and so no such run. Nine perfect
#   captions of three words and one of six: 3 runs of four match, and 12 are counted instead of 3, so that the score is (3/12)^(1/4).
#   Nothing warns. Captions of objects and short answers are of this length.
# Expected: 1, as sacrebleu gives: a corpus counts the runs that are there (Papineni et al. 2002, section 2.1.1).
# Seen: the list below.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check nltk==3.10.4 sacrebleu==2.6.0
cat > look.py <<'PY'
import warnings

import sacrebleu
from nltk.translate.bleu_score import corpus_bleu

warnings.simplefilter("error")
for short in (0, 1, 9, 99):
    captions = ["two cats sleep"] * short + ["a dog runs after a ball"]
    words = [caption.split() for caption in captions]
    nltk = corpus_bleu([[each] for each in words], words)
    other = sacrebleu.corpus_bleu(captions, [captions], tokenize="none").score / 100
    print(f"{short} of three words, one of six, all perfect: nltk {nltk:.4f}, sacrebleu {other:.4f}")
PY
venv/bin/python look.py | tee seen
cat > expected <<'TEXT'
0 of three words, one of six, all perfect: nltk 1.0000, sacrebleu 1.0000
1 of three words, one of six, all perfect: nltk 0.9306, sacrebleu 1.0000
9 of three words, one of six, all perfect: nltk 0.7071, sacrebleu 1.0000
99 of three words, one of six, all perfect: nltk 0.4141, sacrebleu 1.0000
TEXT
diff seen expected
