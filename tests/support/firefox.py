"""Firefox, driven by Mozilla's own client, for the tour that is made in it too."""

import gc
import os
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

NO_FIREFOX = "no Firefox here, so the site was NOT looked at in it. `apt install firefox-esr` and `.venv/bin/pip install -e '.[firefox]'`"
PREFERENCES = {"ui.prefersReducedMotion": 1}
WAIT = "const until = async (holds) => { for (let n = 0; n < 200 && !holds(); n++) await new Promise((go) => setTimeout(go, 50)); };"
COMPLAINTS = """
  const told = Services.console.getMessageArray().filter((each) => each instanceof Ci.nsIScriptError);
  Services.console.reset();
  return told.filter((each) => !(each.flags & Ci.nsIScriptError.warningFlag) && each.sourceName?.startsWith(arguments[0]))
    .map((each) => `${each.errorMessage} (${each.sourceName}:${each.lineNumber})`);
"""


class Firefox:
    """A window of Firefox."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def open(self, url: str) -> None:
        """Go to a page, and wait until its fonts are there."""
        self.client.navigate(url)
        self.run("await document.fonts.ready; await until(() => document.readyState === 'complete');")

    def run(self, body: str, *arguments: Any) -> Any:
        """What the body of an asynchronous function returns on the page."""
        code = f"const done = arguments[arguments.length - 1]; {WAIT} (async (...given) => {{ {body} }})(...arguments).then(done, (e) => done(`${{e}}`));"
        return self.client.execute_async_script(code, script_args=list(arguments))

    def zoom(self, factor: float) -> None:
        """Make all larger, so that the window holds fewer pixels of the page."""
        with self.client.using_context("chrome"):
            self.client.execute_script("gBrowser.selectedBrowser.fullZoom = arguments[0]", script_args=[factor])

    def complaints(self, address: str) -> list[str]:
        """Errors of scripts of the site since the last call, and what the page has asked other hosts for."""
        with self.client.using_context("chrome"):
            found = self.client.execute_script(COMPLAINTS, script_args=[address])
        asked = self.run("return performance.getEntriesByType('resource').map((entry) => entry.name)")
        return found + [f"asked for {url}" for url in asked if not url.startswith((address, "data:", "blob:"))]


@contextmanager
def firefox() -> Iterator[Firefox]:
    """A window, 1300 pixels wide, of a reader who wants no motion; skips where there is no Firefox."""
    binary = shutil.which("firefox-esr") or shutil.which("firefox")
    driver = pytest.importorskip("marionette_driver.marionette", reason=NO_FIREFOX)
    if not binary:
        pytest.skip(NO_FIREFOX)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the client leaves sockets open while it waits for Firefox
        client = driver.Marionette(bin=binary, headless=True, port=0, gecko_log=os.devnull, prefs=PREFERENCES)
        client.start_session()
        gc.collect()
    try:
        client.timeout.script = client.timeout.page_load = 60
        client.set_window_rect(width=1300, height=985)
        yield Firefox(client)
    finally:
        client.cleanup()
