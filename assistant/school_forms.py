"""School forms in questions and passages: what holds for the gymnasium answers nothing that is asked of the preschool."""

from __future__ import annotations

import re

from corpus.records import Passage

# Each form by the pieces of words that surely name it. *Skola* and *elev* alone name none.
FORMS = {
    "förskola": re.compile(r"\bförskol(?!eklass)|\bdagis|\bdaghem", re.IGNORECASE),
    "grundskola": re.compile(r"\bgrundskol|\bhögstadi|\bmellanstadi|\blågstadi|\b[fF]\s?[–-]\s?\d", re.IGNORECASE),
    "gymnasium": re.compile(r"gymnasi", re.IGNORECASE),
    "vuxenutbildning": re.compile(r"\bvuxenutbild|\bkomvux|\bvux\b|\bvuxen(?:rådet|nätverk)|\bsfi\b", re.IGNORECASE),
    "anpassad": re.compile(r"\banpassad\w* (?:grund|gymnasie)?skol|\bsärskol|\bgrundsär|\bgymnasiesär", re.IGNORECASE),
    "fritidshem": re.compile(r"\bfritids(?:hem|pedagog)?", re.IGNORECASE),
}  # fmt: skip


def named(text: str) -> frozenset[str]:
    """The school forms that a text names."""
    return frozenset(form for form, pattern in FORMS.items() if pattern.search(text))


def told_in(passage: Passage) -> frozenset[str]:
    """The forms that a passage names: in its text, its headings or its body's name."""
    return named("\n".join((*passage.heading, passage.body or "", passage.text)))


def is_of_other_form(question: str, told: frozenset[str]) -> bool:
    """Whether a question of one form meets a passage that names others and not this one."""
    asked = named(question)
    return len(asked) == 1 and bool(told) and not asked & told
