"""Inför mötet: per item of an agenda what was decided, what is open and what was postponed; and for one draft item."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

from assistant import registers
from assistant.agenda import Agenda, Point, read_agenda
from assistant.mentions import Mention, covered_text, find_mentions, find_related, understood
from assistant.query import Query
from assistant.references import say_number
from assistant.timeline import rows_of
from corpus.archive import Archive
from corpus.records import Filter, Scope
from corpus.swedish import analysis
from corpus.swedish.headings import bare
from corpus.swedish.later import generic_words

Row = dict[str, Any]
# How much of an item's title an earlier item must hold: titles are reworded more than questions are (half of two words
# is too little: every fee for "avgift för konferensen").
SPOKEN_OF = 0.55
MAX_WORDS = 6
MAX_MENTIONS = 8
# Words with which somebody asks for a matter to be taken up.
ASKING = frozenset(
    "behöva prata samtala tala diskutera igen lyfta önska vilja borde böra kunna tycka fundera fundering fortsätta dags snarast"
    " hej förut tidigare komma vi ni ska inför angående gällande om hur vad varför möjlighet möjligen eventuell idé tanke".split()
)
POSTPONED = ("bordlagt", "återremiss")
DECIDED = ("beslut", "rekommendation", "överenskommelse", "ställningstagande", "avslag")


def has_been_discussed(archive: Archive, scope: Scope, text: str) -> dict[str, Any]:
    """Where a draft item has been up: `mentions` oldest first, `last_outcome`, `loose_ends` (open actions, postponed)."""
    agenda = read_agenda(text, archive.bodies(scope))
    points = [point for point in agenda.points if not point.is_formal] or list(agenda.points)
    point = points[0] if len(points) == 1 else Point(number=None, title=_first_line(text), text=text)
    found = _looked_up(archive, scope, point, Filter(date_to=agenda.day))
    coverage = archive.coverage(scope)
    return {
        "text": " ".join(text.split()),
        "topic": found["topic"],
        "is_related": found["is_related"],
        "mentions": found["mentions"],
        "last_outcome": found["decisions"][-1] if found["decisions"] else None,
        "loose_ends": [*found["postponed"], *found["actions"]],
        "coverage": {
            "meetings": coverage.meetings,
            "from": registers.iso(coverage.earliest),
            "to": registers.iso(coverage.latest),
            "unreadable_pages": coverage.unreadable_pages,
        },
    }


def brief(archive: Archive, scope: Scope, agenda_text: str) -> dict[str, Any]:
    """Per item of the agenda earlier decisions, open actions, postponed matters; and what is not on it but waits."""
    agenda = read_agenda(agenda_text, archive.bodies(scope))
    before = Filter(date_to=_day_before(agenda.day))
    items = [_item(archive, scope, point, before) for point in agenda.points]
    told = {row["key"] for item in items for kind in ("actions", "postponed") for row in item[kind]}
    waiting = _waiting(archive, scope, agenda, before)
    coverage = archive.coverage(scope, before)
    return {
        "body": agenda.body,
        "date": registers.iso(agenda.day),
        "items": items,
        "not_on_agenda": {kind: [row for row in rows if row["key"] not in told] for kind, rows in waiting.items()},
        "coverage": {
            "meetings": coverage.meetings,
            "from": registers.iso(coverage.earliest),
            "to": registers.iso(coverage.latest),
            "unreadable_pages": coverage.unreadable_pages,
        },
    }


def _day_before(day: date | None) -> date | None:
    return date.fromordinal(day.toordinal() - 1) if day else None


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), text.strip())


def _item(archive: Archive, scope: Scope, point: Point, before: Filter) -> Row:
    row: Row = {"number": point.number, "title": point.title, "is_formal": point.is_formal}
    if point.is_formal:
        return row | {"topic": [], "is_related": False, "mentions": [], "decisions": [], "actions": [], "postponed": []}
    found = _looked_up(archive, scope, point, before)
    return row | found | {"mentions": found["mentions"][-MAX_MENTIONS:]}


def _looked_up(archive: Archive, scope: Scope, point: Point, before: Filter) -> Row:
    """Everything earlier about a point; its words searched by title, with the text's when the title says too little."""
    topic = topic_words(point)
    asked = understood(archive, scope, " ".join(topic))
    mentions = find_mentions(archive, scope, asked, before, SPOKEN_OF) if topic else []
    is_related = bool(topic) and not mentions
    if is_related:
        mentions = find_related(archive, scope, asked, before)
    rows = rows_of(archive, scope, mentions, asked, whole_items=is_related)
    changed = {
        row["decision_id"]: [one for one in row["changed_by"] if _is_known(one["date"], before)]
        for row in registers.decisions_rows(archive, scope, before)
    }
    decided = [row | {"changed_by": changed.get(row["decision_id"], [])} for row in rows if row["stage"] in DECIDED]
    return {
        "topic": topic,
        "is_related": is_related and bool(rows),
        "mentions": rows,
        "decisions": decided,
        "actions": _open_actions(archive, scope, mentions, asked, before),
        "postponed": _postponed(rows, changed),
    }


