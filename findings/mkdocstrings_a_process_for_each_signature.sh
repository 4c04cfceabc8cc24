#!/usr/bin/env bash
# mkdocstrings-python 2.0.11 (mkdocstrings 1.0.8), option `separate_signature: true`, with ruff installed.
# Behaviour: each signature longer than a line is formatted by a process of its own (`ruff format` on standard input): a reference of
#   150 functions starts 150 processes in every build. Where neither black nor ruff is installed the same page sets each signature in
#   one long line, so what readers see depends on a tool that no configuration names.
# Expected: signatures are formatted in the process, or all of them at once; and the page is the same wherever it is built.
# Seen: 40 functions, 40 processes; without ruff 0 processes, and no signature is broken.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check mkdocs==1.6.1 mkdocs-material==9.8.1 mkdocstrings==1.0.8 mkdocstrings-python==2.0.11
mkdir docs
echo "::: many" > docs/index.md
for n in $(seq 40); do
  printf 'def function_number_%s(first_argument: int = 1, second_argument: str = "two", third: float = 3.0) -> dict[str, int]:\n    """One."""\n\n\n' "$n"
done > many.py
cat > mkdocs.yml <<'YML'
site_name: x
theme: {name: material, font: false}
plugins:
  mkdocstrings:
    handlers: {python: {paths: [.], options: {separate_signature: true, show_signature_annotations: true, line_length: 60}}}
YML
build() {
  rm -f started
  venv/bin/mkdocs build --quiet 2> /dev/null
  broken=$(python3 -c "import re; print(len(re.findall(r'function_number_\d+</span><span class=\"p\">\(</span>\n', open('site/index.html').read())))")
  echo "$1: $(cat started 2> /dev/null | wc -l) processes, $broken signatures on several lines"
}
build "without ruff"
venv/bin/pip install --quiet --disable-pip-version-check ruff==0.17.6
mv venv/bin/ruff venv/bin/ruff_itself
printf '#!/bin/sh\necho x >> %s/started\nexec %s/venv/bin/ruff_itself "$@"\n' "$folder" "$folder" > venv/bin/ruff
chmod +x venv/bin/ruff
build "with ruff" | tee seen
grep -q "with ruff: 40 processes, 40 signatures" seen
