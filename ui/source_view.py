"""A cited place beside what cites it: the page image with its lines marked, the text, and what is known of both."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import streamlit as st

from assistant.references import item_at
from corpus.archive import Archive
from corpus.records import Filter, Page, Part, Span
from corpus.swedish.dates import say_date, say_period
from ui import errors, frame, texts
from ui.marks import rectangles, text_html
from ui.markup import heading
from ui.picture import page_webp
from ui.safe import as_html, as_markdown, one_line

PARAMETER, AMONG = "kalla", "among"
MAX_IMAGES = 200
PDF_AND_IMAGES = ("application/pdf", "image/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A stretch of a page of a document; the address holds it, so that a link to it lasts."""

    document_id: str
    page: int
    start: int = 0
    end: int = 0

    @property
    def address(self) -> str:
        return f"{self.document_id[:20]}.{self.page}.{self.start}-{self.end}"

    @classmethod
    def of(cls, citation: Mapping[str, Any]) -> Place:
        span = citation["span"]
        return cls(document_id=citation["document_id"], page=span["page"], start=span["start"], end=span["end"])


def wanted() -> Place | None:
    """The place that the address names, or None."""
    pieces = str(st.query_params.get(PARAMETER, "")).split(".")
    if len(pieces) != 3 or not pieces[1].isdigit():
        return None
    start, _, end = pieces[2].partition("-")
    if not (start.isdigit() and end.isdigit()):
        return None
    return Place(document_id=pieces[0], page=int(pieces[1]), start=int(start), end=int(end))


def open_place(place: Place, among: Sequence[Place] = ()) -> None:
    """Name the place in the address; `among` are the places to step between."""
    if among:
        st.session_state[AMONG] = tuple(among)
    st.query_params[PARAMETER] = place.address


@contextmanager
def beside() -> Iterator[None]:
    """What cites stands to the left, and the source that the address names to the right; below it on a phone."""
    place = wanted()
    if place is None:
        yield
        return
    left, right = st.columns([6, 5], gap="medium")
    with left:
        yield
    with right, errors.shown():
        show(place, st.session_state.get(AMONG, ()))


def place_of_row(row: Mapping[str, Any]) -> Place:
    """A register row's place: its own span, or where its quote stands on its page."""
    if "span" in row:
        return Place.of(row)
    archive = frame.archive()
    document = archive.find_document(frame.SCOPE, row["file"])
    text = archive.page(frame.SCOPE, document.document_id, row["page"]).text
    at = max(text.find(str(row["quote"])), 0)
    end = at + len(str(row["quote"])) if str(row["quote"]) in text else at
    return Place(document_id=document.document_id, page=row["page"], start=at, end=end)


def button(key: str, label: str, place: Place, among: Sequence[Place]) -> None:
    """A line of text that opens the place."""
    st.button(as_markdown(label), key=key, on_click=open_place, args=(place, among), type="tertiary")


def close() -> None:
    st.query_params.pop(PARAMETER, None)


def show(place: Place, among: Sequence[Place] = ()) -> None:
    """The source panel; `among` are the places to step between."""
    with st.container(key="source"):
        _bar(place, among)
        archive = frame.archive()
        document = archive.find_document(frame.SCOPE, place.document_id)
        page = archive.page(frame.SCOPE, document.document_id, place.page)
        span = Span(page=page.number, start=min(place.start, len(page.text)), end=min(place.end, len(page.text)))
        part = _part_of(archive, document.document_id, span)
        name = archive.file_name(frame.SCOPE, document.document_id)
        st.html(_head(part, page, span, (name, document.page_count), place.address))
        _image(archive, document.document_id, document.media_type, page, span)
        _text(page, span)
        _open_document(document.document_id)


def _open_document(document_id: str) -> None:
    """To the whole document: within Dokument by the address, from another page by a link to it."""
    address = f"/dokument?dokument={document_id[:20]}"
    st.html(f'<p><a href="{address}" target="_self">{texts.OPEN_DOCUMENT}</a></p>')


