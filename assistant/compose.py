"""The answer without a model: for each kind of question the words that answer, dated and cited; else nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assistant import (
    asking,
    compose_collection,
    compose_comparison,
    compose_decision,
    compose_extremes,
    compose_held,
    compose_list,
    compose_meeting,
    compose_people,
    compose_roles,
    compose_timeline,
    compose_yes_no,
    named_paper,
    namesakes,
)
from assistant.answer import Question, QuestionKind
from assistant.clauses import POINTS_BACK, Clause
from assistant.compose_attached import attached
from assistant.compose_items import of_item
from assistant.compose_members import members
from assistant.compose_turns import turned
from assistant.focus import focus_words
from assistant.heard import is_heard
from assistant.kinds import kind_of
from assistant.material import Composed, Material, Writer, newest_first
from assistant.newer_values import newer
from assistant.outside import is_beyond
from assistant.rulings import Ruling, later
from assistant.sources import tell_others
from assistant.sureness import is_refused
from assistant.values import asked_value
from assistant.whole_names import with_whole_names
from corpus.records import Passage
from corpus.swedish.wording import fold_letters

# The second sentence is told when it is this sure beside the first.
ALSO_SURE = 0.35
MAX_SAID = 9
# A newer value is told first when it stands this near the matter beside the surest one.
AS_NEAR = 0.85
# The opening of a list is told before a sentence that is surer by no more than this.
OPENS_SURE = 0.2
# An item whose heading holds this share of the matter is told whole where what was said is asked for.
NAMED_BY_HEADING = 0.4
# A reason stands this near in an item.
REASON_PLACES = 2
MAX_POINTS = 8
PERSON_NEAR = 0.4
LEAST_VALUE = 0.03
# Values whose second half or later state stands beside the first: how near, and how sure at the least.
NEAR_VALUES = frozenset(("money", "share", "count", "duration", "day", "clock", "reason"))
NEAR_PLACES = 3
LEAST_NEAR = 0.02
# How many sentences are told on from the best one: what follows a sentence about the matter often is the answer.
FOLLOWING: Mapping[QuestionKind, int] = {"said": 3, "free": 1, "list": 3, "who": 2, "overview": 2, "open_actions": 1}
# A second half is answered by a sentence that holds this much of its own words.
HALF_HELD = 0.5
# What was so once asks for no present value.
_THEN = re.compile(
    r"\b(?:var|blev|hade|fick|kostade|deltog|kom|gick|tidigare|först|förut|\w+(?:ades|ade|rdes|ttes))\b", re.IGNORECASE
)
# What somebody wants, thinks or proposes is no outcome.
_WISHES = re.compile(
    r"\b(?:ville|vill|föresl[oå]\w*|förslag\w*|tyck(?:er|te)|ansåg|anser|undra(?:r|de)|yrka\w*|önska\w*|tvivla\w*|tveksam\w*|"
    r"frågan kom upp|borde)\b",
    re.IGNORECASE,
)
# How a matter came out where the register has no decision of it.
_OUTCOME = re.compile(
    r"\b(?:ingen ändring|står kvar|inte överens|oeniga|avvakta\w*|lämna(?:r|de|s|des) (?:vi|frågan|det)|håller fast|blev (?:det )?(?:nej|ja|inget)|"
    r"(?:tar|tas|togs) (?:\w+ ){0,3}(?:upp|frågan) (?:\w+ )?(?:igen|i höst|i vår|nästa)|till hösten|till våren|inget bestämt|inget medhåll|"
    r"enades|beslut\w*|bestäm\w*|vi (?:säger|kör|börjar|provar)|ok att)\b",
    re.IGNORECASE,
)
OUTCOME_PLACES = 4
Composer = Callable[[Material], Composed | None]
REGISTERS: Mapping[QuestionKind, Composer] = {
    "free": compose_decision.acts,
    "decision": compose_decision.decision,
    "applies_now": compose_decision.decision,
    "yes_no": compose_yes_no.yes_no,
    "when": compose_held.held,
    "next_meeting": compose_meeting.next_meeting,
    "overview": compose_meeting.overview,
    "collection": compose_collection.collection,
    "attendance": compose_people.attendance,
    "who": lambda material: namesakes.which(material) or compose_roles.role(material),
    "open_actions": compose_people.actions,
    "definition": compose_list.definition,
    "list": compose_list.listing,
    "count": compose_list.count,
    "timeline": compose_timeline.timeline,
    "keyword": compose_list.keyword,
    "comparison": compose_comparison.comparison,
}


# Kinds whose rows are no sentences that could name a source.
REGISTER_ONLY: frozenset[QuestionKind] = frozenset(("collection", "count", "attendance", "next_meeting", "definition"))


def compose(material: Material) -> Composed:
    """The answer that the question's kind calls for; free composing where no register has one."""
    if any(
        asking.matches("errand", fold_letters(text).strip(" ?!."))
        for text in (material.question.whole, material.question.asked)
    ):
        return Composed()
    material = named_paper.narrowed(material)
    if extreme := compose_extremes.extremes(material):
        return extreme
    return compose_extremes.only_sized(material, _composed(material))


