"""The limits of a register as people type them made those of the archive; one that cannot be honoured is refused."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from corpus.archive import Archive
from corpus.errors import BadInputError
from corpus.records import Filter, Scope
from corpus.swedish.analysis import fold
from corpus.swedish.bodies import same_body

# Likeness in per cent from which a typed name is taken as misspelt: one wrong letter in eight stays above, another
# body of the same kind (SYV-gruppen, SFI-gruppen) below.
SAME_NAME = 88.0
# Letters that the beginnings share: "skolchefer" is Skolchefsgruppen.
SAME_START = 6


def known_limits(archive: Archive, scope: Scope, limits: Filter) -> Filter:
    """The filter with bodies and seats by their names in the archive. Raises BadInputError on one that is not there."""
    bodies = archive.bodies(scope)
    known = replace(limits, bodies=tuple(name for one in limits.bodies for name in _named(one, bodies, "nätverk")))
    if limits.seats:
        seats = {p.seat for part in archive.parts(scope) for p in part.participants if p.seat}
        known = replace(
            known,
            seats=tuple(name for one in limits.seats for name in _named(one, sorted(seats), "kommun eller enhet")),
        )
    return known


def _named(typed: str, names: Sequence[str], what: str) -> list[str]:
    """All that the typed name may be: itself, another spelling, its beginning or a word of it, or a slip away."""
    wanted = fold(typed)
    tries: tuple[Iterable[str], ...] = (
        (name for name in names if name.casefold() == typed.casefold()),
        (name for name in names if same_body(typed, name)),
        (name for name in names if fold(name).startswith(wanted)),
        (name for name in names if wanted in fold(name)),
        (name for name in names if len(os.path.commonprefix((wanted, fold(name)))) >= max(SAME_START, len(wanted) - 3)),
        (name for name in names if fuzz.ratio(wanted, fold(name)) >= SAME_NAME),
    )
    found = next((hits for one in tries if (hits := list(one))), [])
    if not found:
        listed = ", ".join(names[:12]) or "inget ännu"
        raise BadInputError(f"Arkivet har inget {what} med det namnet", typed, f"Här finns: {listed}.")
    return found
