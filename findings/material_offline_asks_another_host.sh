#!/usr/bin/env bash
# mkdocs-material 9.8.1, plugin `offline` (mkdocs 1.6.1).
# Behaviour: the plugin that makes a site readable without a server adds a script of https://unpkg.com to every page
#   (a worker for the search). The site asks that host whenever it is opened where there is a network, and lacks the script
#   where there is none; only the plugin `privacy`, at build time and with a network, fetches it.
# Expected: pages built for reading offline name no other host.
# Seen: <script src="https://unpkg.com/iframe-worker/shim"></script> in index.html; without the plugin, no host at all.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check mkdocs==1.6.1 mkdocs-material==9.8.1
mkdir docs
echo "# Home" > docs/index.md
for plugins in "[search]" "[search, offline]"; do
  printf 'site_name: x\ntheme: {name: material, font: false}\nextra: {generator: false}\nplugins: %s\n' "$plugins" > mkdocs.yml
  venv/bin/mkdocs build --quiet 2> /dev/null
  found=$(grep -o '<script src="https://[^"]*"' site/index.html || true)
  echo "plugins $plugins: ${found:-no script of another host}"
done | tee seen
grep -q 'plugins \[search\]: no script of another host' seen
grep -q 'plugins \[search, offline\]: <script src="https://unpkg.com/iframe-worker/shim"' seen
