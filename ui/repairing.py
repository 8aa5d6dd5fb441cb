"""`motesminne repair`: one text file repaired with its trail, or the archive's older repairs made again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import BadInputError, WrongKindError
from corpus.records import Scope

if TYPE_CHECKING:
    from ui.cli_call import Call

TEXT_SUFFIXES = (".txt", ".md", ".text", "")


def repair_file(file: Path, call: Call) -> dict[str, Any]:
    """The file's text repaired, whether it was damaged, and each edit. Raises BadInputError and WrongKindError.

    Where there is an archive its undamaged documents' words are known words.
    """
    from ingest.office import decoded
    from ingest.repair import repair_text

    if not file.is_file():
        raise BadInputError("Filen finns inte", str(file), "Ange en textfil.")
    data = file.read_bytes()
    if file.suffix.lower() not in TEXT_SUFFIXES or _is_binary(data):
        raise WrongKindError(
            "Filen är ingen textfil", str(file), "Läs in den med motesminne ingest i stället; då rättas den."
        )
    text, damaged, repairs = repair_text(decoded(data), _known(call))
    return {"text": text, "damaged": damaged, "repairs": [asdict(one) for one in repairs]}


def _is_binary(data: bytes) -> bool:
    return b"\0" in data[:4000] and not data.startswith((b"\xff\xfe", b"\xfe\xff"))


def _known(call: Call) -> Mapping[str, int]:
    if not (call.archive_given or call.settings.archive.is_dir()):
        return {}
    with call.open() as archive:
        return dict(archive.vocabulary(Scope()))


def repair_archive(call: Call) -> list[dict[str, Any]]:
    """Each document with repairs read again: its name, whether it came out otherwise, and the reason of a failure."""
    from ingest.pipeline import repair_again

    with call.open() as archive:
        results = repair_again(archive, call.settings)
    return [{"file": one.file, "status": one.status, "reason": one.reason} for one in results]
