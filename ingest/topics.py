"""Recurring matters over meetings: from headings and their salient terms, named as people write them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.embedding import idf
from corpus.records import Meeting, Part, Passage, Topic
from corpus.swedish import analysis
from corpus.swedish.headings import bare, is_formality
from corpus.swedish.later import generic_words

MIN_MEETINGS = 2
MAX_TOPICS = 300
# A candidate whose passages are this much another topic's own is the same topic under a less telling word.
SAME_TOPIC = 0.6
# In more than this share of the meetings a word is the archive's everyday and no matter (in archives of ten or more).
EVERYDAY = 0.5
EVERYDAY_PASSAGES = 0.08
MIN_EVERYDAY = 12
MIN_RARITY = 0.35
# A part of compounds carries a topic only when it is telling by itself: mobil, but not elev or skol.
MIN_PART_RARITY = 0.5
MIN_NAME_CHARS = 3


@dataclass(slots=True)
class _Candidate:
    term: str
    meetings: set[str] = field(default_factory=set)
    passages: set[str] = field(default_factory=set)
    words: Counter[str] = field(default_factory=Counter)
    headings: Counter[str] = field(default_factory=Counter)


def find_topics(parts: Mapping[str, Part], meetings: Sequence[Meeting], passages: Sequence[Passage]) -> list[Topic]:
    """The matters that headings of two or more meetings name, the most recurring first."""
    of = {part_id: meeting.meeting_id for meeting in meetings for part_id in meeting.part_ids}
    held = [passage for passage in passages if passage.part_id in of]
    candidates = _candidates(held, of, _own_names(parts))
    limit = max(MIN_EVERYDAY, EVERYDAY_PASSAGES * len(held))
    ranked = sorted(candidates.values(), key=lambda one: (-_weight(one), one.term))
    chosen: list[_Candidate] = []
    owners: dict[str, list[int]] = defaultdict(list)
    for one in ranked:
        if len(chosen) == MAX_TOPICS:
            break
        if len(one.passages) <= limit and _is_topic(one, len(meetings)) and not _is_taken(one, owners, chosen):
            for passage_id in one.passages:
                owners[passage_id].append(len(chosen))
            chosen.append(one)
    return [Topic(name=_name(one), terms=(one.term,), passage_ids=tuple(sorted(one.passages))) for one in chosen]


def _own_names(parts: Mapping[str, Part]) -> frozenset[str]:
    """Words of people's, places' and bodies' names: who and where, never what."""
    told = (
        value
        for part in parts.values()
        for one in part.participants
        for value in (one.name, one.seat or "", one.role or "")
    )
    bodies = (fact.value or "" for part in parts.values() for fact in part.bodies)
    return frozenset(word.strip(",.()").lower() for text in (*told, *bodies) for word in text.split())


def _candidates(passages: Sequence[Passage], of: Mapping[str, str], names: frozenset[str]) -> dict[str, _Candidate]:
    """Terms of headings; then all passages that say them, under whatever heading."""
    found: dict[str, _Candidate] = {}
    for passage in passages:
        heading = bare(passage.heading[-1]) if passage.heading else ""
        if not heading or is_formality(heading):
            continue
        for term, word in _terms(heading):
            if word.lower() in names or word.lower().removesuffix("s") in names:
                continue
            one = found.setdefault(term, _Candidate(term))
            one.meetings.add(of[passage.part_id])
            one.passages.add(passage.passage_id)
            one.words[word] += 1
            one.headings[heading] += 1
    for passage in passages:
        for term in {term for term, _ in _terms(passage.text)}:
            if term in found:
                found[term].passages.add(passage.passage_id)
    return found


def _terms(text: str) -> Iterator[tuple[str, str]]:
    """(term, word as written) of each content word: its root, and those of a compound's parts."""
    for match in re.finditer(r"[^\W\d_]+(?:-[^\W\d_]+)*", text):
        word = analysis.analyse_word(match.group().lower())
        if word.is_stop or word.lemma in generic_words() or len(word.lemma) < MIN_NAME_CHARS:
            continue
        for term in dict.fromkeys((word.lemma, *word.parts)):
            rare = MIN_RARITY if term == word.lemma else MIN_PART_RARITY
            if term not in generic_words() and len(term) >= MIN_NAME_CHARS and idf(term) >= rare:
                yield term, match.group()


def _weight(one: _Candidate) -> float:
    """How much of a topic: in how many meetings' headings, and rare in the language."""
    return len(one.meetings) * idf(one.term)


def _is_topic(one: _Candidate, meetings: int) -> bool:
    share = len(one.meetings) / max(meetings, 1)
    return len(one.meetings) >= MIN_MEETINGS and (meetings < 10 or share <= EVERYDAY)


def _is_taken(one: _Candidate, owners: Mapping[str, Sequence[int]], chosen: Sequence[_Candidate]) -> bool:
    shared: Counter[int] = Counter(n for passage_id in one.passages for n in owners.get(passage_id, ()))
    return any(
        count >= SAME_TOPIC * len(one.passages) and _is_same_heading(one, chosen[n]) for n, count in shared.items()
    )


def _is_same_heading(one: _Candidate, other: _Candidate) -> bool:
    both = sum((one.headings & other.headings).values())
    return both >= SAME_TOPIC * sum(one.headings.values())


def _name(one: _Candidate) -> str:
    """The heading that recurs, else the word people write most; of those about as common the shortest."""
    heading, times = min(one.headings.items(), key=lambda pair: (-pair[1], len(pair[0]), pair[0]))
    if times >= 2 and len(heading.split()) <= 4:
        return heading[:1].upper() + heading[1:]
    most = max(one.words.values())
    common = [word for word, count in one.words.items() if 2 * count >= most]
    word = min(common, key=lambda word: (one.term not in word.lower(), len(word), word))
    return word[:1].upper() + word[1:]
