"""What the minutes say is attached to them, and whether it has been read in."""

from __future__ import annotations

import re
from datetime import date

from assistant.material import Composed, Material, Writer
from assistant.references import item_title_at, meeting_name
from corpus.records import Attachment, Part, Span
from corpus.swedish.wording import fold_letters

_ASKS = re.compile(
    r"^(?:och |men )?(?:(?:vilka|vad for|lista|hur manga)(?: \w+){0,2} (?:bilag\w+|bifogade \w+)|"
    r"vad (?:ar |var |har |hade |finns )?(?:bifoga\w*|bilagd\w*|bilagt))\b"
)
_OF_ASKING = re.compile(
    r"(?:bilag|bifog|medfolj|skick|anteckning|protokoll|papper|handling|finns|fanns|hor|horde|med|inlast)\w*"
)
MAX_TOLD = 20
NOT_READ = "Det som bifogas är inte inläst, om det inte står som ett eget dokument."


def attached(material: Material) -> Composed | None:
    """Each attachment that the papers within the limits refer to, the newest first; None where none is asked for."""
    folded = fold_letters(material.question.whole).strip(" ?.!")
    is_bare = all(_OF_ASKING.fullmatch(fold_letters(word)) for word in material.question.topic)
    if not _ASKS.match(folded) or not is_bare:
        return None
    writer = Writer(material)
    parts = sorted(material.parts(), key=lambda one: -(one.meeting_date.value or date.max).toordinal())
    rows = [(part, one) for part in parts for one in part.attachments]
    for part, one in rows[:MAX_TOLD]:
        _tell(writer, part, one)
    if rows and _are_missing(material, rows):
        writer.note(NOT_READ)
    return writer.done()


def _tell(writer: Writer, part: Part, one: Attachment) -> None:
    """The words that attach it, after the heading they stand under."""
    span = Span(page=one.anchor.page, start=one.anchor.start, end=one.anchor.end)
    title = item_title_at(part, span)
    above = writer.cite_title(part, title, [span]) if title else None
    text = " ".join(one.text.split()).rstrip(" .")
    number = writer.cite(part, one.anchor)
    writer.claim(f"{title + ': ' if above else ''}{text} ({meeting_name(part)})", [number, *([above] if above else [])])


def _are_missing(material: Material, rows: list[tuple[Part, Attachment]]) -> bool:
    missing = {(gap.part_id, gap.text) for gap in material.archive.links(material.scope).gaps if gap.what == "bilaga"}
    return any((part.part_id, one.text) in missing for part, one in rows)
