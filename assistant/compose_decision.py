"""Answers about what was decided: the present value first with its strength, what it was before after it; ja and nej."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Question
from assistant.clauses import Clause
from assistant.enumerations import enumeration
from assistant.main_clause import main_clause
from assistant.material import Composed, Material, Writer, newest_first
from assistant.matter import HELD as NAMED
from assistant.matter import WHOLE, held_in
from assistant.naming import named_seats
from assistant.references import item_at, item_title_at, meeting_name
from assistant.rulings import SURE, Ruling, later, replaced
from assistant.school_forms import told_in
from assistant.sentences import terms_of
from assistant.sureness import is_refused
from assistant.verdict import is_asked_at_meeting
from corpus.records import Anchor, Decision, DecisionLink, Part, Span
from corpus.swedish.wording import fold_letters

# Other decisions with this share of the best one's matter are on the same matter.
SAME_MATTER = 0.85
# Below this share of the matter a decision is on something else.
LEAST_MATTER = 0.55
# A heading with this share of the matter is the matter's own.
HEADED = 0.4
MAX_TOLD = 3
# A word with this share of the rarest one's weight tells the matter as well.
TELLING_SHARE = 0.6
# A sentence with this share of the matter around it speaks of it, whichever word it lacks (*mobilpolicy* of *mobilregler*).
OF_THE_MATTER = 0.65
# A sentence of the decision's item that says this much more of what was asked, and is this sure, settles it.
SAYS_MORE, LEAST_PARTICULAR = 0.09, 0.1
# For whom something is decided: a decision for the same ones may be on anything.
AUDIENCE = frozenset(
    "skola grundskola gymnasium gymnasieskola förskola fritidshem vuxenutbildning komvux kommun elev barn lärare personal"
    " rektor skolchef vårdnadshavare förälder deltagare nätverk grupp".split()
)
# A sentence this much less sure than the best is not about it.
LEAST_SURE = 0.08
# How each strength is told: what is not a decision is never called one.
STRENGTHS = {
    "beslut": "beslut",
    "rekommendation": "rekommendation",
    "överenskommelse": "överenskommelse",
    "ställningstagande": "ställningstagande",
    "förslag": "förslag",
    "information": "information",
}
OUTCOMES = {"avslag": "avslag", "bordlagt": "bordlagt", "återremiss": "återremiss"}
NO_FORMAL = "Inget formellt beslut står i anteckningarna."
_ASKS_DECIDED = re.compile(r"\b(beslut|besl[ou]t|bestam|klubba)")
NO_DECISION = "Jag hittar inget beslut om detta."
_ACTS = re.compile(r"\b(röst|reserv)", re.IGNORECASE)
# What a vote or a reservation is told with, by the word that the question has for it.
_TELLS_ACT = {
    "röst": re.compile(r"\b(röst\w*|voter\w*|omröstning\w*|acklamation\w*)", re.IGNORECASE),
    "reserv": re.compile(r"\b(reserver\w*|reservation\w*)", re.IGNORECASE),
}
# A vote is told where it stands by this share of the matter.
ACT_MATTER = 0.4
# What was so before the decision settles nothing.
_PAST = re.compile(r"\b(?:var|blev|hade|fick|kom|gick|har|\w{3,}(?:ade|ades|rde|rdes|tte|ttes|kte|ktes))\b")
_PROPOSES = re.compile(r"\b(foresl\w*|forslag\w*|yrka\w*)\b")


def decision(material: Material) -> Composed | None:
    """The decision on the matter, the newest first; None where no decision answers and free composing may."""
    found = material.ranked()
    decided = [one for one in on_the_matter(found, material.question) if names_matter(material, one)]
    if is_refused(found) and not (material.question.paper and decided):
        return Composed()
    told_acts = acts(material)
    if told_acts:
        return told_acts
    if not decided or not _leads(decided, material.question):
        return None if names_matter(material, found[0]) else Composed()
    writer = Writer(material)
    strengths = {one.decision.strength for one in decided if one.decision}
    if "beslut" not in strengths and _ASKS_DECIDED.search(fold_letters(material.question.whole)):
        writer.note(NO_DECISION if "rekommendation" in strengths else NO_FORMAL)
    for one in _particulars(decided[0], found, material):
        part = material.part(one.passage.part_id)
        writer.claim(said(one, part), [writer.cite(part, one)])
    _write(writer, material, decided)
    if material.question.kind == "decision":
        _tell_siblings(writer, material, decided)
    if found[0] not in decided:
        part = material.part(found[0].passage.part_id)
        writer.claim(said(found[0], part), [writer.cite(part, found[0])])
    return writer.done()


def _particulars(first: Clause, found: Sequence[Clause], material: Material) -> list[Clause]:
    """What the item of the decision settles of just what was asked, where the decision itself says less of it."""
    if material.question.kind != "decision":
        return []
    told = [
        one
        for one in found
        if one.passage == first.passage
        and one.decision is None
        and one.sure >= LEAST_PARTICULAR
        and one.features["near"] >= first.features["near"] + SAYS_MORE
        and one.features["own"] > 0
        and not (one.features["row"] or one.features["question"])
        and not (is_asked_at_meeting(one.text) or _PAST.search(fold_letters(one.text)))
    ]
    return told[:1]


def names_matter(material: Material, found: Clause) -> bool:
    """Whether the clause's passage, its headings or its item hold a telling word of what the question is about."""
    about = material.about()
    own = [
        one
        for one in about.groups[: about.own]
        if not one.specific and not (AUDIENCE | _places(material)) & {term for term, _ in one.ways[:1]}
    ]
    if not own or found.features["near"] >= OF_THE_MATTER:
        return True
    part = material.part(found.passage.part_id)
    near = terms_of("\n".join((found.text, *found.passage.heading, item_title_at(part, found.span), part.body or "")))
    around = terms_of(found.passage.text)
    top = max(one.weight for one in own)
    telling = [way for one in own if one.weight >= TELLING_SHARE * top for way in one.ways]
    return any(worth >= NAMED and held_in(near, term) or worth >= WHOLE and term in around for term, worth in telling)


