"""What a mistyped word may have been: every spelling one slip away, each with how likely such a slip is."""

from __future__ import annotations

from collections.abc import Iterator

LETTERS = "abcdefghijklmnopqrstuvwxyzåäöé"
# Log chances against the commonest slip, two letters that change places; by judgement, the order as typing studies have
# it: swaps, doublings and lost or extra letters, a key beside, a spelling by sound, any letter for any other.
SWAPPED, DOUBLED, MARKED, SOUNDED, EXTRA, LOST, BESIDE, OTHER = 0.0, -0.3, -0.5, -1.0, -1.0, -2.0, -2.0, -4.0
_ROWS = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm")
# Spellings of one sound: who writes by ear takes one for the other.
SOUNDS = tuple(
    tuple(pair.split("/"))
    for pair in """
    sj/skj sj/stj sj/sch sj/ch sj/sk sk/stj tj/kj tj/k c/k ck/k c/s z/s s/ss j/g gj/j hj/j lj/j dj/j f/ph v/w v/f
    x/ks x/cks e/ä å/o i/y u/o qu/kv ng/n rd/r t/d ti/tsi tion/sion tion/schon dt/tt gt/kt mn/m é/e
    """.split()
    for pair in (pair, "/".join(reversed(pair.split("/"))))
)
_BARE = {"a": "åä", "å": "aä", "ä": "aå", "o": "ö", "ö": "o", "e": "é", "é": "e"}


def _neighbours() -> dict[str, str]:
    """The keys around each key of a Swedish keyboard."""
    near: dict[str, str] = {}
    for n, row in enumerate(_ROWS):
        for at, key in enumerate(row):
            around = row[max(at - 1, 0) : at] + row[at + 1 : at + 2]
            below = _ROWS[n + 1][max(at - 1, 0) : at + 1] if n + 1 < len(_ROWS) else ""
            above = _ROWS[n - 1][at : at + 2] if n else ""
            near[key] = around + below + above
    return near


_NEAR = _neighbours()


def meant(typed: str) -> dict[str, float]:
    """Spelling to log chance for all that `typed` (lower case) may be one slip from; itself is not among them."""
    found: dict[str, float] = {}
    for spelling, chance in _slips(typed):
        if chance > found.get(spelling, OTHER - 1):
            found[spelling] = chance
    found.pop(typed, None)
    return found


def likely(typed: str) -> dict[str, float]:
    """The same without one letter for any other, which is half of them."""
    return {spelling: chance for spelling, chance in meant(typed).items() if chance > OTHER}


def _slips(typed: str) -> Iterator[tuple[str, float]]:
    for at in range(len(typed)):
        before, letter, after = typed[:at], typed[at], typed[at + 1 :]
        if after:
            yield before + after[0] + letter + after[1:], SWAPPED
        is_double = after[:1] == letter
        yield before + after, DOUBLED if is_double else EXTRA
        yield before + letter + letter + after, DOUBLED
        near, marks = _NEAR.get(letter, ""), _BARE.get(letter, "")
        for other in LETTERS:
            yield before + other + after, MARKED if other in marks else BESIDE if other in near else OTHER
            yield before + other + letter + after, LOST
    for other in LETTERS:
        yield typed + other, LOST
    for heard, written in SOUNDS:
        at = typed.find(heard)
        while at >= 0:
            yield typed[:at] + written + typed[at + len(heard) :], SOUNDED
            at = typed.find(heard, at + 1)
