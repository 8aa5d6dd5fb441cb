"""Answers to what asks for ja or nej: one of them where a clause on the matter decides it, else what the documents say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.clauses import Clause
from assistant.compose_decision import (
    ACT_MATTER,
    LEAST_MATTER,
    LEAST_SURE,
    SAME_MATTER,
    names_matter,
    on_the_matter,
    ruled,
    said,
    told,
)
from assistant.compose_people import came
from assistant.material import Composed, Material, Writer, newest_first
from assistant.naming import named_seats
from assistant.predicates import predicate
from assistant.rulings import Ruling, later
from assistant.sources import tell_others
from assistant.sureness import is_refused
from assistant.undecided import answer_in, asks_decision, asks_still, asks_united, is_divided
from assistant.verdict import TAKES_STAND, Verdict, asks_changed, asks_refused, asks_stand, is_asked_at_meeting, verdict
from corpus.records import Part
from corpus.swedish import analysis
from corpus.swedish import later as later_words
from corpus.swedish.wording import fold_letters, is_undecided

WORDS: dict[Verdict, str] = {"ja": "Ja.", "nej": "Nej.", "senare": "Nej, inte än."}
ANSWERS: dict[str, Verdict] = {"ja": "ja", "nej": "nej"}
# How far after a question or a wish its answer stands.
ANSWER_PLACES = 2
# A wish this sure beside the best sentence may be what was asked.
WISH_SURE = 0.5
NOT_DECIDED = "Nej, inget beslut är fattat."
NO_DECISION = "Jag hittar inget beslut om detta."
# A sentence this near the matter beside the best, and this sure, may be the one that decides.
NEAR, LEAST_DECIDING = 0.8, 0.02
MAX_TRIED = 8
# Ja and nej ask that the sentence says this much of what was asked itself, and this much with what stands around it.
SAYS_SO, SAYS_NEAR = 0.45, 0.6
# A fact says ja to a question without a verb of its own (*finns, är, har*) when it holds nearly all of it.
SAYS_ALL = 0.8
# A clause that decides nothing, with so much of the matter said nowhere around it, is of another matter.
LACKS_MUCH = 0.45
# A heading with this much of the matter makes a decision under it the matter's own.
HEADED = 0.5
# The surest sentence says nej with a little less.
SUREST_OWN, SUREST_NEAR = 0.35, 0.55
# Another number in the place of the one asked about lacks that one.
STILL_NEAR = 0.5
# A sentence that says this much more of what was asked is the one; a newer one with this little less says as much.
SAYS_MORE, AS_MUCH = 0.18, 0.1
MODAL = re.compile(r"(?:och |men )?(?:maste|krav(?:s|er)|behover|far|kan|gar|ska|skall|kommer|blir|bor|borde)\b")
# A decision this near the matter is the one asked about, whatever else is said of it.
SURELY_NEAR = 0.75
# A later clause that takes back needs less of the matter: it seldom repeats place and amount.
TAKEN_BACK_MATTER = 0.5
_ACTS = re.compile(r"\b(röst|reserv)", re.IGNORECASE)
_ASKS_DECISION = re.compile(
    r"\b(beslut|beslout|bestam|infor|inratt|antag|antog|faststall|klubba|ska (?:vi|det)\b|blir det\b)"
)
_CANCELS = re.compile(
    r"\b(upphäv\w*|ställ\w* in|inställ\w*|avstå\w*|avst[åo]r|drar? tillbaka|dras tillbaka|återkalla\w*|river upp|rivs upp|"
    r"blir inte av|blev inte av|genomförs inte|hålls inte|läggs ner|upphör\w*)\b",
    re.IGNORECASE,
)


def yes_no(material: Material) -> Composed | None:
    """Ja or nej where the matter's own clause decides it, else what the documents say."""
    found = material.ranked()
    known = came(material) or (_change(material, found) if asks_changed(material.question.whole) else None)
    if known:
        return known
    if is_refused(found):
        return Composed()
    best, word = _deciding(material, found)
    if word == "oklart" and best.features["missing_whole"] >= LACKS_MUCH:
        return Composed()
    answered = _answered(best, found) if word not in ("ja", "nej") else None
    if answered:
        return _with_answer(material, *answered)
    return _told(material, found, best, word)


