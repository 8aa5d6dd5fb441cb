"""What people set over what was read: words on pages, and links between decisions confirmed, made or denied."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

from corpus.alignment import apply_edits, to_raw
from corpus.corrections import same_words
from corpus.records import Correction, Decision, DecisionLink, Meeting, Page, Part, Relation
from corpus.swedish.spelling import trail

RELATIONS = ("ändrat", "upphävt", "bekräftat")
# Values by which a person says that a link is wrong.
NO_LINK = ("nej", "inget", "ingen")
_VALUE = re.compile(r"^\s*(\w+)\s*(?::\s*(.*))?$", re.DOTALL)


def with_people(
    links: Sequence[DecisionLink],
    parts: Mapping[str, Part],
    meetings: Sequence[Meeting],
    corrections: Sequence[Correction],
    documents: Mapping[str, str],
) -> list[DecisionLink]:
    """The links with people's over them: `ändrat: words of the earlier decision`, `ändrat` alone confirms, `nej` denies."""
    found = list(links)
    days = {one: meeting.date.value for meeting in meetings for one in meeting.part_ids}
    every = [(part, decision) for part in parts.values() for decision in part.decisions]
    mine = [one for one in corrections if one.path == "link"]
    for correction in sorted(mine, key=lambda one: (one.correction_id or 0, one.when)):
        said, earlier_words = _read(correction.value)
        for part, later in every:
            if _is_meant(correction, part, later, documents):
                before = [d for p, d in every if _is_before(days.get(p.part_id), days.get(part.part_id))]
                found = _applied(
                    found,
                    later,
                    said,
                    [d for d in before if same_words(earlier_words, d.text)] if earlier_words else None,
                )
    return sorted(found, key=lambda link: (link.later_id, link.earlier_id))


def _read(value: str) -> tuple[str, str]:
    match = _VALUE.match(value)
    return (match[1].lower(), (match[2] or "").strip()) if match else ("", "")


def _is_meant(correction: Correction, part: Part, decision: Decision, documents: Mapping[str, str]) -> bool:
    document = documents.get(correction.source, part.document_id)
    return (
        part.document_id == document
        and part.ordinal == correction.part
        and bool(same_words(correction.quote, decision.text))
    )


def _is_before(one: object, other: object) -> bool:
    return one is not None and other is not None and str(one) < str(other)


def _applied(
    links: list[DecisionLink], later: Decision, said: str, earlier: Sequence[Decision] | None
) -> list[DecisionLink]:
    """`earlier` None means every decision that the later one is linked to."""
    mine = [link for link in links if link.later_id == later.decision_id]
    ids = {link.earlier_id for link in mine} if earlier is None else {one.decision_id for one in earlier}
    kept = [link for link in links if link.later_id != later.decision_id or link.earlier_id not in ids]
    if said in NO_LINK:
        return kept
    if said in RELATIONS:
        relation = cast("Relation", said)
        made = [
            DecisionLink(
                earlier_id=one, later_id=later.decision_id, relation=relation, basis="person", clause=later.text
            )
            for one in sorted(ids)
        ]
        return kept + made
    return links


def with_words(pages: Sequence[Page], corrections: Sequence[Correction]) -> tuple[Page, ...]:
    """The pages with people's words in the place of those read wrong, each on the trail like any repair."""
    words = [one for one in corrections if one.path == "word" and one.quote.strip()]
    return tuple(_with_words(page, words) for page in pages) if words else tuple(pages)


def _with_words(page: Page, words: Sequence[Correction]) -> Page:
    edits: list[tuple[int, int, str]] = []
    for one in words:
        for match in re.finditer(rf"(?<!\w){re.escape(one.quote)}(?!\w)", page.text):
            if all(match.end() <= start or end <= match.start() for start, end, _ in edits):
                edits.append((*match.span(), one.value))
    if not edits:
        return page
    edits.sort()
    places = ((to_raw(page.alignment, start, end), new) for start, end, new in edits)
    made = trail(page.raw, [(*place, new, "för hand") for place, new in places if place])
    text, alignment = apply_edits(page.text, page.alignment, edits)
    return replace(page, text=text, alignment=alignment, repairs=(*page.repairs, *made))
