"""The text of an uploaded agenda, read in a program of its own, as a page picture is."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from corpus.errors import BadInputError, MotesminneError, TimeLimitError, TooLargeError
from corpus.settings import load_settings
from ui.child_process import ROOT, child_environment
from ui.jobs import MAX_UPLOAD_MB, safe_name

TIMEOUT_S = 120.0


def text_of(name: str, data: bytes) -> str:
    """The text of a file of any kind that is read. Raises a MotesminneError with the reason."""
    if len(data) > MAX_UPLOAD_MB << 20:
        raise TooLargeError(f"Filen är större än {MAX_UPLOAD_MB} MB", safe_name(name), "Dela upp den.")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / safe_name(name)
        path.write_bytes(data)
        command = [sys.executable, "-m", "ui.agenda_text", str(path)]
        try:
            done = subprocess.run(command, cwd=ROOT, env=child_environment(), capture_output=True, timeout=TIMEOUT_S)
        except subprocess.TimeoutExpired as error:
            raise TimeLimitError("Läsningen tog för lång tid", path.name, "Klistra in texten i stället.") from error
    found = json.loads(done.stdout or b"{}")
    if "text" not in found:
        told = found.get("error") or ["Filen går inte att läsa", safe_name(name), "Klistra in texten i stället."]
        raise BadInputError(*told)
    return str(found["text"])


def main(path: Path) -> dict[str, object]:
    """The file's text, or why it could not be read."""
    from ingest.read import read_file

    try:
        return {"text": "\n".join(page.text for page in read_file(path, load_settings()).pages)}
    except MotesminneError as error:
        return {"error": [error.what, error.where, error.do]}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]))))
