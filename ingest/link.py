"""What needs several documents: meetings, later decisions, actions done, gaps and topics, in any order of reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from corpus.records import Correction, Links, Part, Passage, Scope
from ingest.by_hand import with_people
from ingest.gaps import find_gaps
from ingest.link_actions import actions_done
from ingest.link_decisions import later_decisions
from ingest.matters import item_texts
from ingest.meetings import gather
from ingest.topics import find_topics

if TYPE_CHECKING:
    from corpus.archive import Archive, Writer


def link(
    parts: Sequence[Part],
    passages: Iterable[Passage],
    corrections: Sequence[Correction],
    documents: Mapping[str, str] | None = None,
) -> Links:
    """All links, the same whatever order parts and passages came in; people's own links win.

    `documents` tells which document stands at a correction's source.
    """
    ordered = sorted(parts, key=lambda part: part.part_id)
    known = {part.part_id: part for part in ordered}
    texts = sorted(passages, key=lambda one: (one.part_id, one.page, one.spans[0].start, one.passage_id))
    meetings = gather(ordered)
    decisions = later_decisions(known, meetings, item_texts(ordered, texts))
    return Links(
        meetings=tuple(meetings),
        decisions=tuple(with_people(decisions, known, meetings, corrections, documents or {})),
        actions=tuple(actions_done(known, meetings, texts)),
        gaps=tuple(find_gaps(known, meetings)),
        topics=tuple(find_topics(known, meetings, texts)),
    )


def relink(archive: Archive, writer: Writer) -> None:
    """Make all links of the archive anew."""
    scope = Scope()
    documents = {name: one.document_id for one in archive.documents(scope) for name in one.names}
    parts, passages = archive.parts(scope), archive.all_passages(scope)
    writer.replace_links(link(parts, passages, archive.corrections(scope), documents))


def relink_if_due(archive: Archive) -> None:
    """After people's corrections or a removal. Raises ArchiveLockedError while documents are read in, which links too."""
    with archive.writing() as writer:
        if writer.links_dirty():
            relink(archive, writer)
