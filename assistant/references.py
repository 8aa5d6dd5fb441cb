"""Citations numbered in order of appearance, each with a label that stands alone in a mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import Citation
from corpus.records import AgendaItem, Fact, Part, Span
from corpus.swedish.dates import say_date, say_period


class References:
    """Collects an answer's citations; the same words cited twice keep their number."""

    def __init__(self) -> None:
        self._citations: list[Citation] = []

    def cite(self, part: Part, file: str, span: Span, quote: str, passage_id: str = "") -> int:
        """The number of the citation for `quote` at `span`."""
        for one in self._citations:
            if (one.document_id, one.span) == (part.document_id, span):
                return one.number
        number = len(self._citations) + 1
        self._citations.append(
            Citation(
                number=number,
                passage_id=passage_id,
                document_id=part.document_id,
                file=file,
                page=span.page,
                label=label(part, span),
                quote=quote,
                span=span,
            )
        )
        return number

    def take(self, one: Citation) -> int:
        """The number here of a citation from another answer."""
        for mine in self._citations:
            if (mine.document_id, mine.span) == (one.document_id, one.span):
                return mine.number
        number = len(self._citations) + 1
        self._citations.append(replace(one, number=number))
        return number

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(self._citations)


def label(part: Part, span: Span) -> str:
    """`Förskolenätverket 2024-03-04, § 8, s. 1`."""
    day = part.meeting_date
    when = day.value.isoformat() if day.value else f"odaterad{_estimate(part)}"
    item = item_at(part, span)
    return ", ".join(piece for piece in (f"{part.body or 'Okänt nätverk'} {when}", item, f"s. {span.page}") if piece)


def _estimate(part: Part) -> str:
    period = say_period(part.meeting_date.earliest, part.meeting_date.latest)
    return f" (uppskattat {period})" if part.meeting_date.earliest else ""


def item_at(part: Part, span: Span) -> str:
    """The number or title of the agenda item that holds the span."""
    item = _item(part, span)
    return say_number(item.number) or item.title if item else ""


def say_number(number: str | None) -> str:
    """`§ 8`, and of a number alone `punkt 8`; nothing of none."""
    if not number:
        return ""
    return number if "§" in number else f"punkt {number.rstrip('.')}"


def item_title_at(part: Part, span: Span) -> str:
    """The title of the agenda item that holds the span."""
    item = _item(part, span)
    return item.title if item else ""


def _item(part: Part, span: Span) -> AgendaItem | None:
    held = (
        item for item in part.items if any(s.page == span.page and s.start <= span.start < s.end for s in item.spans)
    )
    return next(reversed([*held]), None)


def meeting_name(part: Part) -> str:
    """`Förskolenätverket den 4 mars 2024`."""
    between = " " if part.meeting_date.value else ", "
    return f"{part.body or 'mötet'}{between}{said_day(part.meeting_date)}"


def said_day(day: Fact[date]) -> str:
    """`den 4 mars 2024`, or that there is none and the period it is thought to lie in."""
    if day.value:
        return f"den {say_date(day.value)}" + (", uppskattat" if day.certainty == "inferred" else "")
    if day.earliest:
        return f"odaterat, uppskattat {say_period(day.earliest, day.latest)}"
    return "odaterat"


def marks(numbers: Sequence[int]) -> str:
    """`[1][2]`."""
    return "".join(f"[{number}]" for number in numbers)
