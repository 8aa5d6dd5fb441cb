"""Inför mötet and "Har vi haft uppe det här förut?" as lines for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assistant.briefing import action_text, day_of, searched, sections_of, source_of, waiting_of


def discussed_lines(found: Mapping[str, Any]) -> list[str]:
    """The answer first, then each mention in time order, then what is left undone."""
    return [*_answer(found), *_mentions(found), *_loose(found), searched(found["coverage"])]


def _answer(found: Mapping[str, Any]) -> Iterator[str]:
    mentions = found["mentions"]
    if not mentions:
        yield f"Nej, det hittas inte i arkivet (sökt på: {', '.join(found['topic']) or found['text'][:60]})."
        return
    meetings = len({row["meeting_id"] for row in mentions})
    often = "ett möte" if meetings == 1 else f"{meetings} möten"
    start = "Inte under det namnet, men liknande har varit uppe på" if found["is_related"] else "Ja, på"
    yield f"{start} {often}, senast {day_of(mentions[-1])} ({mentions[-1]['body'] or mentions[-1]['file']})."
    outcome = found["last_outcome"]
    if outcome:
        yield f"Senaste utfall: {outcome['stage']}: «{outcome['quote']}» ({source_of(outcome)})"
        for one in outcome["changed_by"]:
            sure = "" if one["link"] != "suggested" else " (förslag, inte bekräftat)"
            yield f"  därefter {one['relation']} {one['date'] or ''}{sure}: «{one['text']}» ({one['file']}, s. {one['page']})"
    else:
        yield "Inget beslut hittas i frågan."


def _mentions(found: Mapping[str, Any]) -> Iterator[str]:
    if found["mentions"]:
        yield "\nTidigare behandling"
    for row in found["mentions"]:
        yield f"  {day_of(row)}  {row['stage']}: «{row['quote']}» ({source_of(row)})"


def _loose(found: Mapping[str, Any]) -> Iterator[str]:
    if found["loose_ends"]:
        yield "\nLösa trådar"
    for row in found["loose_ends"]:
        text = action_text(row) if row["kind"] == "åtagande" else f"{row['kind'].capitalize()}: «{row['quote']}»"
        yield f"  {text} ({source_of(row)})"
    if found["mentions"]:
        yield ""


def briefing_lines(brief: Mapping[str, Any]) -> list[str]:
    """The briefing item by item."""
    lines = [f"Inför mötet: {brief['body'] or 'okänt nätverk'}{' ' + brief['date'] if brief['date'] else ''}"]
    for item in brief["items"]:
        lines.append("\n" + " ".join(part for part in (item["number"], item["title"]) if part))
        if not item["is_formal"]:
            sections = sections_of(dict(item))
            lines += _section_lines(sections) if sections else ["  Inget tidigare i arkivet."]
    for title, rows in waiting_of(dict(brief)):
        lines += ["", *_section_lines([(title, rows)])]
    return [*lines, "", searched(brief["coverage"])]


def _section_lines(sections: list[tuple[str, list[tuple[str, str]]]]) -> list[str]:
    lines = []
    for title, rows in sections:
        lines.append(f"  {title}")
        lines += [f"    – {text} ({source})" for text, source in rows]
    return lines
