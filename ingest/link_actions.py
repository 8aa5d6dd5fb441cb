"""Actions that a later meeting reports done: the sentence that says so, by matter and by who had it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.records import Action, ActionLink, Anchor, Meeting, Part, Passage
from corpus.swedish.headings import without_number
from corpus.swedish.wording import fold_letters
from ingest.matter import Rarity, Terms, length, terms_of
from ingest.matters import counting_parts
from ingest.meetings import MINUTES, body_key, body_names

# Share of the action's weight that a report holds. Found on the samples and tests/cases/actions_done.toml: lower took
# reports on other matters by the same person, higher lost reports in other words.
HELD = 0.5
# Enough where the one who had the action is named in the report.
HELD_BY_OWNER = 0.34
# A report comes at one of the next meetings; later ones speak of another round.
WITHIN = timedelta(days=550)
MIN_TERMS = 2
COMMON_SHARE = 0.1
# Verbs of promising: a report says what came of it in other words.
PROMISING = (
    "undersöka undersöker kolla kollar återkomma återkommer kontakta kontaktar kontakt höra hör stämma stämmer prata pratar"
    " ansvara ansvarar ordna ordnar fixa titta tittar fråga frågar bjuda erbjuda möte gång vid"
)
MIN_COMMON = 40

# A sentence that reports something carried out. Present where minutes tell what happened in the present tense.
_DONE = re.compile(
    r"\b(?:(?:har|hade)(?: nu| också| även| redan| tillsammans| under \w+)* \w+(?:at|it|tt|ts|gjort|fått|satt|lagt|gått)s?\b"
    r"|(?:är|var|blev|blivit) (?:nu |redan |även )?(?:klar|färdig|genomför|utskicka|skicka|boka|avsluta|utför|gjor|beställ|tecknad)\w*"
    r"|(?:är|var|blev|blivit) (?:nu |redan |även )?(?:framtag\w*|ta(?:gen|get|gna) fram)"
    r"|(?:redovisa|presentera|rapportera|återrapportera|avrapportera|visa|delge|berätta|informera|dela|skicka|lämna|samla|boka|genomför)(?:de|r|des|t)\b"
    r"|redogjorde|redogör|gick igenom|går igenom|delade ut|delar ut|tog fram|lade fram|skickade ut|hade med sig|genomförde|genomfördes)",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(
    r"\b(?:inte|ej|kvarstår|återstår|pågår|fortsätter arbetet|skjuts upp|försena\w*|ska|kommer att|återkommer|planerar att)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ–•-])|\n\s*\n|\n(?=\s*[-•–*]\s)")


@dataclass(frozen=True, slots=True)
class Report:
    """A sentence of a meeting's minutes that reports something done, with what its heading adds."""

    part: Part
    day: date
    body: str
    anchor: Anchor
    terms: Terms
    names: str


def actions_done(
    parts: Mapping[str, Part], meetings: Sequence[Meeting], passages: Sequence[Passage]
) -> list[ActionLink]:
    """For each action the first later report that fits; an action without one is still open."""
    reports = list(_reports(parts, meetings, passages))
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    sizes: dict[str, int] = defaultdict(int)
    for number, report in enumerate(reports):
        sizes[report.body] += 1
        for term in report.terms:
            index[report.body, term].append(number)
    owned = list(_actions(parts, meetings))
    rarity = Rarity([*(report.terms for report in reports), *(terms for _, _, _, terms in owned)])
    found: list[ActionLink] = []
    for action, day, body, terms in owned:
        most = max(MIN_COMMON, int(COMMON_SHARE * sizes[body]))
        near = {n for term in terms if len(index[body, term]) <= most for n in index[body, term]}
        fit = _first_fit(action, day, rarity.weighed(terms), [reports[n] for n in sorted(near)])
        if fit:
            found.append(ActionLink(action_id=action.action_id, part_id=fit.part.part_id, anchor=fit.anchor))
    return sorted(found, key=lambda link: link.action_id)