def _composed(material: Material) -> Composed:
    halves = halves_of(material.question)
    if len(halves) > 1:
        return _halved(material, halves)
    return namesakes.told(material, _whole(material))


def _whole(material: Material) -> Composed:
    if material.question.kind == "attendance" and kind_of(material.question.context) == "next_meeting":
        return Composed()  # who came to a meeting that is only announced is told nowhere
    if material.question.kind not in REGISTER_ONLY and is_beyond(material.question.whole, material.ranked()):
        return Composed()
    if material.question.kind == "keyword" and material.question.context:  # *och 2019?* asks on, it names nothing
        return free(material)
    register = REGISTERS.get(material.question.kind)
    composed = turned(material) or _pointed(material) or (register(material) if register else None)
    return composed if composed is not None else free(material)


def _pointed(material: Material) -> Composed | None:
    """What is asked of attachments, of an item by its heading or of who sits in a group: told from where that stands."""
    return attached(material) or of_item(material) or members(material)


def free(material: Material) -> Composed:
    """One to three sentences that answer, chosen by how surely they do."""
    found = material.ranked()
    if is_refused(found) or _is_of_nothing(found[0], material.question):
        return Composed()
    writer = Writer(material)
    chosen = _told(found, material.question)
    if not is_heard(material.question, chosen[0], found):
        return Composed()
    overtaken = _ruled_anew(material, chosen)
    if overtaken:
        writer.claim(compose_decision.ruled(overtaken), [writer.cite(overtaken.part, overtaken.decision.anchor)])
    for one in chosen:
        part = material.part(one.passage.part_id)
        numbers, text = writer.cite_told(part, one), compose_decision.said(one, part)
        if material.question.value == "person":
            text, named = with_whole_names(material, writer, one, text)
            numbers = [*numbers, *named]
        writer.claim(text, numbers)
    if material.question.kind in MAY_DIFFER and not material.question.filter.date_from:
        tell_others(writer, material, chosen[0], [one for one in found if one not in chosen])
    return writer.done() or Composed()


def _is_of_nothing(best: Clause, question: Question) -> bool:
    """Whether a value is asked for and nothing says of what, or the surest sentence says nothing of it: *Vad kostar det?*"""
    named = question.limits or question.people or question.moment
    return question.value is not None and not named and best.features["near"] == 0


def _ruled_anew(material: Material, chosen: Sequence[Clause]) -> Ruling | None:
    """The sure later decision that changes the one the value stands in, where the present value is asked for."""
    question = material.question
    present = question.value is not None and not (
        question.moment or question.filter.date_from or _THEN.search(question.whole)
    )
    ids = [one.decision.decision_id for one in chosen if present and one.decision]
    every = [
        ruling for one in ids for ruling in later(material, one) if ruling.is_sure and ruling.link.relation == "ändrat"
    ]
    return next((ruling for ruling in every if ruling.decision.decision_id not in ids), None)


# Kinds whose answer may have been another at another meeting.
MAY_DIFFER: frozenset[QuestionKind] = frozenset(("when", "applies_now", "free"))


def _told(found: Sequence[Clause], question: Question) -> list[Clause]:
    found = _with_value(_by_the_person(found, question), question)
    best = _first(found, question)
    bar = best.sure * ALSO_SURE
    also = [one for one in found[:3] if one.sure >= bar and one.text != best.text and not _is_twin(one, best)][:1]
    before = _antecedent(best, found)
    outcome = _outcome(best, found, question)
    on = _following(best, found, FOLLOWING.get(question.kind, 0) if question.value is None else 0)
    points = _points(best, found) if question.kind == "said" else []
    values = _more_values(best, found, question)
    reasons = _reasons(best, found) if question.value == "reason" else []
    lead = also[0] if also and not (on or reasons) and _is_overtaken(best, also[0], question) else best
    if later := newer(best, found, question):
        also, lead = [later], later
    chosen = [
        best,
        *([before] if before else []),
        *points,
        *reasons,
        *values,
        *outcome,
        *on,
        *([] if on or reasons else also),
    ]
    return sorted(list({id(one): one for one in chosen}.values())[:MAX_SAID], key=lambda one: _order(one, lead.passage))


