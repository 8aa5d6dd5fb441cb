"""Hunspell with Debian's Swedish dictionary: which words exist, compounds included."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus.errors import DictionaryMissingError

FOLDERS = (Path("/usr/share/hunspell"), Path("/usr/share/myspell/dicts"), Path("/Library/Spelling"))
NAME = "sv_SE"
CACHED_WORDS = 200_000  # a municipality's archive has some 60 000 different words


def is_word(word: str) -> bool:
    """Whether the dictionary accepts `word`, inflected and compounded forms too. Raises DictionaryMissingError."""
    return _accepted(word)


@lru_cache(maxsize=CACHED_WORDS)
def _accepted(word: str) -> bool:
    return bool(_dictionary().spell(word))


@lru_cache(maxsize=CACHED_WORDS)
def stems(word: str) -> tuple[str, ...]:
    """The dictionary's stems of `word`, possibly odd ones for compounds; empty for unknown words."""
    return tuple(_dictionary().stem(word)) if is_word(word) else ()


def dictionary_file() -> Path | None:
    """The dictionary's word list, or None where it is not installed."""
    return next((folder / f"{NAME}.dic" for folder in FOLDERS if (folder / f"{NAME}.dic").is_file()), None)


@lru_cache(maxsize=1)
def _dictionary() -> Any:
    from hunspell import Hunspell

    file = dictionary_file()
    if file is None:
        raise DictionaryMissingError(
            "Den svenska ordlistan saknas", "hunspell-sv", "Installera den med: sudo apt-get install hunspell-sv"
        )
    return Hunspell(NAME, hunspell_data_dir=str(file.parent))
