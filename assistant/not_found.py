"""What is said where nothing answers: what was searched, and the sentences that lie nearest."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answer import Citation
from assistant.clauses import Clause
from assistant.material import Material, Writer
from assistant.matter import HELD
from assistant.sentences import terms_of
from corpus.records import Coverage
from corpus.swedish.dates import say_months

# A reader looks at two; the third says what the first said.
NEAREST = 2
# So many of the surest sentences are looked through.
LOOKED_AT = 40


def not_found_text(coverage: Coverage, unheard: str = "") -> str:
    """The word that nothing was found about, where it is one; what was searched and what could not be read."""
    missing = f" Jag hittar inget om {unheard}." if unheard else ""
    return f"Det framgår inte av de dokument jag har.{missing} Jag har sökt i anteckningar från {_searched(coverage)}."


def _searched(coverage: Coverage) -> str:
    """`26 möten i 4 nätverk, september 2021 – maj 2025; 2 sidor gick inte att läsa`."""
    meetings = f"{coverage.meetings} {'möte' if coverage.meetings == 1 else 'möten'}"
    bodies = f" i {len(coverage.bodies)} nätverk" if len(coverage.bodies) > 1 else ""
    span = f", {say_months(coverage.earliest, coverage.latest)}" if coverage.earliest and coverage.latest else ""
    bad = coverage.unreadable_pages
    unread = f"; {bad} {'sida' if bad == 1 else 'sidor'} gick inte att läsa" if bad else ""
    return f"{meetings}{bodies}{span}{unread}"


def nearest(material: Material) -> tuple[Citation, ...]:
    """The sentences nearest the question, best first; none where no sentence says a noun or a name of it."""
    writer = Writer(material)
    for _, _, one in sorted(_speaking(material), key=lambda pair: pair[:2])[:NEAREST]:
        writer.cite(material.part(one.passage.part_id), one)
    return writer.references.citations


def _speaking(material: Material) -> Iterator[tuple[float, int, Clause]]:
    """The sentence of each passage that says most of the matter, with how much it says (less is better) and its rank."""
    about = material.about()
    best: dict[str, tuple[float, int, Clause]] = {}
    for place, one in enumerate(material.ranked()[:LOOKED_AT]):
        held = terms_of(one.text)
        if any((group.noun or group.specific) and group.strength(held) >= HELD for group in about.groups):
            found = -about.share(held), place, one
            best[one.passage.passage_id] = min(
                best.get(one.passage.passage_id, found), found, key=lambda pair: pair[:2]
            )
    yield from best.values()
