"""Meeting records against their truth: date, body, kind, items, attendance, decisions, links, actions, next meeting."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz

from corpus.errors import NotInArchiveError
from corpus.records import Action, Decision, DecisionLink, Fact, NextMeeting, Part, Participant, Scope
from evals.reading import DAMAGED, SCANNED
from evals.scores import f1
from evals.truth import Truth, load_truth

if TYPE_CHECKING:
    from corpus.archive import Archive

# How like two wordings must be to be one clause, in per cent: OCR errors of a 150 dpi scan stay above 90, two
# different att-clauses of one decision ("att avgiften ... 890 kronor", "att avgiften ... 990 kronor") can reach 80,
# but stand on different pages or are taken best first.
MIN_LIKENESS = 70.0
# A clause that holds the true one whole may have this many times its length: more is a paragraph, not a clause.
MAX_STRETCH = 3.0
MIN_HELD = 92.0
FIELDS = ("items", "attendance", "decisions", "actions", "abbreviations")


@dataclass(slots=True)
class Tally:
    """What is counted over all parts of one group; `misses` are the cases to read."""

    found: Counter[str] = field(default_factory=Counter)
    true: Counter[str] = field(default_factory=Counter)
    matched: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    misses: list[dict[str, Any]] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        for name in ("found", "true", "matched", "right", "asked"):
            getattr(self, name).update(getattr(other, name))
        self.misses += other.misses


@dataclass(frozen=True, slots=True)
class _Case:
    """One part against its truth: where the counts and the misses go."""

    tally: Tally
    file: str
    part: int

    def check(self, name: str, true: object, found: object, *, right: bool) -> None:
        self.tally.asked[name] += 1
        self.tally.right[name] += right
        if not right:
            self.miss(name, true, found)

    def miss(self, name: str, true: object, found: object) -> None:
        told = {"file": self.file, "part": self.part, "field": name, "true": str(true), "found": str(found)}
        self.tally.misses.append(told)

    def count(self, name: str, true: int, found: int, matched: int) -> None:
        for counter, number in ((self.tally.true, true), (self.tally.found, found), (self.tally.matched, matched)):
            counter[name] += number


def score_records(archive: Archive, truth_folder: Path) -> dict[str, Any]:
    """All figures of the archive's records against the truth in `truth_folder`; shares 0-1, `misses` the cases."""
    truths = load_truth(truth_folder)
    parts = {file: _parts_of(archive, file) for file in truths}
    result = score_documents(truths, parts)
    result.update(score_links(truths, parts, archive.links(Scope()).decisions))
    result["misses"] += result.pop("link_misses")
    return result


def _parts_of(archive: Archive, file: str) -> list[Part]:
    try:
        document = archive.find_document(Scope(), file)
    except NotInArchiveError:
        return []
    parts = [part for part in archive.parts(Scope()) if part.document_id == document.document_id]
    return sorted(parts, key=lambda part: part.ordinal)


def score_documents(truths: Mapping[str, Truth], parts: Mapping[str, Sequence[Part]]) -> dict[str, Any]:
    """The figures that need no links: over all documents, and apart for clean and scanned ones."""
    tallies = {"clean": Tally(), "scanned": Tally()}
    for file, truth in truths.items():
        group = "scanned" if truth.get("form") in SCANNED + DAMAGED else "clean"
        tallies[group].add(score_document(truth, parts.get(file, ())))
    whole = Tally()
    for tally in tallies.values():
        whole.add(tally)
    result: dict[str, Any] = {"documents": len(truths), **_figures(whole)}
    for group, tally in tallies.items():
        result |= {f"{name}_f1_{group}": _f1(tally, name) for name in FIELDS}
    return result | {"misses": whole.misses}


