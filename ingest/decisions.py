"""Decisions with their strength, outcome, votes and reservations: clause by clause under each agenda item."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.records import AgendaItem, Anchor, Decision, Outcome, Strength
from corpus.swedish import wording
from corpus.swedish.bodies import spelled_out
from corpus.swedish.names import FIRST, kinds
from corpus.swedish.wording import DecidingVerb, fold_letters
from ingest.clauses import Clause
from ingest.persons import NAME
from ingest.running import Running

# Labels whose text is a decision without a verb of its own (*Beslut: Avgiften höjs.*), and its strength.
LABELS: tuple[tuple[str, Strength], ...] = (
    (r"(?:(?:[a-z-]+ och )?[a-z-]+s )?(?:forslag(?: till beslut)?|beslutsforslag)", "förslag"),
    (r"(?:(?:[a-z-]+ och )?[a-z-]{4,}s )?beslut", "beslut"),
    (
        r"bestamt|beslutat|slutsats(?:en|er)?(?: ?/ ?beslut)?|beslut ?/ ?(?:slutsats|atgard)(?:er)?|beslut i fragan",
        "beslut",
    ),
    (r"rekommendation", "rekommendation"),
    (r"overenskommelse", "överenskommelse"),
    (r"stallningstagande", "ställningstagande"),
)
# Papers that call to a meeting or are shown at it decide nothing.
# What a body's kind is called alone, and which names of bodies are of that kind. A group may be called a network.
KINDS: dict[str, str] = {
    "natverket": r"natverk|grupp|forum|chefer|rektorer",
    "gruppen": r"grupp|chefer|rektorer|team",
    "radet": r"rad(?:et)?\b",
    "namnden": r"namnd",
    "styrelsen": r"styrelse",
    "utskottet": r"utskott",
    "kommitten": r"kommitte",
}
# Words that are the subject only right before the verb: *alla skolor beslutar* are others.
ADJACENT = ("alla", "samtliga", "vi", "man")
MEMBERS = ("deltagarna", "ledamoterna", "medlemmarna", "representanterna", "grupperna", "natverken")
UNDECIDING = ("kallelse", "dagordning", "bildspel")
VERBLESS = ("förslag", "ställningstagande", "rekommendation")
SUBJECT_CHARS = 45
# A clause no longer than this leans on its heading.
SHORT_CHARS = 40
_VOTES = re.compile(
    r"\b(?:\w+ (?:röster?|ja-röster|nej-röster)\b|röstade (?:för|mot|emot|ja|nej)|röstar (?:för|mot|ja|nej)|handuppräckning|"
    r"votering(?:en)? |omröstningen utfaller|\d+ mot \d+\b)",
    re.IGNORECASE,
)
_RESERVED = re.compile(
    rf"reserver(?:ar|ade) sig|avvikande mening|röstade emot|blank reservation|\breservation\b.*{NAME}"
)
_PERSON = re.compile(rf"{NAME}|\b[A-ZÅÄÖ][\wåäö]+s (?:förslag|yrkande)\b")
_PASSIVE = re.compile(
    r"(?:as|ades|aggs|lades|tas|ogs|vs|alls|olls|lls|ldes|ks|ndes|ms|djs|ges|gavs|juts|oks|lts|mdes|des|ags|llts|anns|tses|ljs)$"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setting:
    """What a clause is judged by: the part's own bodies."""

    bodies: tuple[str, ...] = ()

    def is_other(self, word: str) -> bool:
        """Whether a collective is another body than the part's own: *nämnden* in a network's notes, *gruppen* too (its
        working group), a name of its own that is not ours, or people that the body is not made of."""
        own = [fold_letters(body) for body in self.bodies]
        own_kinds = [kind for kind in KINDS.values() if any(re.search(kind, body) for body in own)]
        if word in KINDS:
            return bool(own_kinds) and KINDS[word] not in own_kinds
        if not own:
            return False
        if re.fullmatch(r".{3,}(?:natverket|gruppen|radet|namnden|utskottet|styrelsen)", word):
            return not any(_is_like(word, body) for body in own) and not self._is_by_letters(word)
        people = re.fullmatch(r"(.{4,}?)(?:erna|arna)", word)
        return bool(people and word not in MEMBERS and not any(people[1][:6] in body for body in own))

    def _is_by_letters(self, word: str) -> bool:
        """*BUC-gruppen* in the notes of Barn- och utbildningschefsgruppen, and the other way round."""
        letters, _, head = word.partition("-")
        return spelled_out(f"{letters.upper()}-{head}", self.bodies) is not None or any(
            spelled_out(body, (word,)) for body in self.bodies
        )


def _is_like(word: str, body: str) -> bool:
    return word in body or body in word or word[:6] == body[:6]