def _is_twin(one: Clause, best: Clause) -> bool:
    """Whether it is another row of the best one's table: that one holds less of what is asked for."""
    return bool(one.shown and best.shown) and one.passage == best.passage and one.features["own"] < best.features["own"]


def _is_overtaken(best: Clause, other: Clause, question: Question) -> bool:
    """Whether the value of a newer meeting, as near the matter, stands beside the surest one where the present one is asked for."""
    if question.value is None or question.moment or question.filter.date_from or _THEN.search(question.whole):
        return False
    is_newer = newest_first(other.passage.date) > newest_first(best.passage.date)
    return is_newer and not other.features["no_value"] and other.features["near"] >= AS_NEAR * best.features["near"]


def _first(found: Sequence[Clause], question: Question) -> Clause:
    """The surest sentence; no row where no value is asked for, and the opening of a list where several are."""
    if question.value is not None:
        return found[0]
    opens = [one for one in found[:3] if one.features["opens_list"] and one.sure >= OPENS_SURE]
    return next((one for one in (*opens, *found) if not one.features["bare"]), found[0])


def _outcome(best: Clause, found: Sequence[Clause], question: Question) -> list[Clause]:
    """How it came out, after a sentence that only tells what somebody wanted, where the question is not of that."""
    if question.kind == "said" or question.people or not _WISHES.search(best.text):
        return []
    on = sorted(
        (
            one
            for one in found
            if _item(one) == _item(best)
            and 0 < one.place - best.place <= OUTCOME_PLACES
            and one.passage == best.passage
        ),
        key=lambda one: one.place,
    )
    return [one for one in on if one.decision and one.decision.strength != "förslag" or _OUTCOME.search(one.text)][:1]


def _points(best: Clause, found: Sequence[Clause]) -> list[Clause]:
    """What was said: the item where its heading names the matter and it is short, else the sentences before the best."""
    item = [one for one in found if _item(one) == _item(best) and not one.features["row"]]
    if best.features["heading"] >= NAMED_BY_HEADING and len(item) <= MAX_POINTS:
        return item
    return _beside(best, found)


def _item(one: Clause) -> tuple[str, tuple[str, ...]]:
    return one.passage.part_id, one.passage.heading


def _reasons(best: Clause, found: Sequence[Clause]) -> list[Clause]:
    """The reason beside a sentence that gives none: the nearest that surely gives one, else what a decision came of."""
    if best.features["sure_reason"]:
        return []
    beside = [
        one
        for one in found
        if one.passage == best.passage and 0 < abs(one.place - best.place) <= REASON_PLACES and not one.features["row"]
    ]
    sure = sorted((one for one in beside if one.features["sure_reason"]), key=lambda one: abs(one.place - best.place))
    return sure[:1] or [one for one in beside if one.place < best.place]


def _with_value(found: Sequence[Clause], question: Question) -> Sequence[Clause]:
    """Where a value is asked for and the surest sentence has none, the surest that has one first."""
    if question.value is None or not found[0].features["no_value"]:
        return found
    held = next((one for one in found if not one.features["no_value"] and one.sure >= LEAST_VALUE), None)
    return [held, *(one for one in found if one is not held)] if held else found


def _order(one: Clause, first: Passage) -> tuple[bool, int, str, int]:
    """The best sentence's passage first, then the newest, each in the order of the text."""
    day = one.passage.date
    return one.passage != first, -(day.toordinal() if day else 0), one.passage.passage_id, one.place


def _by_the_person(found: Sequence[Clause], question: Question) -> Sequence[Clause]:
    """Where somebody is named who said or did it, that one's own sentences first."""
    if not question.people or question.kind not in ("said", "free"):
        return found
    own = [
        one
        for one in found
        if one.features["near"] >= PERSON_NEAR and not one.features["on_roll"] and one.features.get("person")
    ]
    own.sort(key=lambda one: (bool(re.match(r"\d|•", one.text)), -one.features["near"] - one.features["own"]))
    return [*own[:1], *(one for one in found if not own or one is not own[0])]