def score_document(truth: Truth, parts: Sequence[Part]) -> Tally:
    """One document: its true parts against the parts read, in order; a part too many is a miss too."""
    tally = Tally()
    wanted = truth["parts"]
    for number, true in enumerate(wanted):
        part = parts[number] if number < len(parts) else None
        _score_part(_Case(tally, truth["file"], number), true, part or _nothing(truth["file"], number))
    case = _Case(tally, truth["file"], len(parts))
    case.check("parts", len(wanted), len(parts), right=len(wanted) == len(parts))
    return tally


def _nothing(file: str, ordinal: int) -> Part:
    unknown: Fact[Any] = Fact()
    return Part(
        part_id="",
        document_id=file,
        ordinal=ordinal,
        kind=unknown,
        bodies=(),
        meeting_date=unknown,
        spans=(),
    )


def _score_part(case: _Case, true: Mapping[str, Any], part: Part) -> None:
    _score_header(case, true, part)
    _score_rows(case, "items", true["items"], part.items, _is_item)
    _score_rows(case, "attendance", true["participants"], part.participants, _is_participant)
    _score_rows(case, "abbreviations", true["abbreviations"], part.abbreviations, _is_abbreviation)
    _score_decisions(case, true["decisions"], part.decisions)
    _score_actions(case, true["actions"], part.actions)
    _score_next(case, true["next_meeting"], part.next_meetings)


def _score_header(case: _Case, true: Mapping[str, Any], part: Part) -> None:
    _score_date(case, true["date"], part.meeting_date)
    bodies = [str(fact.value) for fact in part.bodies]
    case.check("body", true["bodies"], bodies, right=_flat_set(true["bodies"]) == _flat_set(bodies))
    case.check("kind", true["kind"], part.kind.value, right=true["kind"] == part.kind.value)
    facts = {"time": part.time, "place": part.place, "chair": part.chair, "secretary": part.secretary}
    for name, fact in facts.items():
        case.check(name, true[name], fact.value, right=_flat(true[name]) == _flat(fact.value))
    named = [fact.value or "" for fact in part.adjusters]
    case.check("adjusters", true["adjusters"], named, right=_flat_set(true["adjusters"]) == _flat_set(named))
    for name, day in (("written", part.written), ("adjusted", part.adjusted)):
        case.check(name, true[name], day.value, right=_day(true[name]) == day.value)


def _score_date(case: _Case, true: str | None, found: Fact[date]) -> None:
    """Right, marked uncertain, or wrong and certain; bounds that leave the true day out are a miss."""
    day = _day(true)
    certain = found.certainty == "stated" and found.value is not None
    right = found.value == day and (day is not None or not certain)
    kind = "right" if right else "wrong_certain" if certain else "uncertain"
    case.tally.right[f"date_{kind}"] += 1
    case.tally.asked["date"] += 1
    inside = day is None or not (found.earliest and found.earliest > day) and not (found.latest and found.latest < day)
    if not right or not inside:
        told = f"{found.value} ({found.certainty}, {found.earliest}–{found.latest})"
        case.miss(f"date_{kind}", true, told)


def _score_rows(
    case: _Case,
    name: str,
    true: Sequence[Mapping[str, Any]],
    found: Sequence[Any],
    is_same: Callable[[Mapping[str, Any], Any], bool],
) -> None:
    left = list(found)
    lost = []
    for one in true:
        match = next((other for other in left if is_same(one, other)), None)
        if match is None:
            lost.append(one)
        else:
            left.remove(match)
            _score_role(case, name, one, match)
    case.count(name, len(true), len(found), len(true) - len(lost))
    for one in lost:
        case.miss(f"{name}: saknas", dict(one), "")
    for other in left:
        case.miss(f"{name}: för mycket", "", _shown(other))


def _score_role(case: _Case, name: str, true: Mapping[str, Any], found: Any) -> None:
    if name == "attendance":
        role = found.role or found.note
        case.check("role", true["role"], role, right=_flat(true["role"]) == _flat(role))


def _shown(row: Any) -> str:
    names = ("number", "title", "page", "name", "seat", "role", "presence", "short", "long")
    return str({name: getattr(row, name) for name in names if hasattr(row, name)})


