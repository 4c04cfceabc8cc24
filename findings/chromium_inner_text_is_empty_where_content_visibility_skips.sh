#!/usr/bin/env bash
# Chromium 150 (Debian's chromium), driven by playwright 1.65.2 for Python.
# Behaviour: below the screen, an element with `content-visibility: auto` has an `innerText` of "", and so has all that is in it. `textContent`
#   has the words, and Playwright calls the paragraph visible: who reads a page by `inner_text()` gets nothing, and no error.
# Expected: the words. Searching in the page and the tree for screen readers have them; the property says "auto", not "hidden".
# Seen: innerText '', textContent 'far away', visible True; in view: innerText 'far away'
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check playwright==1.65.2
cat > try.py <<'PY'
import shutil

from playwright.sync_api import sync_playwright

PAGE = """<!doctype html><div style="height: 9000px"></div>
<section style="content-visibility: auto"><p>far <b>away</b></p></section>"""

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
    page = browser.new_page()
    page.set_content(PAGE)
    page.wait_for_timeout(300)
    far = page.locator("p")
    seen = f"innerText {far.inner_text()!r}, textContent {far.text_content()!r}, visible {far.is_visible()}"
    far.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    print(f"{seen}; in view: innerText {far.inner_text()!r}")
    browser.close()
PY
venv/bin/python try.py | tee seen
grep -qx "innerText '', textContent 'far away', visible True; in view: innerText 'far away'" seen
