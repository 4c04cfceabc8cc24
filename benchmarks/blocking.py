"""How long a page keeps the reader waiting, against the same page in plain Material, by turns: `python benchmarks/blocking.py`.

Blocking time is what tasks of the page's main thread take beyond 50 milliseconds each, from the call of the page until it is idle.
The phone of 390 by 844 pixels has a processor four times slower; the median of the ratios of pairs is printed. Runs need Chromium.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from book import BARE, ROOT
from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(ROOT / "tests/support"))
from browsing import CHROMIUM_OPTIONS, PHONE, PHONE_IS_SLOWER, chromium_path, serving, tasks, visiting

LONG = 50  # milliseconds: a shorter task keeps nobody waiting


def bare(folder: Path) -> Path:
    """The English pages in plain Material; gives the folder of its site."""
    (folder / "docs").mkdir(parents=True)
    for page in (ROOT / "docs/en").glob("*.md"):
        shutil.copy(page, folder / "docs")
    for drawn in ("figures",):
        shutil.copytree(ROOT / "docs/theme" / drawn, folder / "docs" / drawn)
    (folder / "mkdocs.yml").write_text(BARE.format(snippets=ROOT / "snippets", root=ROOT), "utf8")
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet"], cwd=folder, check=True)
    return folder / "site"


def blocking(browser: Browser, url: str) -> float:
    """Milliseconds beyond 50 of each task, on a processor so many times slower."""
    with visiting(browser, size=PHONE, has_touch=True, is_mobile=True) as visit:
        taken = tasks(browser, visit.page, url)
    return sum(max(0.0, PHONE_IS_SLOWER * one - LONG) for one in taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="where the book was built")
    parser.add_argument("--pages", nargs="+", default=["convolution"])
    parser.add_argument("--times", type=int, default=5, help="how many pairs")
    options = parser.parse_args()
    if not (options.site / "index.html").exists():
        parser.error(f"{options.site} holds no built book: make build, or name it with --site")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(playwright), args=CHROMIUM_OPTIONS)
        with serving(options.site) as ours, serving(bare(Path(name) / "bare")) as plain:
            for page in options.pages:
                path = "/" if page == "index" else f"/{page}/"
                pairs = [
                    (blocking(browser, ours + path), blocking(browser, plain + path)) for _ in range(options.times)
                ]
                mine, his = (statistics.median(side) for side in zip(*pairs, strict=True))
                ratio = statistics.median(one / other for one, other in pairs)
                print(f"{page:16} ours {mine:6.0f} ms, plain Material {his:6.0f} ms, ratio {ratio:.2f}", flush=True)


if __name__ == "__main__":
    main()
