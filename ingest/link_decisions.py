"""Later decisions on the same matter: what a clause says of an earlier decision, and what only looks like it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.records import DecisionLink, LinkBasis, Meeting, Part, Relation
from corpus.swedish.bodies import find_bodies
from corpus.swedish.later import Bearing, named_times, numbers_in, read_bearing, relation_of
from corpus.swedish.wording import is_told_of_others
from ingest.matter import likeness, terms_of
from ingest.matters import ItemTexts, Matter, MatterIndex, alike, collect
from ingest.meetings import body_key

# Cosine of two decisions' terms from which they are on the same matter. Found on the samples' links and the made cases
# of tests/cases/links.toml: below the floor decisions on other matters of the same body came in, above it rewordings
# were lost.
SAME_MATTER = 0.5
# Enough where the clause says that something earlier is changed or stands, without saying which.
SAID_MATTER = 0.3
# Enough where the clause gives the very number that the earlier decision holds.
VALUE_MATTER = 0.2
# Enough where the clause gives the day: only which of that meeting's decisions is left to tell.
NAMED_MATTER = 0.1
# And so little when all else decided that day is far off.
FAINT_MATTER = 0.03
# Enough where both stand under headings that are this much alike (*Vikariepoolen*, *Vikariepool på försök*).
TITLED_MATTER, SAME_TITLE = 0.1, 0.8
# Of decisions about equally alike the newest is meant; of one meeting's, one must stand out this much to be certain.
NEAR_BEST = 0.8
STANDS_OUT, STANDS_ALONE = 1.15, 2.5
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])|\n\s*\n")
_TAKES_EFFECT = re.compile(
    r"\b(?:upphör|upphävs|upphäver|ersätter|ersätts|ändras|ändrar|rivs upp|river upp|gäller (?:därmed |alltså |då )?inte längre)\b"
    r"(?!.*\b(?:har|hade|skulle|om)\b)",
    re.IGNORECASE,
)
# Among so many words a clause tells what it is about.
SUBJECT_WORDS = 2
POSTPONED = frozenset({"bordlagt", "återremiss"})


def later_decisions(parts: Mapping[str, Part], meetings: Sequence[Meeting], passages: ItemTexts) -> list[DecisionLink]:
    """All links between decisions, the newest earlier decision on the matter for each; sorted by later decision."""
    matters = collect(parts, meetings, passages)
    index = MatterIndex(matters)
    links: list[DecisionLink] = []
    for later in matters:
        made = list(_links_of(later, index))
        index.remember(later, made)
        links += made
    links += _said_beside(matters, index, passages)
    spoken_of = _spoken_of(matters)
    links = [replace(link, later_id=spoken_of.get(link.later_id, link.later_id)) for link in links]
    best = _one_per_meeting(links, index.known)
    return sorted(best, key=lambda link: (link.later_id, link.earlier_id))


# *Rekommendationen ersätter den från den 3 maj*: said of the decision just before in the same item.
_OF_THE_ONE_BEFORE = re.compile(
    r"(?:detta |den här |denna )?(?:beslutet|rekommendationen|överenskommelsen|riktlinjen|ställningstagandet) (?:ersätter|upphäver|ändrar)\b",
    re.IGNORECASE,
)


def _spoken_of(matters: Sequence[Matter]) -> dict[str, str]:
    """Decisions that only tell of the one before them in the same item, to that one."""
    return {
        one.decision.decision_id: before.decision.decision_id
        for before, one in pairwise(matters)
        if before.part is one.part
        and before.decision.item_title == one.decision.item_title
        and _OF_THE_ONE_BEFORE.match(one.decision.text)
    }


def _links_of(later: Matter, index: MatterIndex) -> Iterator[DecisionLink]:
    bearing = read_bearing(later.decision.text, later.day)
    bodies = dict.fromkeys((*later.bodies, *(body_key(one.name) for one in find_bodies(later.decision.text))))
    is_refused = later.decision.outcome == "avslag" and bearing.relation != "upphävt"  # *upphör* ends what was begun
    if later.decision.strength == "förslag" or later.decision.outcome in POSTPONED or is_refused or bearing.is_held:
        yield from _unsettled(later, bearing, index.alike(later, later.bodies))
        return
    if bearing.times:
        for first, last in bearing.times:
            yield from _named(later, bearing, index.between(later, bodies, first, last))
        return
    if bearing.last_meeting and bearing.relation:
        yield from _at_last_meeting(later, bearing, index)
        return
    ranked = index.alike(later, bodies)
    by_value = [pair for pair in ranked if pair[0] >= VALUE_MATTER and _holds(pair[1], bearing)]
    if bearing.relation and by_value:
        setting = [pair for pair in by_value if relation_of(pair[1].decision.text) != "bekräftat"]
        yield _link(later, _newest(setting or by_value)[1], bearing.relation, "stated")
    else:
        yield from _suggested(later, bearing, ranked, index)


def _holds(earlier: Matter, bearing: Bearing) -> bool:
    return any(value in numbers_in(earlier.decision.text) for value in bearing.old_values)


def _named(later: Matter, bearing: Bearing, ranked: Sequence[tuple[float, Matter]]) -> Iterator[DecisionLink]:
    """The decision of the named day: certain when it stands out among that day's."""
    told = [pair for pair in ranked if not bearing.paragraphs or _is_paragraph(pair[1], bearing)] or list(ranked)
    told = [pair for pair in told if pair[1].decision.strength in bearing.strengths] or told
    valued = [pair for pair in told if _holds(pair[1], bearing)] or told
    if not valued or not bearing.relation:
        return
    best, others = valued[0], valued[1:]
    alone = len(valued) == 1 and (len(ranked) == 1 or len(told) < len(ranked))
    ratio = STANDS_OUT if best[0] >= NAMED_MATTER else STANDS_ALONE
    clear = best[0] >= FAINT_MATTER and all(best[0] >= ratio * other[0] for other in others)
    if alone or clear:
        yield _link(later, best[1], bearing.relation, "stated")
    elif best[0] >= NAMED_MATTER:
        yield _link(later, best[1], bearing.relation, "suggested")