def _is_item(true: Mapping[str, Any], found: Any) -> bool:
    if _flat(true["number"]) != _flat(found.number) or true["page"] != found.page:
        return False
    return fuzz.ratio(_flat(true["title"]), _flat(found.title)) >= MIN_HELD


def _is_participant(true: Mapping[str, Any], found: Participant) -> bool:
    pairs = ((true["name"], found.name), (true["seat"], found.seat), (true["presence"], found.presence))
    return all(_flat(one) == _flat(other) for one, other in pairs)


def _is_abbreviation(true: Mapping[str, Any], found: Any) -> bool:
    return bool(true["short"].lower() == found.short.lower() and fuzz.ratio(true["long"], found.long.lower()) >= 85)


def _score_decisions(case: _Case, true: Sequence[Mapping[str, Any]], found: Sequence[Decision]) -> None:
    pairs = _best_pairs([one["text"] for one in true], [one.anchor.quote for one in found])
    case.count("decisions", len(true), len(found), len(pairs))
    for at, other in pairs.items():
        one, got = true[at], found[other]
        right = (one["strength"], one["outcome"]) == (got.strength, got.outcome)
        case.check("strength_outcome", dict(one), f"{got.strength}/{got.outcome}: {got.anchor.quote}", right=right)
        item = one["item"]
        there = _flat(item) in (_flat(got.item_number), _flat(got.item_title))
        case.check("decision_item", item, f"{got.item_number} {got.item_title}", right=there)
        case.check("decision_page", one["page"], got.anchor.page, right=one["page"] == got.anchor.page)
    _tell_rest(case, "decisions", [one["text"] for one in true], [one.anchor.quote for one in found], pairs)


def _score_actions(case: _Case, true: Sequence[Mapping[str, Any]], found: Sequence[Action]) -> None:
    allowed = {(i, j) for i, one in enumerate(true) for j, got in enumerate(found) if _is_who(one["who"], got.who)}
    pairs = _best_pairs([one["what"] for one in true], [got.what for got in found], allowed)
    case.count("actions", len(true), len(found), len(pairs))
    for at, other in pairs.items():
        got = found[other]
        case.check("action_by", f"{true[at]['by']}: {true[at]['what']}", got.by.value, right=_day(true[at]["by"]) == got.by.value)  # fmt: skip
    told = [f"{', '.join(got.who)}: {got.what}" for got in found]
    _tell_rest(case, "actions", [f"{', '.join(one['who'])}: {one['what']}" for one in true], told, pairs)


def _is_who(true: Sequence[str], found: Sequence[str]) -> bool:
    """The same people; a place beside a name (*Karin Berg, Alby*) is no person."""
    people = [name for name in true if " " in name] or list(true)
    return _flat_set(people) == _flat_set(found)


def _score_next(case: _Case, true: Mapping[str, Any] | None, found: Sequence[NextMeeting]) -> None:
    own = next((one for one in found if one.body is None), None)
    wanted = true or {"date": None, "time": None, "place": None}
    day = own.date.value if own else None
    case.check("next_meeting", wanted["date"], day, right=_day(wanted["date"]) == day)
    for name in ("time", "place"):
        got = getattr(own, name) if own else None
        case.check(f"next_{name}", wanted[name], got, right=_flat(wanted[name]) == _flat(got))


def _tell_rest(case: _Case, name: str, true: Sequence[str], found: Sequence[str], pairs: Mapping[int, int]) -> None:
    for at, text in enumerate(true):
        if at not in pairs:
            case.miss(f"{name}: saknas", text, "")
    for at, text in enumerate(found):
        if at not in pairs.values():
            case.miss(f"{name}: för mycket", "", " ".join(text.split()))


