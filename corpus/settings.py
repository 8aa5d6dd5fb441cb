"""One frozen settings record, built once at the edge and passed down."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from corpus.errors import BadInputError

PREFIX = "MOTESMINNE_"
FILE_NAME = "motesminne.toml"
_TRUTH = {
    "1": True,
    "true": True,
    "ja": True,
    "on": True,
    "0": False,
    "false": False,
    "nej": False,
    "off": False,
    "": False,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a user can set; everything else is a named constant beside the code it rules.

    `embedder` is "embedded", a hub model name or a model folder. `model` is "none" or a provider string such as
    "ollama:gemma3" or "openai:name" (with `model_url` for a gateway that speaks the OpenAI protocol). A model beyond
    this machine is used only when `model_remote` is its host. `model_tokens` bounds what one prompt may hold;
    `model_rewrites` lets the model word the question in other ways before the search.
    """

    archive: Path = Path("arkiv")
    embedder: str = "embedded"
    reranker: str = "none"
    model: str = "none"
    model_url: str = ""
    model_timeout_s: float = 60.0
    model_remote: str = ""
    model_tokens: int = 6_000
    model_rewrites: bool = False
    chroma_url: str = ""
    workers: int = 0
    max_file_mb: int = 200
    max_pages: int = 20_000
    page_timeout_s: float = 60.0
    file_timeout_s: float = 300.0
    memory_mb: int = 1024
    retention_days: int = 365

    @property
    def worker_count(self) -> int:
        """Processes for reading: the setting, or one per core."""
        return self.workers or os.cpu_count() or 1


def load_settings(environment: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """Read `motesminne.toml` in `folder` (default: here), then `MOTESMINNE_*` variables, which win.

    Raises BadInputError naming the setting when a value is of the wrong type or a name is unknown in the file.
    """
    environment = os.environ if environment is None else environment
    values = _read_file((folder or Path.cwd()) / FILE_NAME)
    known = {f.name for f in fields(Settings)}
    values |= {
        name[len(PREFIX) :].lower(): value
        for name, value in environment.items()
        if name.startswith(PREFIX) and name[len(PREFIX) :].lower() in known
    }
    return replace(Settings(), **{name: _convert(name, value) for name, value in values.items()})


def _read_file(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInputError("Inställningsfilen går inte att läsa", str(path), "Rätta filens TOML.") from error
    unknown = set(values) - {f.name for f in fields(Settings)}
    if unknown:
        raise BadInputError(
            "Okänd inställning", f"{path}: {', '.join(sorted(unknown))}", "Ta bort den eller rätta namnet."
        )
    return values


def _convert(name: str, value: object) -> Any:
    kind = type(getattr(Settings(), name))
    try:
        if kind is bool:
            return _TRUTH[str(value).strip().lower()]
        return Path(str(value)) if issubclass(kind, Path) else kind(value)
    except (KeyError, TypeError, ValueError) as error:
        raise BadInputError(
            "Ogiltigt värde i inställningarna", name, f"Ange ett värde av typen {kind.__name__}."
        ) from error