def _at_last_meeting(later: Matter, bearing: Bearing, index: MatterIndex) -> Iterator[DecisionLink]:
    """The decision of the meeting before, when one is on the matter: the notes in between may be missing."""
    ranked = [pair for pair in index.before(later) if pair[0] >= SAID_MATTER]
    if ranked and bearing.relation:
        clear = len(ranked) == 1 or ranked[0][0] >= STANDS_OUT * ranked[1][0]
        yield _link(later, ranked[0][1], bearing.relation, "stated" if clear else "suggested")


def _is_paragraph(earlier: Matter, bearing: Bearing) -> bool:
    number = (earlier.decision.item_number or "").lstrip("§ ").strip(" .)")
    return number in bearing.paragraphs


def _same_title(later: Matter, earlier: Matter) -> bool:
    """Whether the headings name the same, generic ones apart."""
    one, other = (terms_of(matter.decision.item_title or "") for matter in (later, earlier))
    return bool(one and other) and likeness(one, other) >= SAME_TITLE


def _suggested(
    later: Matter, bearing: Bearing, ranked: Sequence[tuple[float, Matter]], index: MatterIndex
) -> Iterator[DecisionLink]:
    """What looks like the same matter, the newest decision on it."""
    times = named_times(f"{later.decision.item_title or ''} {later.decision.text}", later.day)
    floor = SAID_MATTER if (bearing.relation and not bearing.is_weak) or times else SAME_MATTER
    close = [
        pair
        for pair in ranked
        if pair[1].decision.strength != "förslag"
        and (
            pair[0] >= (SAID_MATTER if pair[1].decision.outcome in POSTPONED else floor)
            or (pair[0] >= TITLED_MATTER and _same_title(later, pair[1]))
        )
    ]
    if close and bearing.relation == "upphävt" and bearing.is_weak and any(_begins(pair[1]) for pair in close):
        begun = next(pair[1] for pair in close if _begins(pair[1]))
        yield _link(later, begun, "upphävt", "suggested")
    elif close:
        earlier = index.newest(later, _newest(_on_subject(later, close))[1], floor)
        yield _link(later, earlier, bearing.relation or _relation(later, earlier), "suggested")
    elif bearing.relation and bearing.old_values and bearing.strengths:
        held = [pair[1] for pair in index.holding(later) if _holds(pair[1], bearing)]
        called = [one for one in held if one.decision.strength in bearing.strengths]
        if len(called) == 1:
            yield _link(later, called[0], bearing.relation, "suggested")


_BEGINS = re.compile(
    r"\b(?:start(?:a|ar|as)|inrätta[rs]?|inför(?:a|s)?|bilda[rs]?|anställ(?:a|er|s)|anta[rs]?|påbörja[rs]?)\b",
    re.IGNORECASE,
)


def _begins(earlier: Matter) -> bool:
    """Whether the decision sets up what a later one may end."""
    return _BEGINS.search(earlier.decision.text) is not None


def _on_subject(later: Matter, close: Sequence[tuple[float, Matter]]) -> Sequence[tuple[float, Matter]]:
    """Of several decisions on a matter those that decide on the same thing: the fee, when the clause begins with it."""
    subject = terms_of(" ".join(later.decision.text.split()[:SUBJECT_WORDS]))
    title = terms_of(later.decision.item_title or "")
    own = [pair for pair in close if any(term in pair[1].own for term in subject if term not in title)]
    return own or close


