#!/usr/bin/env bash
# playwright 1.65.2 for Python, `page.route(pattern, handler)`.
# Behaviour: a handler that can take two arguments is given (route, request), also where the second one has a default. So the usual way to
#   bind a value in a loop, `lambda route, body=body: route.fulfill(body=body)`, does not get its value but a Request.
# Expected: an argument with a default keeps it; a handler is given what it cannot do without.
# Seen: bound value is: Request (partial keeps it: page one)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check playwright==1.65.2
cat > try.py <<'PY'
import functools
import shutil

from playwright.sync_api import sync_playwright

seen = []


def keep(value, route):
    seen.append(value)
    route.fulfill(body="", content_type="text/html")


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
    page = browser.new_page()
    value = "page one"
    page.route("**/a", lambda route, value=value: keep(type(value).__name__, route))
    page.route("**/b", functools.partial(keep, value))
    page.goto("http://example.invalid/a")
    page.goto("http://example.invalid/b")
    browser.close()
print(f"bound value is: {seen[0]} (partial keeps it: {seen[1]})")
PY
venv/bin/python try.py | tee seen
grep -qx "bound value is: Request (partial keeps it: page one)" seen