def _actions(parts: Mapping[str, Part], meetings: Sequence[Meeting]) -> Iterator[tuple[Action, date, str, Terms]]:
    names = body_names(parts.values())
    promising = terms_of(PROMISING)
    for meeting in meetings:
        if meeting.date.value and meeting.bodies:
            body = names[body_key(meeting.bodies[0])]
            for action in (one for part_id in meeting.part_ids for one in parts[part_id].actions):
                owner, whole = terms_of(" ".join(action.who)), terms_of(action.what)
                terms = {term: weight for term, weight in whole.items() if term not in owner and term not in promising}
                yield action, meeting.date.value, body, terms


def _reports(parts: Mapping[str, Part], meetings: Sequence[Meeting], passages: Sequence[Passage]) -> Iterator[Report]:
    names = body_names(parts.values())
    telling: dict[str, tuple[date, str]] = {}
    for meeting in meetings:
        if meeting.date.value and meeting.bodies:
            for part in _best([parts[one] for one in meeting.part_ids]):
                telling[part.part_id] = meeting.date.value, names[body_key(meeting.bodies[0])]
    for passage in passages:
        if passage.part_id in telling:
            day, body = telling[passage.part_id]
            heading = terms_of(" ".join(passage.heading), 0.5)
            for start, end in _sentences(passage.text, without_number(passage.heading[-1]) if passage.heading else ""):
                sentence = passage.text[start:end]
                flat = " ".join(sentence.split())
                if _DONE.search(flat) and not _NOT_DONE.search(flat):
                    anchor = _anchor(passage, start, end)
                    yield Report(
                        parts[passage.part_id], day, body, anchor, {**heading, **terms_of(flat)}, fold_letters(flat)
                    )


def _best(parts: Sequence[Part]) -> list[Part]:
    """The minutes that count; of a meeting without decisions its first minutes."""
    return (
        counting_parts(parts) or [part for part in parts if part.kind.value in MINUTES or part.kind.value is None][:1]
    )


def _anchor(passage: Passage, start: int, end: int) -> Anchor:
    """The sentence's place on its page: a passage's text is that of its spans, joined by line breaks."""
    at = 0
    for span in passage.spans:
        size = span.end - span.start
        if start < at + size:
            last = min(end, at + size)
            return Anchor(
                page=span.page,
                start=span.start + start - at,
                end=span.start + last - at,
                quote=passage.text[start:last],
            )
        at += size + 1
    return Anchor(page=passage.page, start=passage.spans[0].start, end=passage.spans[0].end, quote=passage.text)


def _sentences(text: str, heading: str) -> Iterator[tuple[int, int]]:
    """The sentences' places, the heading's own line left out."""
    first, _, _ = text.partition("\n")
    at = len(first) if heading and first.strip().endswith(heading) else 0
    for match in [*_SENTENCE.finditer(text, at), None]:
        stop = match.start() if match else len(text)
        piece = text[at:stop]
        start = at + len(piece) - len(piece.lstrip())
        if piece.strip():
            yield start, start + len(piece.strip())
        at = match.end() if match else stop


def _first_fit(action: Action, day: date, terms: Terms, reports: Sequence[Report]) -> Report | None:
    """The best report of the first later meeting that has one."""
    whole = length(terms) ** 2 or 1.0
    fits: list[tuple[date, float, Report]] = []
    for report in reports:
        if day < report.day <= day + WITHIN:
            shared = [term for term in terms if term in report.terms]
            held = sum(terms[term] ** 2 for term in shared) / whole
            by_owner = _names_owner(action, report.names)
            if held >= (HELD_BY_OWNER if by_owner else HELD) and len(shared) >= (1 if by_owner else MIN_TERMS):
                fits.append((report.day, -held, report))
    return min(fits, key=lambda fit: (fit[0], fit[1], fit[2].anchor.page, fit[2].anchor.start))[2] if fits else None


def _names_owner(action: Action, text: str) -> bool:
    return any(fold_letters(who) in text or fold_letters(who.split()[0]) + " " in text for who in action.who if who)
