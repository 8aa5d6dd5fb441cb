"""Citation marks in running text: read in all the ways that models write them, written in one."""

from __future__ import annotations

import re

# [1], [1, 2], [1 och 2], [1–3], [källa 1], [Källa: 2], [^1], 【1】; nothing else in brackets is a mark, no date and no year.
_ANY = re.compile(
    r"[ \u00a0]?[\[【]\s*(?:k[äa]ll(?:a|or)|utdrag|source|ref|nr)?[\s.:#^]*"
    r"(?P<body>\d{1,3}(?:\s*(?:,|;|&|och|samt|[-–—]|till)\s*(?:k[äa]lla\s*)?\d{1,3})*)\s*(?:†[^\]】]*)?[\]】]",
    re.IGNORECASE,
)
MARK = re.compile(r"[ \u00a0]?\[(\d+)\]")
# A range longer than this is no citation; it is kept as its ends, one of which will not exist.
MAX_RANGE = 6


def normalised(text: str) -> str:
    """The text with every mark as ` [1][2]`, a mark repeated in one place written once."""
    spelled = _ANY.sub(lambda match: " " + "".join(f"[{n}]" for n in dict.fromkeys(_numbers(match["body"]))), text)
    return re.sub(r"\[\d+\](?:\s*\[\d+\])+", lambda match: _once(match.group()), spelled)


def numbers(text: str) -> tuple[int, ...]:
    """The numbers of the text's marks in order of appearance, each once."""
    return tuple(dict.fromkeys(int(number) for number in MARK.findall(text)))


def without(text: str) -> str:
    """The text without its marks."""
    return MARK.sub("", text)


def segments(text: str) -> list[tuple[str, tuple[int, ...]]]:
    """The stretches of a sentence that its marks end, each without its marks; what follows the last goes with it."""
    found: list[tuple[str, tuple[int, ...]]] = []
    at = 0
    for match in re.finditer(r"(?:[ \u00a0]?\[\d+\])+", text):
        found.append((text[at : match.start()], numbers(match.group())))
        at = match.end()
    if found and text[at:].strip():
        found[-1] = (found[-1][0] + text[at:], found[-1][1])
    return found


def renumbered(text: str, new: dict[int, int]) -> str:
    """The text with each mark's number replaced by its new one, each once in a place."""
    changed = re.sub(r"\[(\d+)\]", lambda match: f"[{new.get(int(match[1]), int(match[1]))}]", text)
    return re.sub(r"\[\d+\](?:\s*\[\d+\])+", lambda match: _once(match.group()), changed)


def _once(run: str) -> str:
    return "".join(f"[{number}]" for number in dict.fromkeys(re.findall(r"\d+", run)))


def _numbers(body: str) -> list[int]:
    found: list[int] = []
    for piece in re.split(r"\s*(?:,|;|&|och|samt)\s*", body):
        ends = [int(number) for number in re.findall(r"\d+", piece)]
        is_range = len(ends) == 2 and 0 <= ends[1] - ends[0] < MAX_RANGE
        found += range(ends[0], ends[1] + 1) if is_range else ends
    return found
