"""The whole name of somebody whom a sentence calls by the first name alone: from the list, or from a sentence before it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.clauses import Clause
from assistant.material import Material, Writer
from assistant.values import NAME
from corpus.records import Part
from corpus.swedish import names

_WORD = re.compile(r"(?<![\w-])[A-ZÅÄÖÉ][a-zåäöéü]+(?![\w-])(?! [A-ZÅÄÖÉ])")


def with_whole_names(material: Material, writer: Writer, one: Clause, text: str) -> tuple[str, list[int]]:
    """The text with its lone first names made whole where one person is meant, and the numbers of where the names stand."""
    part = material.part(one.passage.part_id)
    inside = {word for found in NAME.findall(text) for word in found.split()}
    numbers: list[int] = []
    for first in dict.fromkeys(_WORD.findall(text)):
        known = dict(_known(material, writer, part, one, first)) if _is_first(first) and first not in inside else {}
        if len(known) == 1:
            whole, number = known.popitem()
            text = re.sub(rf"(?<![\w-]){first}(?![\w-])", whole, text, count=1)
            numbers.append(number)
    return text, numbers


def _is_first(word: str) -> bool:
    return names.FIRST in names.kinds(word)


def _known(material: Material, writer: Writer, part: Part, one: Clause, first: str) -> Iterator[tuple[str, int]]:
    """Those of the first name whom the list of the meeting has; else those named before in the passage."""
    rows = [row for row in part.participants if row.name.split()[:1] == [first] and len(row.name.split()) > 1]
    listed = {row.name: row.anchor for row in rows if row.anchor and row.name in row.anchor.quote}
    if listed:
        for name, anchor in listed.items():
            yield name, writer.cite(part, anchor) if len(listed) == 1 else 0
        return
    before = [other for other in material.ranked() if other.passage == one.passage and other.place < one.place]
    named = {name: other for other in before for name in NAME.findall(other.text) if name.split()[0] == first}
    for name, other in named.items():
        yield name, writer.cite(part, other) if len(named) == 1 else 0