def _places(material: Material) -> frozenset[str]:
    """The municipalities that the question names: much is decided in each of them."""
    return frozenset(seat.value.lower() for seat in named_seats(material.question.whole, material.known))


def _acts(found: Sequence[Clause], question: Question) -> list[Clause]:
    """How it was voted, or who reserved themselves, where the question asks for that; with the decision beside it."""
    asked = _ACTS.search(question.whole)
    if not asked:
        return []
    tells = _TELLS_ACT[asked[1].lower()]
    held = [one for one in found if tells.search(one.text) and one.features["near"] >= ACT_MATTER]
    beside = [one for one in found if held and one.decision and one.passage == held[0].passage]
    return [*held[:1], *(one for one in beside[:1] if one != held[0])]


def acts(material: Material) -> Composed | None:
    """The votes or the reservations where the question asks for them; None where it does not or none are told."""
    found = material.ranked()
    if is_refused(found):
        return None
    writer = Writer(material)
    for one in _acts(found, material.question):
        part = material.part(one.passage.part_id)
        writer.claim(said(one, part), [writer.cite(part, one)])
    return writer.done() or (enumeration(material) if material.question.kind == "free" else None)


def _leads(decided: Sequence[Clause], question: Question) -> bool:
    """Whether the first decision, or what it settles, is what answers: asked for, or as sure as the best sentence."""
    leading = [decided[0], *(one for one in decided[1:] if _settles(decided[0], one))]
    return max(one.sure for one in leading) >= (0.1 if question.kind == "decision" else 0.5)


def on_the_matter(found: Sequence[Clause], question: Question) -> list[Clause]:
    """The clauses that decide the matter, the newest first; proposals only where the question asks for them."""
    wants_proposal = bool(_PROPOSES.search(fold_letters(question.whole)))
    decided = [
        one
        for one in found
        if one.decision and (wants_proposal or one.decision.strength not in ("förslag", "information"))
    ]  # fmt: skip
    sure = [one for one in decided if one.sure >= LEAST_SURE]
    sure = [one for one in sure if one.features["own"] or not _is_beside(one, sure)]
    if not sure:
        return []
    decided = [*sure, *(one for one in decided if one not in sure and _settles(one, sure[0]))]
    same = [one for one in decided if one is decided[0] or _is_of_same(one, decided[0]) or _settles(one, decided[0])]
    distinct = list({_key(one): one for one in reversed(same)}.values())
    limited = question.filter.date_from or wants_proposal
    distinct.sort(
        key=lambda one: (-one.score if limited else 0, -newest_first(one.passage.date).toordinal(), -one.score)
    )
    return distinct[:MAX_TOLD]


def _is_of_same(one: Clause, first: Clause) -> bool:
    """Whether a decision holds as much of the matter as the surest one, and lacks no more of it."""
    return (
        one.features["near"] >= max(first.features["near"] * SAME_MATTER, LEAST_MATTER)
        and one.features["missing_whole"] <= first.features["missing_whole"]
    )


def _settles(one: Clause, first: Clause) -> bool:
    """Whether a later decision of the same body that names the matter, under a heading as near it, settles what the first put off."""
    assert first.decision is not None and one.decision is not None
    day, of_first = one.passage.date, first.passage.date
    return (
        first.decision.outcome in ("bordlagt", "återremiss")
        and one.decision.strength == "beslut"
        and one.passage.body == first.passage.body
        and bool(day and of_first and day > of_first)
        and min(one.features["own"], one.features["heading"]) >= HEADED
        and one.features["heading"] >= first.features["heading"]
    )


def _is_beside(one: Clause, decided: Sequence[Clause]) -> bool:
    """Whether a decision that names nothing of the matter stands by one that does: how it was voted, by what was decided."""
    return any(other.passage == one.passage and other.features["own"] > 0 for other in decided)