def find_decisions(
    part_id: str, whole: Running, clauses: Sequence[Clause], items: Sequence[AgendaItem], setting: Setting
) -> tuple[Decision, ...]:
    """Every clause that decides, recommends, agrees or proposes; housekeeping of the meeting left out."""
    found: list[Decision] = []
    before: Anchor | None = None
    last: AgendaItem | None = None
    texts = [" ".join(whole.text[one.start : one.end].split()) for one in clauses]
    for n, clause in enumerate(clauses):
        anchor = whole.anchor(clause.start, clause.end)
        item = item_of(items, anchor)
        told = judge(texts[n], clause, setting)
        is_after = bool(found) and found[-1].anchor == before and item == last
        if told is None and not texts[n].endswith("?"):
            told = _unsaid(texts[n], is_after=is_after, is_open=_is_open_matter(found, item))
        before, last = anchor, item
        if told is None:
            continue
        if item and len(texts[n]) < SHORT_CHARS and wording.is_formality(f"{item.title} {texts[n]}"):
            continue  # *Dagordning* over *Godkänns.*
        votes, reservations = _dissent(whole, clauses, texts, n, items)
        found.append(
            Decision(
                decision_id=hashlib.sha256(f"{part_id}:{anchor.page}:{anchor.start}".encode()).hexdigest()[:24],
                text=understandable(texts[n], clause.lead),
                strength=told[0],
                outcome=told[1],
                item_number=item.number if item else None,
                item_title=item.title if item else None,
                anchor=anchor,
                votes=votes,
                reservations=reservations,
            )
        )
    return tuple(one for n, one in enumerate(found) if not _is_counted(one, found[n + 1 :]))


def _unsaid(text: str, *, is_after: bool, is_open: bool) -> tuple[Strength, Outcome | None] | None:
    """What a clause without a deciding verb settles: an amount right after no decision, what all do from a day on, and
    that a matter on which nothing is decided is put off."""
    if wording.sets_amount(text) and not is_after:
        return "beslut", "bifall"
    if wording.is_settled(text):
        return "överenskommelse", None
    return ("beslut", "bordlagt") if is_open and wording.is_postponed(text) else None


def _is_open_matter(found: Sequence[Decision], item: AgendaItem | None) -> bool:
    """Whether nothing is decided yet under the item."""
    if item is None:
        return not found
    return all((one.item_number, one.item_title) != (item.number, item.title) for one in found)


def _is_counted(one: Decision, later: Sequence[Decision]) -> bool:
    """Whether it only tells how a vote went on what the next decision of the item says."""
    return bool(re.search(r"\b(?:ja|nej)-?röster\b", one.text)) and any(
        (other.item_number, other.item_title) == (one.item_number, one.item_title) for other in later
    )


def understandable(text: str, lead: str) -> str:
    """A row of a list with the words that lead it: *Nätverket beslutar* + *att avgiften höjs*."""
    kept = re.sub(r"[,;]?\s*(?:samt|och)?$", "", text)
    if not lead:
        return text
    opening = lead.rstrip(" :") if kept.startswith("att ") or not lead.rstrip().endswith(":") else lead.rstrip()
    if opening.endswith(" att") and kept.startswith("att "):
        opening = opening[: -len(" att")]
    return f"{opening} {kept}"


def judge(text: str, clause: Clause, setting: Setting) -> tuple[Strength, Outcome | None] | None:
    """Strength and outcome of a clause, None where it decides nothing."""
    if text.endswith("?"):
        return None
    if wording.is_noted(text):
        return "information", None
    if wording.is_unsettled(text) or (clause.label and _is_task(text)):
        return None
    if wording.is_undecided(text) and len(text) < 160:
        return "beslut", "inget beslut"
    if wording.is_formality(understandable(text, clause.lead)) or wording.is_view(text):
        return None
    strength = _strength(text, clause, setting)
    if strength is None:
        return None
    return strength, wording.outcome_of(text, strength) if strength in (
        "beslut",
        "förslag",
    ) and strength == "beslut" else None


def _is_task(text: str) -> bool:
    """Whether a clause under a label is a person's promise (*Eva bokar lokalen*), no decision."""
    match = _ACTS.match(text)
    return match is not None and any(FIRST in kinds(part) for part in match["first"].split("-"))


_ACTS = re.compile(
    rf"(?P<first>[A-ZÅÄÖ][\wåäöé]+(?:-[A-ZÅÄÖ]\w+)?)(?: [A-ZÅÄÖ][\wåäöé-]*)? (?:{wording.promise_pattern()}|{wording.promise_pattern(dated=True)})"
)


def _strength(text: str, clause: Clause, setting: Setting) -> Strength | None:
    labelled = next((strength for pattern, strength in LABELS if re.fullmatch(pattern, clause.label)), None)
    if clause.lead and labelled != "förslag":
        led = _by_verbs(f"{clause.lead} ", setting)
        if led:
            return led
    own = _by_verbs(text, setting)
    if clause.label:
        whose = re.fullmatch(r"([a-z-]+)s beslut", clause.label)
        if whose and setting.is_other(whose[1]):
            return own
        if labelled == "förslag" or (labelled == "beslut" and own == "överenskommelse"):
            return labelled
        return own or (labelled if len(text) > 3 else None)
    return own


