"""What is asked of an item by its heading: who has it (*2. Samverkan Eva Ek*), what was said under it (*under övriga frågor*)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.focus import focus_words
from assistant.material import Composed, Material, Writer
from assistant.references import meeting_name
from assistant.registers import kind_rank
from assistant.sentences import BULLET, Piece, pieces_of, terms_of
from assistant.values import NAME
from corpus.records import AgendaItem, Part, Passage
from corpus.swedish.wording import fold_letters

# Who has an item, in folded words.
_ASKS_WHO_HAS = re.compile(
    r"^(?:och |men )?vem(?: var det)?(?: som)? (?:haller|holl|har|hade|drar|drog|leder|ledde|presentera\w*|ansvara\w*|foredrog|foredrar|redovisa\w*|"
    r"informera\w*|tog|tar|gick igenom|prata\w*|tala\w*|berattade|star|stod)\b"
)
_OF_ASKING = re.compile(
    r"haller|holl|hade|drar|drog|leder|ledde|presentera\w*|ansvara\w*|foredrog|foredrar|redovisa\w*|informera\w*|prata\w*|tala\w*|beratta\w*|"
    r"punkten|arendet|delen|paragrafen|star|stod"
)
# A heading holds what is asked for when so much of the question's words stand in it.
LEAST_HELD = 0.66
# A name that ends a heading, with at most two words of where its bearer is from.
_NAME_LAST = re.compile(rf"(?P<who>{NAME.pattern}(?:,? \(?[A-ZÅÄÖ]\w*\)?){{0,2}})\W*$")
# An item named by its heading: *under (punkten) X*, *på punkten X*, *om punkten X*.
_NAMED = (
    r"\b(?:under(?: punkten| arendet| rubriken| paragrafen)?|(?:pa|i|vid|om|for) (?:punkten|arendet|rubriken|paragrafen)|pa(?= ovrig)) "
    r"[\"”«]?{title}[\"”»]?(?=$| (?:pa|vid|i|den|fran|sist|senast|nar|hos|for)\b)"
)
_TOLD_KINDS = frozenset(("overview", "said", "free", "list"))
MAX_TOLD = 8


def of_item(material: Material) -> Composed | None:
    """The answer from the item that the question names by its heading; None where it names none."""
    folded = fold_letters(material.question.whole).strip(" ?.!")
    if material.question.kind == "who" and _ASKS_WHO_HAS.match(folded):
        return _who_has(material)
    return _under(material, folded) if material.question.kind in _TOLD_KINDS else None


def _newest_first(material: Material) -> list[Part]:
    return sorted(material.parts(), key=lambda one: (-(one.meeting_date.value or date.max).toordinal(), kind_rank(one)))


def _who_has(material: Material) -> Composed | None:
    """Whose name ends the heading that holds what is asked for, at the newest meeting that has one."""
    words = [word for word in focus_words(material.question.matter) if not _OF_ASKING.fullmatch(fold_letters(word))]
    for part in _newest_first(material) if words else ():
        held = [(_held(words, item.title), item) for item in part.items if _NAME_LAST.search(item.title)]
        best = max(held, key=lambda pair: pair[0], default=None)
        if best and best[0] >= LEAST_HELD and (told := _told_holder(material, part, best[1])):
            return told
    return None


def _held(words: Sequence[str], title: str) -> float:
    """The share of the words whose terms stand in a heading."""
    terms = terms_of(title)
    return sum(bool(terms_of(word) & terms) for word in words) / len(words)


def _told_holder(material: Material, part: Part, item: AgendaItem) -> Composed | None:
    name = _NAME_LAST.search(item.title)
    writer = Writer(material)
    number = writer.cite_title(part, item.title, item.spans)
    if name is None or number is None or not item.title[: name.start()].strip(" ,–:-("):
        return None
    writer.claim(f"{name['who']}: {item.title[: name.start()].strip(' ,–:-(')} ({meeting_name(part)})", [number])
    return writer.done()


def _under(material: Material, folded: str) -> Composed | None:
    """The sentences under the heading that the question names, at the newest meeting that has it."""
    if not re.search(r"\b(?:under|punkten|arendet|rubriken|paragrafen|pa ovrig\w*)\b", folded):
        return None
    for part in _newest_first(material):
        titles = {title: None for item in part.items if (title := _bare(item.title)) and _is_named(title, folded)}
        for title in sorted(titles, key=len, reverse=True):
            if told := _told_under(material, part, title):
                return told
    return None


def _bare(title: str) -> str:
    """A heading folded, without number, mark and what stands in brackets after it."""
    flat = re.sub(r"\s*\([^)]*\)\s*$", "", fold_letters(" ".join(title.split())))
    return re.sub(r"^(?:§+\s*)?\d*[.):]?\s*", "", flat).strip(" .:–-")


def _is_named(title: str, folded: str) -> bool:
    return len(title) > 3 and re.search(_NAMED.format(title=re.escape(title)), folded) is not None


def _told_under(material: Material, part: Part, title: str) -> Composed | None:
    writer = Writer(material)
    for passage, piece in list(_pieces_under(material, part, title))[:MAX_TOLD]:
        number = writer.cite(part, piece.span, piece.text, passage.passage_id)
        writer.claim(" ".join((piece.shown or BULLET.sub("", piece.text)).split()).rstrip(" ."), [number])
    if writer.sentences:
        writer.lead(f"{meeting_name(part)}. ", writer.sentences[0])
    return writer.done()


def _pieces_under(material: Material, part: Part, title: str) -> Iterator[tuple[Passage, Piece]]:
    for passage in material.archive.passages_of(material.scope, part.document_id):
        if passage.part_id == part.part_id and any(_bare(one) == title for one in passage.heading):
            yield from ((passage, piece) for piece in pieces_of(passage) if len(piece.text.split()) > 2)
