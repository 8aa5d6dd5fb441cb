"""A network's own list of words that mean the same: lines as a person writes them, and the form that search reads."""

from __future__ import annotations

import json

from corpus.swedish.thesaurus import read_own


def as_lines(own_toml: str) -> str:
    """One group a line, its words parted by commas."""
    return "\n".join(", ".join(group.words) for group in read_own(own_toml) if group.relation == "same")


def as_toml(lines: str) -> str:
    """The lines in the form of the shipped list; a line of one word says nothing and is left out."""
    groups = [[word.strip() for word in line.split(",") if word.strip()] for line in lines.splitlines()]
    said = ",\n".join(f"  {json.dumps(group, ensure_ascii=False)}" for group in groups if len(group) > 1)
    return f"[eget]\nsame = [\n{said}\n]\n" if said else ""
