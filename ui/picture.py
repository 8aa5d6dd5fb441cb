"""A page as a small picture, made in a program of its own: under Streamlit a spawned child would run the page again."""

from __future__ import annotations

import io
import logging
import subprocess
import sys
from pathlib import Path

from ui.child_process import ROOT, child_environment

PAGE_DPI = 110
QUALITY = 70
TIMEOUT_S = 30.0
logger = logging.getLogger(__name__)


def page_webp(path: Path, number: int) -> bytes | None:
    """The page as WebP; None where it cannot be rendered."""
    command = [sys.executable, "-m", "ui.picture", str(path), str(number)]
    try:
        done = subprocess.run(command, cwd=ROOT, env=child_environment(), capture_output=True, timeout=TIMEOUT_S)
    except subprocess.TimeoutExpired:
        logger.warning("page %d took too long to render", number)
        return None
    return done.stdout or None


def main(path: Path, number: int) -> bytes:
    """The picture's bytes, or none."""
    from ingest.read import page_image

    image = page_image(path, number, PAGE_DPI)
    if image is None:
        return b""
    held = io.BytesIO()
    image.convert("RGB").save(held, "WEBP", quality=QUALITY)
    return held.getvalue()


if __name__ == "__main__":
    sys.stdout.buffer.write(main(Path(sys.argv[1]), int(sys.argv[2])))
