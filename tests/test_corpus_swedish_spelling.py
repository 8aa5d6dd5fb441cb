"""The noisy channel: cases from files, laws, and tokens that may never change."""

from __future__ import annotations

import random
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.swedish.spelling import Speller, is_protected

CASES = Path(__file__).parent / "cases"
SPELLER = Speller()
WORDS = """
    for ar pa vara har man lag inga andras forsvarar huvudman raden moétet 6ver 0kad 1&gga Okar Asa Goteborg skolan
    elevhalsa fragor, narvaro. och att en de som nasta méte | $ 14 Al iverksamheten Underlagfér f6r & 2024-03-18 7A
""".split()


def cases(name: str) -> list[dict[str, object]]:
    return list(tomllib.loads((CASES / name).read_text(encoding="utf-8"))["case"])


@pytest.mark.parametrize("case", cases("repair_words.toml"), ids=lambda case: str(case["before"])[:40])
def test_a_damaged_line_becomes_the_line_that_was_printed(case: dict[str, object]) -> None:
    known = {str(word): 3 for word in case.get("known", [])}  # type: ignore[attr-defined]
    speller = Speller(known) if known else SPELLER
    assert speller.repair_text(str(case["before"])).text == case["after"]


@pytest.mark.parametrize("line", tomllib.loads((CASES / "repair_pairs.toml").read_text(encoding="utf-8"))["lines"])
def test_neighbours_decide_between_two_words(line: str) -> None:
    assert SPELLER.repair_text(line.translate(str.maketrans("åäöÅÄÖ", "aaoAAO"))).text == line


@pytest.mark.xfail(strict=True, reason="known failures")
@pytest.mark.parametrize("case", cases("repair_failures.toml"), ids=lambda case: str(case["why"])[:40])
def test_what_repair_still_gets_wrong(case: dict[str, object]) -> None:
    assert SPELLER.repair_text(str(case["before"])).text == case["after"]


@pytest.mark.parametrize("line", tomllib.loads((CASES / "repair_unchanged.toml").read_text())["lines"])
def test_addresses_numbers_labels_and_foreign_words_stay(line: str) -> None:
    kept = re.findall(r"\S*[@\d§%]\S*|[A-ZÅÄÖ]{2,}|www\S+|https\S+", line)
    repaired = SPELLER.repair_text(line).text
    assert [one for one in kept if one not in repaired] == []


def made_tokens(count: int) -> list[str]:
    """Protected tokens of every kind, made up."""
    dice = random.Random(5)
    n = dice.randrange
    shapes = (
        lambda: f"{n(2015, 2027)}-{n(1, 13):02}-{n(1, 29):02}", lambda: f"{n(10, 28)}{n(1, 13):02}{n(1, 29):02}",
        lambda: f"{n(1, 29)}/{n(1, 13)}", lambda: f"{n(1, 24)}.{n(0, 60):02}", lambda: f"kl{n(1, 24)}", lambda: f"§{n(1, 99)}",
        lambda: f"{n(1, 99)},{n(0, 9)}%", lambda: f"{n(1, 999)}kr", lambda: f"{n(1, 99)}st", lambda: f"{n(1, 10)}{dice.choice('ABCDEabcdeF')}",
        lambda: f"åk{n(1, 10)}", lambda: f"ak{n(1, 10)}", lambda: f"{dice.choice('FfÅ')}-{n(3, 10)}", lambda: f"{n(1, 10)}:{dice.choice(['a', 'e', 'an'])}",
        lambda: f"{dice.choice(['HT', 'VT', 'ht', 'vt'])}{n(10, 30)}", lambda: f"v{n(1, 53)}", lambda: f"KS{n(2000, 2030)}-{n(1, 999)}",
        lambda: f"dnr{n(2000, 2030)}/{n(1, 999):04}", lambda: f"{dice.choice(['asa', 'par'])}.sjogren@ockero.se",
        lambda: f"www.{dice.choice(['harryda', 'lidkoping'])}.se/for-larare/{n(9)}", lambda: f"{dice.choice('ABCDEFGO')}{n(1, 9)}",
        lambda: f"{dice.choice('AOEU')}.{dice.choice('AOBD')}.", lambda: f"1{n(0, 9)}{n(0, 9)}00", lambda: f"0{n(1, 99)}-{n(100, 999)}{n(10, 99)}",
    )  # fmt: skip
    return [shapes[i % len(shapes)]() for i in range(count)]


def test_ten_thousand_protected_tokens_stand_unchanged_among_damaged_words() -> None:
    tokens = made_tokens(12_000)
    dice = random.Random(3)
    text = " ".join(f"{dice.choice(WORDS[:12])} {token}" for token in tokens)
    repaired = SPELLER.repair_text(text).text.split(" ")
    assert [(a, b) for a, b in zip(tokens, repaired[1::2], strict=True) if a != b] == []


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=14))
def test_repairing_twice_changes_nothing_more(words: list[str]) -> None:
    once = SPELLER.repair_text(" ".join(words)).text
    assert SPELLER.repair_text(once).text == once


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*WORDS, "kl13", "12", "3,5", "2:a"]), max_size=14))
def test_the_edits_replayed_give_the_text(words: list[str]) -> None:
    text = " ".join(words)
    made = SPELLER.repair_text(text)
    for start, end, new, _ in reversed(made.edits):
        text = text[:start] + new + text[end:]
    assert text == made.text


@settings(max_examples=200, deadline=None)
@given(st.from_regex(r"[0-9]{1,4}[a-zA-Z]?", fullmatch=True))
def test_a_number_with_at_most_one_letter_is_protected(token: str) -> None:
    assert is_protected(token)
