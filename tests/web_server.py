"""The running web face for tests in a real browser: its server on a port of its own, and Chromium without a network."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest

from tests.conftest import ROOT

CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
)  # fmt: skip
AXE = ROOT / "tests/vendor/axe-core/axe.min.js"
START_S, WAIT_MS = 60, 30_000


@contextmanager
def served(archive: Path) -> Iterator[str]:
    """The address of a server on `archive`, stopped afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "MOTESMINNE_ARCHIVE": str(archive), "PYTHONPATH": str(ROOT), "OMP_THREAD_LIMIT": "1"}
    options = ("--server.address=127.0.0.1", f"--server.port={port}", "--server.headless=true")
    server = subprocess.Popen(
        [sys.executable, "-m", "ui.serve", *options], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _await(address)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()


def _await(address: str) -> None:
    until = time.monotonic() + START_S
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                assert b"<title>" in answer.read()
            return
        except (URLError, ConnectionError):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium; without it the test is skipped."""
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=WAIT_MS)  # its own five seconds are too few on a busy machine
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=str(CHROMIUM), args=list(QUIET))
        yield started
        started.close()


@pytest.fixture(scope="session")
def site(web_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The web face on a copy of the filled archive that tests may change."""
    own = tmp_path_factory.mktemp("sajt") / "arkiv"
    shutil.copytree(web_archive, own)
    with served(own) as address:
        yield address


class Visit:
    """A browser window that notes dialogs, page errors and requests that leave the machine."""

    def __init__(
        self, browser: Any, address: str, *, width: int = 1280, height: int = 900, scheme: str = "light"
    ) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, locale="sv-SE", accept_downloads=True
        )
        self.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page = self.context.new_page()
        self.page.set_default_timeout(WAIT_MS)
        self.address, self.alerts, self.remote = address, [], []  # type: ignore[var-annotated]
        self.page.on("dialog", lambda dialog: (self.alerts.append(dialog.message), dialog.dismiss()))
        self.page.on("request", lambda request: self._note(request.url))

    def _note(self, url: str) -> None:
        if not url.startswith((self.address, self.address.replace("http", "ws"), "data:", "blob:")):
            self.remote.append(url)

    def go(self, path: str = "/") -> None:
        self.page.goto(self.address + path)
        self.page.wait_for_selector("[data-testid=stAppViewContainer]")
        self.settle()

    def settle(self) -> None:
        """Until no run of the page is under way."""
        self.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
        self.page.wait_for_timeout(300)

    def press(self, what: Any) -> None:
        """Click when the page stands still: while it is drawn anew, a button can be taken away under the pointer."""
        self.settle()
        what.click()

    def ask(self, question: str) -> None:
        """Ask and wait for the whole answer."""
        before = self.page.locator(".turn").count()
        self.page.locator("[data-testid=stChatInput] textarea").fill(question)
        self.page.keyboard.press("Enter")
        self.page.locator(".turn").nth(before).locator(".actions").wait_for()
        self.settle()

    def violations(self) -> list[str]:
        """What axe finds that is serious or critical."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        return [
            f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found if one["impact"] in ("serious", "critical")
        ]

    def close(self) -> None:
        self.context.close()


@pytest.fixture
def visit(browser: Any, site: str) -> Iterator[Visit]:
    made = Visit(browser, site)
    yield made
    made.close()
