"""The generated answer: the composed one worded by a model, or itself with a note where the model's words do not hold."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant import prompts
from assistant.answer import Answer, Evidence, QuestionKind, Sentence
from assistant.draft import Draft
from assistant.generate import Model, ModelEnded
from assistant.query import Query
from corpus.records import Part

log = logging.getLogger(__name__)

# What is a row is answered from the registers: a model never counts, lists or looks up who was there.
REGISTERS: frozenset[QuestionKind] = frozenset(
    ("attendance", "list", "count", "timeline", "next_meeting", "open_actions", "definition", "collection")
)
# Where composing found no answer, a model's must speak of this much of the question's matter.
MIN_COVERED = 0.6

INSTEAD = "svaret är sammanställt utan den."
NOTES: Mapping[str, str] = {
    "time": f"Språkmodellen hann inte svara i tid; {INSTEAD}",
    "gone": f"Språkmodellen gick inte att nå; {INSTEAD}",
    "long": f"Underlaget var för långt för språkmodellen; {INSTEAD}",
    "broken": f"Språkmodellens svar bröts eller gick inte att läsa; {INSTEAD}",
    "missing": f"Språkmodellens programdel är inte installerad; {INSTEAD}",
    "blocked": f"Språkmodellen ligger utanför den här datorn och inställningen model_remote nämner den inte; {INSTEAD}",
    "silent": f"Språkmodellen fann inget svar i utdragen; {INSTEAD}",
    "unsupported": f"Språkmodellens svar höll inte mot källorna; {INSTEAD}",
    "stopped": "Svaret avbröts.",
    "cut": "Språkmodellens svar bröts; mer kan finnas i källorna.",
}
SENT = "Orden är gjorda av {model} på {host}; frågan och utdragen har skickats dit."
SENT_IN_VAIN = "Frågan och utdragen har skickats till {model} på {host}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All that wording looks at: what was asked, the composed answer, cleaned evidence with its parts and pages."""

    composed: Answer
    asked: Query
    evidence: Sequence[Evidence]
    parts: Mapping[str, Part]
    pages: Mapping[tuple[str, int], str]


def should_word(material: Material) -> bool:
    """Whether a model is asked at all: not for rows of the registers, and never without evidence."""
    return bool(material.evidence) and material.composed.question.kind not in REGISTERS


def word(model: Model, material: Material) -> Iterator[Sentence | Answer]:
    """The model's sentences as they pass the checks, and the answer last."""
    draft, why = Draft((), material.parts, material.pages), "unsupported"
    # A prompt that a model finds too long is tried once more with half of the evidence.
    for budget in (model.settings.model_tokens, model.settings.model_tokens // 2):
        prompt = prompts.build(material.composed.question.whole, material.evidence, budget)
        draft = Draft(prompt.evidence, material.parts, material.pages)
        try:
            yield from draft.sentences(model.stream(prompt.system, prompt.user))
            why = "stopped" if model.stop.is_set() else ""
        except ModelEnded as ended:
            why = ended.why
        if why != "long" or draft.kept:
            break
    log.info("model: %d kept, %d withheld, ended %s", len(draft.kept), len(draft.withheld), why or "whole")
    yield _answer(model, material, draft, why)


def _answer(model: Model, material: Material, draft: Draft, why: str) -> Answer:
    composed = material.composed
    if not draft.kept or (why not in ("", "stopped") and composed.status != "not_found"):
        return _instead(model, composed, draft, why)
    if composed.status == "not_found" and not _is_on_the_matter(material, draft):
        return _instead(model, composed, draft, "silent")
    notes = [NOTES["stopped" if why == "stopped" else "cut"]] if why else []
    if model.is_remote:
        notes.append(SENT.format(model=model.name, host=model.host))
    return replace(
        composed,
        status="partial" if why else "answered",
        mode="generated",
        model=model.settings.model,
        sentences=(*draft.kept, *_as_notes(notes)),
        citations=draft.citations,
        withheld=tuple(draft.withheld),
        near=(),
    )


def _instead(model: Model, composed: Answer, draft: Draft, why: str) -> Answer:
    """The composed answer, and why it stands in the model's place."""
    reason = why or ("silent" if draft.has_no_answer and not draft.withheld else "unsupported")
    notes = [NOTES[reason]]
    if model.is_remote and model.may_be_used and reason != "missing":
        notes.append(SENT_IN_VAIN.format(model=model.name, host=model.host))
    return replace(
        composed,
        sentences=(*composed.sentences, *_as_notes(notes)),
        withheld=(*composed.withheld, *draft.withheld),
    )


def _is_on_the_matter(material: Material, draft: Draft) -> bool:
    cited = {one.passage_id for one in draft.citations}
    return any(
        material.asked.covered(one.passage) >= MIN_COVERED for one in draft.evidence if one.passage.passage_id in cited
    )


def _as_notes(texts: Sequence[str]) -> list[Sentence]:
    return [Sentence(text=text, kind="note") for text in texts]