def _bar(place: Place, among: Sequence[Place]) -> None:
    addresses = [one.address for one in among]
    at = addresses.index(place.address) if place.address in addresses else -1
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        several = at >= 0 and len(among) > 1
        st.html(heading(texts.SOURCE_OF.format(at + 1, len(among)) if several else texts.SOURCE_REGION))
        if several:
            _step("before", texts.PREVIOUS, among[(at - 1) % len(among)])
            _step("after", texts.NEXT, among[(at + 1) % len(among)])
        st.button(texts.CLOSE, key="source_close", on_click=close)


def _step(key: str, label: str, place: Place) -> None:
    st.button(label, key=f"source_{key}", on_click=open_place, args=(place,))


def _part_of(archive: Archive, document_id: str, span: Span) -> Part | None:
    """The part of the document that holds the span."""
    held = archive.parts(frame.SCOPE, Filter(documents=(document_id,)))
    for part in held:
        if any(s.page == span.page and s.start <= span.start < max(s.end, s.start + 1) for s in part.spans):
            return part
    return held[0] if held else None


def _head(part: Part | None, page: Page, span: Span, file: tuple[str, int], address: str) -> str:
    name, count = file
    where = [item_at(part, span)] if part else []
    if page.paged:
        where.append(f"sida {page.label or page.number} av {count}")
    state = texts.READING_STATE[page.status] + (f": {one_line(page.reason)}" if page.reason else "")
    kind = (part.kind.value or "") if part else ""
    lines = [
        f"<strong>{as_html(_meeting(part))}</strong>",
        as_html(" · ".join(piece for piece in where if piece)),
        f'<span class="mm-soft">{as_html(one_line(name))}{as_html(f" · {kind}" if kind else "")}</span>',
        f'<span class="mm-soft" title="{page.legibility:.0%}">{texts.READING_LABEL}: {as_html(state)}</span>',
    ]
    told = "<br>".join(lines).replace("</strong><br>", "</strong>")
    return f'<div class="mm-source-head" tabindex="-1" data-source="{as_html(address)}">{told}</div>'


def _meeting(part: Part | None) -> str:
    if part is None:
        return texts.SOURCE_REGION
    day = part.meeting_date
    if day.value:
        when = say_date(day.value) + (" (uppskattat)" if day.certainty == "inferred" else "")
    elif day.earliest:
        when = f"{texts.UNDATED} (uppskattat {say_period(day.earliest, day.latest)})"
    else:
        when = texts.UNDATED
    return f"{part.body or 'Okänt nätverk'} · {when}"


def _image(archive: Archive, document_id: str, media_type: str, page: Page, span: Span) -> None:
    if not media_type.startswith(PDF_AND_IMAGES):
        st.html(f'<p class="mm-soft">{texts.NO_IMAGE}</p>')
        return
    data = _picture(document_id, page.number, archive)
    if data is None:
        st.html(f'<p class="mm-soft">{texts.NO_PAGE_IMAGE}</p>')
        return
    found = rectangles(page, span.start, span.end)
    marks = "".join(
        f'<span class="mm-mark" style="left:{r.left:.2%};top:{r.top:.2%};width:{r.right - r.left:.2%};'
        f'height:{r.bottom - r.top:.2%}"></span>'
        for r in found
    )
    told = f"Sida {page.number}. {texts.MARKED if found else ''}".strip()
    picture = base64.b64encode(data).decode("ascii")
    st.html(
        f'<figure class="mm-page"><img alt="{as_html(told)}" src="data:image/webp;base64,{picture}">{marks}</figure>'
    )


@st.cache_resource(show_spinner=False, max_entries=MAX_IMAGES)
def _picture(document_id: str, number: int, _archive: Archive) -> bytes | None:
    return page_webp(_archive.original(frame.SCOPE, document_id), number)


def _text(page: Page, span: Span) -> None:
    quote = page.text[span.start : span.end]
    if quote:
        st.html(f'<blockquote class="mm-quote">«{as_html(one_line(quote))}»</blockquote>')
    changed = sum(not one.unsure and one.before != one.after for one in page.repairs)
    with st.expander(f"{texts.PAGE_TEXT} ({texts.repaired(changed)})", expanded=not page.boxes):
        raw = changed > 0 and st.toggle(texts.BEFORE_REPAIR, key="source_raw")
        shown = as_html(page.raw) if raw else text_html(page, span.start, span.end)
        st.html(f'<div class="mm-text" tabindex="0" role="region" aria-label="{texts.PAGE_TEXT}">{shown}</div>')