def _by_verbs(text: str, setting: Setting) -> Strength | None:
    """The first verb that the body itself stands for, in its own sentence, at this meeting."""
    text = _SUMMED_UP.sub("", " ".join(text.split()))
    flat = fold_letters(text)
    same = text
    for verb in wording.deciding_verbs(text):
        if _is_own(flat, same, verb, setting):
            return verb.strength
    return None


# Who sums up tells what the meeting said: *Eva sammanfattade att vi rekommenderar …*.
_SUMMED_UP = re.compile(
    r"^.*\b(?:sammanfattade|summerade|avrundade med|konstaterade)(?: det)?(?: med)? att (?=(?:vi|alla|gruppen|nätverket|rådet)\b)"
)


def _is_own(flat: str, text: str, verb: DecidingVerb, setting: Setting) -> bool:
    before, after = flat[: verb.start], flat[verb.end :]
    if wording.is_subordinate(before) or wording.is_told_of_others(text):
        return False
    if wording.is_earlier(_without_subject(after)) and re.search(
        r"(?:de|des|og|ogs|te|tes)$", flat[verb.start : verb.end].split()[0]
    ):
        return False
    said = flat[verb.start : verb.end]
    if wording.is_told_later(before, said, after):
        return False
    return _has_subject(flat, text, verb, setting) or _is_passive(said, text[: verb.start], verb, after)


def _without_subject(after: str) -> str:
    first = wording.collectives(after[:30])
    return after[first[0][1] :] if first and first[0][0] < 3 else after


def _has_subject(flat: str, text: str, verb: DecidingVerb, setting: Setting) -> bool:
    """Whether a collective stands right before the verb, or right after it where the clause opens otherwise."""
    start = max(0, verb.start - SUBJECT_CHARS)
    before = wording.collectives(flat[start : verb.start])
    between = text[start + before[-1][1] : verb.start] if before else ""
    if before and before[-1][2] in ADJACENT and between.strip():
        return False
    if before and not _PERSON.search(between):
        return not setting.is_other(before[-1][2]) and not _is_possessive(flat, start + before[-1][1])
    after = wording.collectives(flat[verb.end : verb.end + 25])
    if after and after[0][0] <= 1 and verb.start > 0 and after[0][2] != "man":
        return not setting.is_other(after[0][2])
    names = [fold_letters(body) for body in setting.bodies]
    return any(name in flat[start : verb.start] for name in names) or any(
        word[:8] in flat[start : verb.start] for word in names if len(word) > 12
    )


def _is_possessive(flat: str, at: int) -> bool:
    return flat[at : at + 1] == "s"


def _is_passive(said: str, before: str, verb: DecidingVerb, after: str) -> bool:
    """*Ärendet bordläggs*, *Avgiften bestämdes till*: nobody named, so the meeting did it. Not *beslutas av rektor*."""
    word = said.split()[0]
    if wording.is_impersonal(said):
        return True
    if verb.strength in VERBLESS and word not in ("rekommenderas", "rekommenderades") and not said.startswith("vart"):
        return verb.strength == "förslag" and said.startswith(("natverkets", "gruppens", "radets", "forslag:"))
    if re.match(r"\s+av\b", after) or after.startswith(" om utredning"):
        return False
    if verb.strength == "överenskommelse":
        return not said.startswith(wording.PERSONAL)
    is_bare = not before.strip() and said.startswith(("beslut", "enhalligt"))
    return is_bare or bool(_PASSIVE.search(word)) or said.startswith(("vart", "till ", "rekommenderas"))


def _dissent(
    whole: Running, clauses: Sequence[Clause], texts: Sequence[str], n: int, items: Sequence[AgendaItem]
) -> tuple[str | None, tuple[str, ...]]:
    """Votes told just before or after the decision and reservations after it, within the same item."""
    here = item_of(items, whole.anchor(clauses[n].start, clauses[n].end))

    def same(at: int) -> bool:
        return item_of(items, whole.anchor(clauses[at].start, clauses[at].end)) == here

    before = [texts[at] for at in range(max(0, n - 2), n) if same(at)]
    after = [texts[at] for at in range(n + 1, min(len(texts), n + 5)) if same(at)]
    votes = next((text for text in [texts[n], *reversed(before), *after[:1]] if _VOTES.search(text)), None)
    return votes, tuple(text for text in after if _RESERVED.search(text))


def item_of(items: Sequence[AgendaItem], anchor: Anchor) -> AgendaItem | None:
    """The item whose span holds the anchor."""
    return next(
        (
            item
            for item in reversed(items)
            if any(span.page == anchor.page and span.start <= anchor.start < span.end for span in item.spans)
        ),
        None,
    )


def iter_strengths(text: str) -> Iterator[Strength]:
    """The strengths of all deciding verbs of a text, whoever says them."""
    return (verb.strength for verb in wording.deciding_verbs(text))
