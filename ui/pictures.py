"""Takes the pictures of the web face in docs/bilder: `python -m ui.pictures ARKIV`; needs Chromium and Playwright."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode

from ui import texts
from ui.child_process import ROOT, child_environment

FOLDER = ROOT / "docs/bilder"
CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
QUESTION = "Vad beslutades om skolkonferensen?"
TOPIC = "skolkonferensen"
AGENDA = "Dagordning Skolchefsgruppen 20 november 2025\n\n1. Skolkonferensen\n2. Skolskjuts\n3. Skolläkare\n"
SCREEN: Mapping[str, Any] = {"viewport": {"width": 1280, "height": 860}, "color_scheme": "light", "locale": "sv-SE"}
START_S, SETTLE_MS = 60, 1500


def main(archive: Path) -> None:
    """All pictures, light; the answer also dark and on a phone."""
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(parents=True, exist_ok=True)
    with _served(archive) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        for name, take in SHOTS.items():
            _shoot(browser, address, name, take)
        _shoot(browser, address, "svar-morkt", _answer, {"color_scheme": "dark"})
        _shoot(browser, address, "svar-telefon", _answer, {"viewport": {"width": 390, "height": 860}})
        browser.close()


@contextmanager
def _served(archive: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = child_environment() | {"MOTESMINNE_ARCHIVE": str(archive.resolve()), "OMP_THREAD_LIMIT": "1"}
    options = (f"--server.port={port}", "--server.headless=true")
    server = subprocess.Popen([sys.executable, "-m", "ui.serve", *options], cwd=ROOT, env=environment)
    try:
        until = time.monotonic() + START_S
        while time.monotonic() < until:
            with suppress(URLError, ConnectionError), urllib.request.urlopen(f"http://127.0.0.1:{port}", timeout=5):
                break
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def _shoot(browser: Any, address: str, name: str, take: Any, screen: Mapping[str, Any] = SCREEN) -> None:
    context = browser.new_context(**{**SCREEN, **screen})
    page = context.new_page()
    take(page, address)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    page.wait_for_timeout(SETTLE_MS)
    page.screenshot(path=FOLDER / f"{name}.png")
    context.close()


def _first(page: Any, address: str) -> None:
    page.goto(address)
    page.locator(".st-key-example-3").wait_for()


def _answer(page: Any, address: str) -> None:
    page.goto(f"{address}/?{urlencode({'fraga': QUESTION})}")
    page.locator(".cite").first.click()
    page.locator(".mm-page").wait_for()


def _decisions(page: Any, address: str) -> None:
    page.goto(f"{address}/beslut")
    page.locator("tbody .open").first.wait_for()


def _meeting(page: Any, address: str) -> None:
    page.goto(f"{address}/moten?natverk=Skolchefsgruppen")
    page.locator("tbody .open").first.click()
    page.locator(".mm-facts").first.wait_for()


def _timeline(page: Any, address: str) -> None:
    page.goto(f"{address}/tidslinje?{urlencode({'amne': TOPIC})}")
    page.locator("[data-testid=stVegaLiteChart]").wait_for()


def _briefing(page: Any, address: str) -> None:
    page.goto(f"{address}/infor-motet")
    page.get_by_label(texts.AGENDA, exact=True).fill(AGENDA)
    page.get_by_role("button", name=texts.MAKE_BRIEF).click()
    page.locator("tbody .open").first.wait_for()


def _documents(page: Any, address: str) -> None:
    page.goto(f"{address}/dokument")
    page.locator("tbody .open").first.wait_for()


def _quality(page: Any, address: str) -> None:
    page.goto(f"{address}/svarskvalitet")
    page.locator("h1").wait_for()


SHOTS = {
    "fraga": _first,
    "svar": _answer,
    "beslut": _decisions,
    "mote": _meeting,
    "tidslinje": _timeline,
    "infor-motet": _briefing,
    "dokument": _documents,
    "svarskvalitet": _quality,
}

if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("MOTESMINNE_ARCHIVE", "demo-arkiv")))