def _told(material: Material, found: Sequence[Clause], best: Clause, word: Verdict) -> Composed | None:
    """The clause that answers, with what was decided later on the matter and what another meeting says of it."""
    writer = Writer(material)
    back = _taken_back(best, found, material) if word in ("ja", "oklart") else None
    changed = _changed(material, best)
    if changed and word == "ja" and _lifts(changed, material):
        writer.claim(f"Nej. {ruled(changed)}", [writer.cite(changed.part, changed.decision.anchor)])
    elif back:
        part = material.part(back.passage.part_id)
        writer.claim(f"Nej. {said(back, part)}", [writer.cite(part, back)])
    lead = "Tidigare: " if writer.sentences else _lead(word, best, material)
    part = material.part(best.passage.part_id)
    writer.claim(f"{lead}{_as_told(best, part)}", [writer.cite(part, best)])
    if changed and not _lifts(changed, material):
        writer.claim(f"Ändrat senare: {ruled(changed)}", [writer.cite(changed.part, changed.decision.anchor)])
    others_told = len(writer.sentences) == 1 and tell_others(writer, material, best, found)
    if not others_told:
        least = SAYS_SO if word in WORDS else 0.0
        for one in [one for one in _beside(best, back, found, material) if one.features["own"] >= least]:
            part = material.part(one.passage.part_id)
            writer.claim(said(one, part), [writer.cite(part, one)])
    return writer.done()


def _answered(best: Clause, found: Sequence[Clause]) -> tuple[Clause, Clause, Verdict] | None:
    """What somebody asked, wished or proposed, the sentence after it that answers, and what it answers; the best is one of them."""
    beside = [one for one in found if one.passage == best.passage]
    near = [one for one in beside if not one.features["row"]]
    asks = next((one for one in _asking(best, near) if _is_asked(one)), None)
    if asks is None:
        return None
    on = sorted((one for one in beside if 0 < one.place - asks.place <= ANSWER_PLACES), key=lambda one: one.place)
    for one in on:
        answer = answer_in(fold_letters(one.text))
        if answer:
            return asks, one, ANSWERS.get(answer, "oklart")
    return None


def _asking(best: Clause, near: Sequence[Clause]) -> list[Clause]:
    """The best sentence, or a wish beside it that says more of the matter; where it is itself an answer, the one before it."""
    if not answer_in(fold_letters(best.text)):
        return [best, *(one for one in near if one.sure >= WISH_SURE and one.features["near"] >= best.features["near"])]
    return [one for one in near if one.place == best.place - 1]


def _is_asked(one: Clause) -> bool:
    strength = one.decision.strength if one.decision else "förslag"
    return strength == "förslag" and is_asked_at_meeting(one.text)


def _with_answer(material: Material, asked: Clause, after: Clause, word: Verdict) -> Composed | None:
    """What was asked with what was answered."""
    writer, part = Writer(material), material.part(asked.passage.part_id)
    lead = f"{WORDS[word]} " if word in WORDS else ""
    writer.claim(f"{lead}{said(after, part)}", [writer.cite(part, after)])
    writer.claim(said(asked, part), [writer.cite(part, asked)])
    return writer.done()


def _change(material: Material, found: Sequence[Clause]) -> Composed | None:
    """Ja with the later decision where the register knows that the one asked about was changed."""
    for one in found[:MAX_TRIED]:
        if one.decision is None or one.features["near"] < SURELY_NEAR:
            continue
        changed = _changed(material, one)
        if changed:
            writer, part = Writer(material), material.part(one.passage.part_id)
            writer.claim(f"Ja. {ruled(changed)}", [writer.cite(changed.part, changed.decision.anchor)])
            writer.claim(f"Tidigare: {told(one, part, one.decision)}", [writer.cite(part, one)])
            return writer.done()
    return None


def _lead(word: Verdict, best: Clause, material: Material) -> str:
    """The word the answer opens with; where a decision was asked for and there is none, that."""
    question = material.question.whole
    asks = bool(_ASKS_DECISION.search(fold_letters(question)))
    if word in ("rekommendation", "förslag"):
        return f"{NO_DECISION} " if asks or word == "förslag" else ""
    if asks_decision(question) and (word == "senare" or word == "nej" and is_undecided(best.text)):
        return f"{NOT_DECIDED} "
    if word == "oklart":
        return f"{NO_DECISION} " if asks_decision(question) and best.decision is None else ""
    return f"{WORDS[word]} "