def _beside(best: Clause, found: Sequence[Clause]) -> list[Clause]:
    """The sentences just before the best in its passage: what was said is told in the order of the text."""
    return [
        one
        for one in found
        if one.passage == best.passage
        and best.place - 2 <= one.place < best.place
        and not (one.features["row"] or one.features["on_roll"])
    ]


def _following(best: Clause, found: Sequence[Clause], most: int) -> list[Clause]:
    """What is said on from the best sentence, until a heading; the points of a list as far as it goes."""
    on = sorted(
        (one for one in found if one.passage == best.passage and one.place > best.place), key=lambda one: one.place
    )
    told: list[Clause] = []
    was_point = False
    for one in on:
        is_point = bool(re.match(r"[-•–*»]|att\b|\d+[.)]|Steg \d", one.quote))
        after_point = was_point and not one.features["row"]
        stops = (one.features["row"] and not is_point) or one.place != best.place + len(told) + 1
        if stops or (len(told) >= most and not (is_point or after_point)) or len(told) >= MAX_POINTS:
            break
        told.append(one)
        was_point = is_point
    return told if most else []


def _more_values(best: Clause, found: Sequence[Clause], question: Question) -> list[Clause]:
    """The nearest sentence of the same item that holds a value of the asked sort as well: it often has the later one."""
    if question.value not in NEAR_VALUES:
        return []
    near = [
        one
        for one in found
        if one.passage == best.passage
        and one is not best
        and abs(one.place - best.place) <= NEAR_PLACES
        and not one.features["no_value"]
        and not one.features["row"]
        and one.sure >= LEAST_NEAR
    ]
    return sorted(near, key=lambda one: -one.sure)[:1]


def _antecedent(one: Clause, found: Sequence[Clause]) -> Clause | None:
    """The sentence before, where this one only points at its matter."""
    if not (POINTS_BACK.match(one.text) or one.features["own"] == 0):
        return None
    before = [other for other in found if other.passage == one.passage and other.place == one.place - 1]
    return before[0] if before and not before[0].features["short"] else None


def halves_of(question: Question) -> list[str]:
    """The questions that are asked in one: *Vad kostar den och vem föreläser?*"""
    return list(question.parts) if len(question.parts) == 2 else [question.whole]


def _halved(material: Material, halves: Sequence[str]) -> Composed:
    """Each half answered on its own; what is missing is said."""
    first = _half(material, halves[0], "")
    second = _half(material, halves[1], halves[0])
    one, other = _whole(first), _second(second)
    if not one.sentences and not other.sentences:
        return _whole(material)
    answered, missing = (one, halves[1]) if one.sentences else (other, halves[0])
    if one.sentences and other.sentences:
        return _joined(material, one, other)
    writer = Writer(material)
    writer.take(answered)
    writer.note(f"Det här framgår inte av dokumenten: {missing[:1].lower()}{missing[1:]}.")
    return writer.done("partial") or Composed()


def _second(material: Material) -> Composed:
    """The second half; where it leans on the first it must hold what it asks for itself, not only the first's matter."""
    found = material.ranked()
    own = material.question.topic
    if not found or is_refused(found):
        return Composed()
    held = found[0].features["asked"]
    value = material.question.value
    if found[0].features["no_value"] or (held < HALF_HELD if own else value is None or value in ("person", "place")):
        return Composed()
    return _whole(material)


def _joined(material: Material, one: Composed, other: Composed) -> Composed:
    writer = Writer(material)
    writer.take(one)
    writer.take(other)
    return writer.done() or Composed()


def _half(material: Material, text: str, before: str) -> Material:
    """The material with one half as the question; the second takes the first's matter where it has too little itself."""
    own = focus_words(text)
    question = replace(
        material.question,
        whole=text,
        kind=kind_of(text + "?"),
        value=asked_value(text),
        topic=tuple(own),
        matter=_without_limits(text, material.question),
        context=_without_limits(before, material.question),
    )
    return replace(material, question=question, _kept={})


def _without_limits(text: str, question: Question) -> str:
    labels = [limit.label for limit in question.limits] + ([question.moment.label] if question.moment else [])
    for label in labels:
        text = re.sub(re.escape(label), " ", text, flags=re.IGNORECASE)
    return text