def _is_known(day: str | None, before: Filter) -> bool:
    """Whether something of that day is known when the briefing is for a meeting in the past."""
    return not (day and before.date_to) or date.fromisoformat(day) <= before.date_to


def topic_words(point: Point) -> list[str]:
    """The words that carry a point's matter: its title's, and the text's rarest where the title has but one or none."""
    title = [token for _, token in analysis.content_tokens(bare(point.title)) if _carries(token)]
    if len(title) < 1 and point.text:
        tokens = [token for _, token in analysis.content_tokens(point.text) if _carries(token)]
        title = sorted(dict.fromkeys(tokens), key=lambda token: -len(token))[:2]
    return list(dict.fromkeys(title))[:MAX_WORDS]


def _carries(token: str) -> bool:
    lemma = analysis.analyse_word(token).lemma
    return not token[0].isdigit() and lemma not in generic_words() and lemma not in ASKING


def _open_actions(
    archive: Archive, scope: Scope, mentions: Sequence[Mention], asked: Query, before: Filter
) -> list[Row]:
    """Actions not reported done, under the items found or on the matter by their own words."""
    ids = {action.action_id for mention in mentions for action in mention.actions}
    return [
        row | {"kind": "åtagande", "key": row["action_id"]}
        for row in registers.actions_rows(archive, scope, before)
        if not row["done"] and (row["action_id"] in ids or covered_text(asked, row["quote"]) >= SPOKEN_OF)
    ]


def _postponed(rows: Sequence[Row], changed: dict[str, list[Row]]) -> list[Row]:
    """Postponed or sent back, and not decided on since: no later decision in the rows, and no link that settles it."""
    waits = []
    for number, row in enumerate(rows):
        if row["stage"] not in POSTPONED:
            continue
        same = [one for one in rows[number + 1 :] if one["body"] == row["body"]]
        settled = any(one["stage"] in (*DECIDED, *POSTPONED) and one["date"] != row["date"] for one in same)
        if not settled and not changed.get(row["decision_id"] or ""):
            waits.append(row | {"kind": row["stage"], "key": row["decision_id"] or f"{row['part_id']}:{row['item']}"})
    return waits


def _waiting(archive: Archive, scope: Scope, agenda: Agenda, before: Filter) -> dict[str, list[Row]]:
    """The body's open actions and postponed matters, newest first, wherever they came up."""
    if agenda.body is None:
        return {"actions": [], "postponed": []}
    own = Filter(bodies=(agenda.body,), date_to=before.date_to)
    actions = [row for row in registers.actions_rows(archive, scope, own) if not row["done"]]
    decisions = registers.decisions_rows(archive, scope, own)
    postponed = [row for row in decisions if row["outcome"] in POSTPONED and not row["changed_by"]]
    return {
        "actions": [row | {"kind": "åtagande", "key": row["action_id"]} for row in reversed(actions)],
        "postponed": [
            row | {"kind": row["outcome"], "key": row["decision_id"], "quote": row["text"]}
            for row in reversed(postponed)
        ],
    }