def _unsettled(later: Matter, bearing: Bearing, ranked: Sequence[tuple[float, Matter]]) -> Iterator[DecisionLink]:
    """Postponed again, refused again, or proposed onwards: never a stated change."""
    outcome, strength = later.decision.outcome, later.decision.strength
    if outcome not in POSTPONED and bearing.relation:
        return
    for score, earlier in ranked:
        was_open = earlier.decision.outcome in POSTPONED
        same = earlier.decision.outcome == outcome if outcome in POSTPONED | {"avslag"} else strength == "förslag"
        same = same or (was_open and outcome == "avslag")
        floor = SAID_MATTER if outcome in POSTPONED or was_open else SAME_MATTER
        if same and score >= floor:
            again = outcome in POSTPONED or outcome == earlier.decision.outcome == "avslag"
            yield _link(later, earlier, "bekräftat" if again else "ändrat", "suggested")
            return


def _newest(ranked: Sequence[tuple[float, Matter]]) -> tuple[float, Matter]:
    """The newest of those about as alike as the best."""
    bar = NEAR_BEST * ranked[0][0]
    return max((pair for pair in ranked if pair[0] >= bar), key=lambda pair: (pair[1].day, pair[0], pair[1].order))


def _relation(later: Matter, earlier: Matter) -> Relation:
    same_outcome = later.decision.outcome == earlier.decision.outcome
    repeated = later.numbers <= earlier.numbers and likeness(later.own, earlier.own) > 0.9
    return "bekräftat" if same_outcome and repeated else "ändrat"


def _link(later: Matter, earlier: Matter, relation: Relation, basis: LinkBasis) -> DecisionLink:
    return DecisionLink(
        earlier_id=earlier.decision.decision_id,
        later_id=later.decision.decision_id,
        relation=relation,
        basis=basis,
        clause=later.decision.text if basis == "stated" else None,
    )


def _said_beside(matters: Sequence[Matter], index: MatterIndex, passages: ItemTexts) -> Iterator[DecisionLink]:
    """Sentences beside the clause that end or change a named decision: *Beslutet från den 3 maj upphör att gälla.*"""
    items: dict[tuple[str, str | None], list[Matter]] = defaultdict(list)
    for matter in matters:
        items[matter.part.part_id, matter.decision.item_number or matter.decision.item_title].append(matter)
    for key, group in items.items():
        settled = [one for one in group if one.decision.outcome == "bifall" or one.decision.outcome is None]
        for sentence in _SENTENCE.split(passages.get(key, "")) if settled else ():
            flat = " ".join(sentence.split())
            if _TAKES_EFFECT.search(flat) and not any(_same_pins(flat, one) for one in group):
                yield from _beside(flat, settled, index)


def _same_pins(sentence: str, one: Matter) -> bool:
    """Whether the decision's own clause says it: the sentence is the clause, or names the same earlier day."""
    own = read_bearing(one.decision.text, one.day)
    return sentence in one.decision.text or bool(set(own.times) & set(read_bearing(sentence, one.day).times))


def _beside(sentence: str, group: Sequence[Matter], index: MatterIndex) -> Iterator[DecisionLink]:
    bearing = read_bearing(sentence, group[0].day)
    if bearing.is_held or is_told_of_others(sentence):
        return
    for first, last in bearing.times:
        for later in sorted(group, key=lambda one: one.order)[:1]:
            for link in _named(later, bearing, index.between(later, later.bodies, first, last)):
                if link.basis == "stated":
                    yield replace(link, clause=sentence)


def _one_per_meeting(links: Iterable[DecisionLink], known: Mapping[str, Matter]) -> list[DecisionLink]:
    """Of one meeting's suggestions for the same earlier decision only the likest; a stated link leaves no room for them."""
    kept: dict[tuple[str, str], DecisionLink] = {}
    stated = [link for link in links if link.basis == "stated"]
    taken = {(link.earlier_id, known[link.later_id].meeting) for link in stated}
    for link in (one for one in links if one.basis != "stated"):
        key = link.earlier_id, known[link.later_id].meeting
        if key not in taken and (key not in kept or _score(link, known) > _score(kept[key], known)):
            kept[key] = link
    pairs = {(link.earlier_id, link.later_id): link for link in reversed(stated)}
    return [*pairs.values(), *kept.values()]


def _score(link: DecisionLink, known: Mapping[str, Matter]) -> float:
    return alike(known[link.later_id], known[link.earlier_id])