def _key(one: Clause) -> str:
    return re.sub(r"\W+", " ", one.text.lower())[:60]


def _write(writer: Writer, material: Material, decided: Sequence[Clause]) -> None:
    """What holds now first; then what it was before, or what another meeting decided."""
    first = decided[0]
    assert first.decision is not None
    rulings = [] if material.question.filter.date_from else later(material, first.decision.decision_id)
    newest = next((one for one in rulings if one.is_sure and one.link.relation != "bekräftat"), None)
    if newest and all(one.decision != newest.decision for one in decided):
        writer.claim(ruled(newest), [writer.cite(newest.part, newest.decision.anchor)])
    links = material.archive.links(material.scope).decisions
    of_newest = newest.decision if newest else first.decision
    replaces = any(sentence.kind != "note" for sentence in writer.sentences)
    for number, one in enumerate(decided):
        part = material.part(one.passage.part_id)
        assert one.decision is not None
        lead = _relation(one, of_newest, first, links) if number or replaces else ""
        writer.claim(lead + told(one, part, one.decision), [writer.cite(part, one)])
    before = replaced(material, of_newest.decision_id)
    if before and all(
        one.decision is None or one.decision.decision_id != before.decision.decision_id for one in decided
    ):
        writer.claim(f"Det ersätter: {ruled(before)}", [writer.cite(before.part, before.decision.anchor)])
    for ruling in rulings[:1]:
        if ruling.is_sure and ruling.link.relation == "bekräftat":
            writer.claim(f"Bekräftat: {ruled(ruling)}", [writer.cite(ruling.part, ruling.decision.anchor)])


def _tell_siblings(writer: Writer, material: Material, decided: Sequence[Clause]) -> None:
    """The other decisions of the item that the first one stands in: *att avgiften …, att konferensen hålls …*."""
    first = decided[0]
    assert first.decision is not None
    part = material.part(first.passage.part_id)
    told_ids = {one.decision.decision_id for one in decided if one.decision}
    siblings = [
        one
        for one in part.decisions
        if one.decision_id not in told_ids
        and (one.item_number, one.item_title) == (first.decision.item_number, first.decision.item_title)
        and any(_stands_in(one.anchor, span) for span in first.passage.spans)
        and one.strength == first.decision.strength
    ]
    for one in siblings[:MAX_TOLD]:
        anchor = one.anchor
        span = Span(page=anchor.page, start=anchor.start, end=anchor.end)
        writer.claim(_placed(part, span, one, " ".join(anchor.quote.split())), [writer.cite(part, anchor)])


def _stands_in(anchor: Anchor, span: Span) -> bool:
    return anchor.page == span.page and anchor.start < span.end and span.start < anchor.end


def ruled(ruling: Ruling) -> str:
    """A later decision as `told` tells one."""
    anchor = ruling.decision.anchor
    span = Span(page=anchor.page, start=anchor.start, end=anchor.end)
    return _placed(ruling.part, span, ruling.decision, " ".join(anchor.quote.split()))


def told(one: Clause, part: Part, decision: Decision) -> str:
    """`Förskolenätverket den 4 mars 2024, § 8 (beslut): «…»`."""
    return _placed(part, one.span, decision, one.text)


def _placed(part: Part, span: Span, decision: Decision, text: str) -> str:
    item = item_at(part, span)
    strength = OUTCOMES.get(decision.outcome or "", STRENGTHS[decision.strength])
    return f"{meeting_name(part)}{', ' + item if item else ''} ({strength}): «{text.rstrip(' .')}»"


def said(one: Clause, part: Part) -> str:
    """The clause as a sentence of its own with its meeting after it."""
    is_decided = one.decision is not None and one.decision.strength == "beslut" and one.decision.outcome == "bifall"
    text = main_clause(one.text) if is_decided else one.text
    return f"{text[:1].upper()}{text[1:].rstrip(' .')} ({meeting_name(part)})"


def _is_of_other_form(one: Clause, first: Clause) -> bool:
    """Whether the two are of different school forms: then the older is not what held before."""
    forms, others = told_in(one.passage), told_in(first.passage)
    return bool(forms and others) and not forms & others


def _relation(one: Clause, newest: Decision, first: Clause, links: Sequence[DecisionLink]) -> str:
    """How an earlier decision is led in; nothing where it is of the same day or of an unknown one."""
    assert one.decision is not None
    link = next(
        (link for link in links if (link.earlier_id, link.later_id) == (one.decision.decision_id, newest.decision_id)), None
    )  # fmt: skip
    if link and link.relation != "bekräftat":
        return "Det ersätter: " if link.basis in SURE else "Det ser ut att ändra: "
    day, of_first = one.passage.date, first.passage.date
    is_earlier = one is first or bool(day and of_first and day < of_first) and not _is_of_other_form(one, first)
    return "Tidigare: " if is_earlier else ""