def briefing_docx(brief: dict[str, Any]) -> bytes:
    """The briefing as a Word document: headings per item, each line with its source."""
    from docx import Document

    document = Document()
    document.core_properties.language = "sv-SE"
    head = " ".join(str(part) for part in ("Inför mötet:", brief["body"] or "", brief["date"] or "") if part)
    document.add_heading(head.strip(" :"), level=1)
    for item in brief["items"]:
        document.add_heading(" ".join(part for part in (item["number"], item["title"]) if part), level=2)
        if item["is_formal"]:
            continue
        sections = sections_of(item)
        for title, rows in sections:
            document.add_heading(title, level=3)
            for text, source in rows:
                line = document.add_paragraph(style="List Bullet")
                line.add_run(text)
                line.add_run(f" ({source})").italic = True
        if not sections:
            document.add_paragraph("Inget tidigare i arkivet.")
    for title, rows in waiting_of(brief):
        document.add_heading(title, level=2)
        for text, source in rows:
            line = document.add_paragraph(style="List Bullet")
            line.add_run(text)
            line.add_run(f" ({source})").italic = True
    document.add_paragraph(searched(brief["coverage"]))
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def sections_of(item: Row) -> list[tuple[str, list[tuple[str, str]]]]:
    """An item's findings as (heading, [(text, source)]), without empty ones: one order for Word and the terminal."""
    decided = {row["decision_id"] for row in item["decisions"]} | {row["key"] for row in item["postponed"]}
    rest = [row for row in item["mentions"] if row["decision_id"] not in decided or row["decision_id"] is None]
    found = (
        ("Tidigare beslut", [(_decision_text(row), source_of(row)) for row in item["decisions"]]),
        (
            "Väntar på beslut",
            [(f"{row['kind'].capitalize()}: {_quoted(row)}", source_of(row)) for row in item["postponed"]],
        ),
        ("Öppna åtaganden", [(action_text(row), source_of(row)) for row in item["actions"]]),
        ("Övrigt som sagts", [(f"{row['stage'].capitalize()}: {_quoted(row)}", source_of(row)) for row in rest]),
    )
    like = ", liknande fråga" if item["is_related"] else ""
    return [(title + like, rows) for title, rows in found if rows]


def waiting_of(brief: dict[str, Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    """What waits without being on the agenda, in the shape of `sections_of`."""
    waiting = brief["not_on_agenda"]
    found = (
        (
            "Bordlagt som inte står på dagordningen",
            [(_waiting_text(row), source_of(row)) for row in waiting["postponed"]],
        ),
        ("Öppna åtaganden i övrigt", [(action_text(row), source_of(row)) for row in waiting["actions"]]),
    )
    return [(title, rows) for title, rows in found if rows]


def _waiting_text(row: Row) -> str:
    title = f"{row['item_title']}: " if row.get("item_title") else ""
    return f"{title}{_quoted(row)}"


def _decision_text(row: Row) -> str:
    later = "; ".join(
        f"{one['relation']} {one['date'] or ''}" + (" (förslag, inte bekräftat)" if one["link"] == "suggested" else "")
        for one in row["changed_by"]
    )
    return f"{row['stage'].capitalize()}: {_quoted(row)}" + (f" Senare {later}." if later else "")


def action_text(row: Row) -> str:
    who = ", ".join(row["who"]) or "Utan ansvarig"
    # A due time in words stands in the quote itself.
    by = f", senast {row['by']}" if row["by"] and row["by"][:4].isdigit() else ""
    return f"{who}{by}: {_quoted(row)}"


def _quoted(row: Row) -> str:
    return f"«{' '.join(str(row['quote']).split())}»"


def source_of(row: Row) -> str:
    """The reference that stands alone: body, date, item, page."""
    item = f", {say_number(row['item'])}" if row.get("item") else ""
    return f"{row['body'] or row['file']} {day_of(row)}{item}, s. {row['page']}"


def day_of(row: Row) -> str:
    """The day, or the bounds of an estimated one."""
    if not row["date"] and (row.get("date_from") or row.get("date_to")):
        return f"{row.get('date_from') or '…'} – {row.get('date_to') or '…'} (uppskattat)"
    return str(row["date"] or "okänt datum")


def searched(coverage: Row) -> str:
    """What the briefing rests on."""
    pages = coverage["unreadable_pages"]
    bad = f" {pages} {'sida' if pages == 1 else 'sidor'} gick inte att läsa." if pages else ""
    return f"Sökt i {coverage['meetings']} möten, {coverage['from'] or '…'} – {coverage['to'] or '…'}.{bad}"
