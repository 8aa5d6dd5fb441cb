"""Starts Streamlit on the web face; `motesminne chat` runs this."""

from __future__ import annotations

import sys
from pathlib import Path

from streamlit.runtime.pages_manager import PagesManager
from streamlit.web import cli

# Streamlit takes a folder named `pages` beside the entry for its older navigation until the entry has run once: the
# first visit to /dokument would be told "Page not found". No setting turns that off.
PagesManager.uses_pages_directory = False

if __name__ == "__main__":
    cli.main(["run", str(Path(__file__).with_name("app.py")), *sys.argv[1:]])
