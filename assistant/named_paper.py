"""What a question names a paper for (*utkastet, kallelsen, bildspelet*) is answered from that paper."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answer import Evidence
from assistant.evidence import clean_evidence
from assistant.material import Material
from assistant.sentences import terms_of
from corpus.records import Passage

_PAPER = re.compile(
    r"\b(?:protokolls)?utkast(?:et)?\b|\b\w*kallelse(?:n|r)?\b|\bbildspel(?:et)?\b|\bpresentation(?:en)?\b|\bunderlag(?:et)?\b",
    re.IGNORECASE,
)
# As many passages as a search gives.
MAX_PASSAGES = 16
# Kinds that ask about papers themselves or for two of them.
OF_PAPERS = frozenset(("comparison", "collection", "overview", "next_meeting", "attendance"))


def narrowed(material: Material) -> Material:
    """The material with the named paper's passages as its evidence; as it is where none is named or the archive has none."""
    kind = material.question.paper
    if kind is None or material.question.kind in OF_PAPERS:
        return material
    return of_kind(material, kind) or material


def of_kind(material: Material, kind: str) -> Material | None:
    """The material with only the passages of papers of the kind, those that hold most of the matter first."""
    parts = {part.part_id for part in material.parts() if part.kind.value == kind}
    documents = {part.document_id for part in material.parts() if part.part_id in parts}
    passages = [
        one
        for document in documents
        for one in material.archive.passages_of(material.scope, document)
        if one.part_id in parts
    ]
    if not passages:
        return None
    words = material.question
    own = replace(
        words, matter=_PAPER.sub(" ", words.matter), topic=tuple(one for one in words.topic if not _PAPER.match(one))
    )
    limited = replace(material, question=own, _kept={})
    found = sorted(passages, key=lambda one: (-_share(limited, one), one.spans[0].page, one.spans[0].start))
    evidence = [
        Evidence(passage=one, file=material.file(one.document_id), score=_share(limited, one) or 0.01, rank=rank)
        for rank, one in enumerate(found[:MAX_PASSAGES], 1)
    ]
    return replace(limited, evidence=clean_evidence(material.archive, material.scope, evidence, material.out), _kept={})


def _share(material: Material, passage: Passage) -> float:
    return material.about().share(terms_of("\n".join((passage.text, *passage.heading))))