def _as_told(one: Clause, part: Part) -> str:
    decides = one.decision and one.decision.strength not in ("förslag", "information")
    return told(one, part, one.decision) if one.decision and decides else said(one, part)


def _deciding(material: Material, found: Sequence[Clause]) -> tuple[Clause, Verdict]:
    """The clause that answers and what it says: for a decision the first that decides, else the one that says most of it."""
    question = material.question.whole
    judged = [(one, _judged(material, one, question)) for one in _candidates(material, found)]
    decided = [pair for pair in judged if pair[1] in WORDS]
    if not decided or _only_passes_on(*judged[0], decided):
        return judged[0]
    first_counts = asks_decision(question) or _asks_act(question) or asks_stand(question)
    if asks_refused(question):
        return decided[0]
    return _newest(decided) if first_counts else _saying_most(decided)


def _only_passes_on(first: Clause, word: Verdict, decided: Sequence[tuple[Clause, Verdict]]) -> bool:
    """Whether the surest is a decision to propose or to look into, and nothing newer decides what was asked."""
    on_matter = first.decision is not None and first.sure == 1 and first.features["near"] >= SAYS_NEAR
    day = newest_first(first.passage.date)
    return word == "förslag" and on_matter and all(newest_first(one.passage.date) <= day for one, _ in decided)


def _newest(decided: Sequence[tuple[Clause, Verdict]]) -> tuple[Clause, Verdict]:
    """The first that decides, or a newer decision of the same body that says as much of the matter."""
    first = decided[0][0]
    same = [
        pair
        for pair in decided[1:]
        if pair[0].decision
        and pair[0].passage.body == first.passage.body
        and pair[0].features["near"] >= first.features["near"] - AS_MUCH
        and pair[0].features["wrong_time"] <= first.features["wrong_time"]
        and newest_first(pair[0].passage.date) > newest_first(first.passage.date)
    ]
    return max(same, key=lambda pair: newest_first(pair[0].passage.date)) if first.decision and same else decided[0]


def _saying_most(decided: Sequence[tuple[Clause, Verdict]]) -> tuple[Clause, Verdict]:
    """The first that decides, unless another says clearly more of what was asked, or a newer one says the opposite."""
    first, word = decided[0]
    right_time = [pair for pair in decided if pair[0].features["wrong_time"] <= first.features["wrong_time"]]
    more = max(right_time, key=lambda pair: pair[0].features["own"])
    if more[0].features["own"] >= first.features["own"] + SAYS_MORE:
        return more
    newer = [
        pair
        for pair in right_time
        if pair[1] != word
        and newest_first(pair[0].passage.date) > newest_first(first.passage.date)
        and pair[0].features["own"] + pair[0].features["near"]
        >= first.features["own"] + first.features["near"] - AS_MUCH
    ]
    return newer[0] if newer else (first, word)


def _candidates(material: Material, found: Sequence[Clause]) -> list[Clause]:
    """The sentences that may decide: decisions as sure as the best, then the others near the matter, the surest first."""
    question = material.question.whole
    if _ACTS.search(question):
        acts = [one for one in found if _ACTS.search(one.text) and one.sure >= LEAST_DECIDING]
        return [*acts, found[0]]
    if asks_united(fold_letters(question)):
        against = [one for one in found if is_divided(fold_letters(one.text)) and one.features["near"] >= ACT_MATTER]
        return [*against, found[0]]
    stands = [one for one in found if asks_stand(material.question.whole) and _takes_stand(one, found)]
    decided = [one for one in on_the_matter(found, material.question) if one.sure >= 0.7]
    top = found[0].features["near"]
    near = [
        one
        for one in found
        if one.sure >= LEAST_DECIDING
        and one.features["near"] >= max(SAYS_NEAR, NEAR * top)
        and one.features["missing_whole"] <= found[0].features["missing_whole"]
        and not one.features["question"]
    ]
    return list({id(one): one for one in (*stands, *decided[:1], found[0], *near)}.values())[:MAX_TRIED]