def _best_pairs(
    true: Sequence[str], found: Sequence[str], allowed: set[tuple[int, int]] | None = None
) -> dict[int, int]:
    """True texts to found texts, one to one, the likest first."""
    likeness = [(_likeness(a, b), -i, -j) for i, a in enumerate(true) for j, b in enumerate(found)]
    pairs: dict[int, int] = {}
    for score, i, j in sorted(likeness, reverse=True):
        free = -i not in pairs and -j not in pairs.values()
        if score >= MIN_LIKENESS and free and (allowed is None or (-i, -j) in allowed):
            pairs[-i] = -j
    return pairs


def _likeness(true: str, found: str) -> float:
    """Per cent; a found clause that holds the true one whole counts when it is no paragraph, and the other way too."""
    a, b = _flat(true), _flat(found)
    whole = float(fuzz.ratio(a, b))
    if not a or not b or max(len(a), len(b)) > MAX_STRETCH * min(len(a), len(b)):
        return whole
    held = float(fuzz.partial_ratio(a, b))
    return max(whole, held - 5) if held >= MIN_HELD else whole


def score_links(
    truths: Mapping[str, Truth], parts: Mapping[str, Sequence[Part]], links: Iterable[DecisionLink]
) -> dict[str, Any]:
    """Later decisions on the same matter: recall of the true ones, and what is wrong among the stated ones."""
    texts = {
        one.decision_id: (file, one.anchor.quote) for file in parts for part in parts[file] for one in part.decisions
    }
    true = [link for truth in truths.values() for link in truth["links"]]
    found = [link for link in links if link.earlier_id in texts and link.later_id in texts]
    hits = {n: [link for link in found if _is_link(one, link, texts)] for n, one in enumerate(true)}
    good = {id(link) for group in hits.values() for link in group}
    stated = [link for link in found if link.basis == "stated"]
    wrong = [link for link in stated if id(link) not in good]
    missed = [
        _link_miss("links: saknas", one["later"]["file"], true=one["later"]["quote"])
        for n, one in enumerate(true)
        if not hits[n]
    ]
    extra = [_link_miss("links: fel och säker", *texts[link.later_id]) for link in wrong]
    return {
        "links_recall": sum(bool(group) for group in hits.values()) / len(true) if true else 1.0,
        "links_relation": _share(
            sum(any(link.relation == true[n]["relation"] for link in group) for n, group in hits.items() if group),
            sum(bool(group) for group in hits.values()),
        ),
        "links_precision": _share(len(good), len(found)),
        "links_wrong_stated": len(wrong),
        "links_found": len(found),
        "link_misses": missed + extra,
    }


def _link_miss(name: str, file: str, found: str = "", *, true: str = "") -> dict[str, Any]:
    return {"file": file, "part": 0, "field": name, "true": true, "found": found}


def _is_link(true: Mapping[str, Any], link: DecisionLink, texts: Mapping[str, tuple[str, str]]) -> bool:
    ends = ((true["earlier"], texts[link.earlier_id]), (true["later"], texts[link.later_id]))
    return all(end["file"] == file and _likeness(end["quote"], quote) >= MIN_LIKENESS for end, (file, quote) in ends)


def _figures(tally: Tally) -> dict[str, Any]:
    shares = {name: _share(tally.right[name], count) for name, count in tally.asked.items() if name != "date"}
    dates = {f"date_{kind}": tally.right[f"date_{kind}"] for kind in ("right", "uncertain", "wrong_certain")}
    return {**dates, **{f"{name}_f1": _f1(tally, name) for name in FIELDS}, **shares}


def _f1(tally: Tally, name: str) -> float:
    return f1(tally.found[name], tally.true[name], tally.matched[name])


def _share(right: int, count: int) -> float:
    return right / count if count else 1.0


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _flat(text: object) -> str:
    """Lower case, white space, dashes and the ends' marks evened out; None is empty."""
    evened = re.sub(r"[-–—]", "-", " ".join(str(text or "").lower().split()))
    return evened.strip(" .,;:()•-")


def _flat_set(texts: Iterable[str]) -> set[str]:
    return {_flat(text) for text in texts}
