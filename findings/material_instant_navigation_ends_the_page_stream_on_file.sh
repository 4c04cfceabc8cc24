#!/usr/bin/env bash
# mkdocs-material 9.8.1, mkdocs 1.6.1, read in a Chromium that is on the PATH (Debian's chromium-headless-shell).
# Behaviour: a site whose theme has the feature `navigation.instant`, opened from a folder (file://), never tells anybody of
#   its page: `document$`, to which extra scripts subscribe as the manual says, has completed before the page is ready.
#   The theme's own copy buttons hang on the same stream, and are missing too. No message, on the console or in the build.
# Expected: instant navigation does nothing on file://, where it can fetch nothing, and the stream tells of the one page,
#   as it does on the same site without the feature.
# Seen: "with navigation.instant: told False, copy buttons 0" and "without: told True, copy buttons 1".
set -euo pipefail
browser=$(command -v chromium-headless-shell || command -v chromium)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check mkdocs-material==9.8.1 mkdocs==1.6.1
mkdir docs
printf '# A page\n\n```python\nx = 1\n```\n' > docs/index.md
echo 'document$.subscribe(() => document.body.setAttribute("data-told", "yes"));' > docs/told.js
look() { # feature, words
    cat > mkdocs.yml <<YAML
site_name: a book
use_directory_urls: false
theme: {name: material, font: false, features: [content.code.copy$1]}
extra_javascript: [told.js]
markdown_extensions: [pymdownx.highlight, pymdownx.superfences]
YAML
    venv/bin/mkdocs build --strict 2> log
    "$browser" --headless --no-sandbox --virtual-time-budget=5000 --dump-dom "file://$folder/site/index.html" > dom 2> log
    told=False
    grep -q 'data-told="yes"' dom && told=True
    echo "$2: told $told, copy buttons $(grep -o 'data-clipboard-target' dom | wc -l)"
}
look ', navigation.instant' 'with navigation.instant' | tee with
look '' 'without' | tee without
grep -qx 'with navigation.instant: told False, copy buttons 0' with
grep -qx 'without: told True, copy buttons 1' without