def _judged(material: Material, one: Clause, question: str) -> Verdict:
    """What the clause answers; nothing where it is of another place, or says too little of what was asked."""
    word = verdict(question, one.text, one.decision)
    if word not in WORDS or _asks_act(question) or asks_stand(question):
        return word
    near = SAYS_NEAR
    if word == "nej" and one.decision and asks_still(fold_letters(question)):
        near = STILL_NEAR
    elif word == "nej" and one.sure == 1:
        near = SUREST_NEAR
    of_matter = one.features["own"] >= SAYS_NEAR or names_matter(material, one)
    if not _says(one, word, question) or one.features["near"] < near or not (of_matter and _is_of_place(material, one)):
        return "oklart"
    return word


def _asks_act(question: str) -> bool:
    """Whether votes, reservations or everybody's being of one mind are asked for: they stand beside the decision."""
    return bool(_ACTS.search(question)) or asks_united(fold_letters(question))


def _says(one: Clause, word: Verdict, question: str) -> bool:
    """Whether a clause speaks of what was asked itself, or puts off or refuses what stands before it or over it."""
    own = one.features["own"]
    if (
        word == "nej"
        and one.sure == 1
        and (own >= SUREST_OWN or one.decision and one.features["heading"] >= SUREST_OWN)
    ):
        return True
    if one.decision is None:
        states = word != "ja" or bool(predicate(question)) or MODAL.match(fold_letters(question))
        return own >= (SAYS_SO if states else SAYS_ALL)
    held = own >= SAYS_SO or one.features["heading"] >= HEADED
    replaced = word == "nej" and asks_still(fold_letters(question))
    return held or replaced or one.decision.outcome not in (None, "bifall")


def _takes_stand(one: Clause, found: Sequence[Clause]) -> bool:
    """Whether a sentence by the best one says that a stand was or was not taken."""
    return one.passage == found[0].passage and bool(TAKES_STAND.search(fold_letters(one.text)))


def _is_of_place(material: Material, one: Clause) -> bool:
    """Whether a clause is of the municipalities asked about: one that names others only is not."""
    asked = {seat.value for seat in named_seats(material.question.whole, material.known)}
    text = f"{' '.join(one.passage.heading)} {one.text}"
    held = {seat.value for seat in named_seats(text, material.known)}
    return not asked or asked <= held or not held and one.features["name_missing"] == 0


def _changed(material: Material, best: Clause) -> Ruling | None:
    """The sure later decision that changes or lifts the one the answer stands on."""
    if best.decision is None or material.question.filter.date_from:
        return None
    rulings = later(material, best.decision.decision_id)
    return next((one for one in rulings if one.is_sure and one.link.relation != "bekräftat"), None)


def _lifts(ruling: Ruling, material: Material) -> bool:
    """Whether the later decision takes the matter back, and the question does not ask for that itself."""
    question = material.question.whole
    return ruling.link.relation == "upphävt" and not (later_words.relation_of(question) or asks_refused(question))


def _taken_back(one: Clause, found: Sequence[Clause], material: Material) -> Clause | None:
    """The later clause on the same matter that takes back what this one says; None where the question asks for that."""
    question = material.question.whole
    if one.passage.date is None or _CANCELS.search(question) or _ACTS.search(question) or asks_refused(question):
        return None
    later_ones = [
        other
        for other in found
        if other.passage.date
        and other.passage.date > one.passage.date
        and _CANCELS.search(other.text)
        and other.features["near"] >= max(LEAST_MATTER, one.features["near"]) * TAKEN_BACK_MATTER
        and other.features["own"] > 0
        and not other.features["other_form"]
        and names_matter(material, other)
    ]
    return max(later_ones, key=lambda other: (other.decision is not None, other.features["near"]), default=None)


def _beside(best: Clause, back: Clause | None, found: Sequence[Clause], material: Material) -> list[Clause]:
    """What another meeting says of the same: where sources differ both are told; else the next surest."""
    near = best.features["near"] * SAME_MATTER
    other = [
        one
        for one in found
        if one.passage.part_id != best.passage.part_id
        and one.features["near"] >= near
        and one.sure >= LEAST_SURE
        and not one.features["row"]
    ]
    decided = on_the_matter(found, material.question)
    surest = [one for one in (*decided, *found[:3]) if one != best and one.sure >= 0.3]
    texts = analysis.fold(best.text)
    return [one for one in (other or surest) if analysis.fold(one.text) != texts and one != back][:1]
