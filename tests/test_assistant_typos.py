"""Slips in a question: what the archive knows is taken for what it does not, words of the language are left alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.typos import correct
from corpus.archive import Archive
from corpus.records import Scope
from tests.archive_records import make

TEXTS = (
    "Nätverket talade om behörighet, elevhälsodagen och avgiften för skolskjuts.",
    "Båda kommunerna Lindebro och Granfors deltar i omställningen. Skolsköterskan informerade om Ängslyckan.",
    "Konferensen hålls i maj. Frågan om mobiltelefoner bordläggs.",
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.open(Path(tmp_path_factory.mktemp("arkiv")) / "a", create=True) as made:
        with made.writing() as writer:
            writer.add(*make("ett.txt", TEXTS))
            writer.finish()
        yield made


@pytest.mark.parametrize(
    ("typed", "used"),
    [
        ("avgfiten", "avgiften"),
        ("skolskujts", "skolskjuts"),
        ("mobiltelfoner", "mobiltelefoner"),
        ("konfernesen", "konferensen"),
        ("lindbero", "lindebro"),
        ("behörihgeten", "behörigheten"),
        ("omstallningen", "omställningen"),
        ("angslyckan", "ängslyckan"),
        ("skolsköetrskan", "skolsköterskan"),
        ("konferansen", "konferensen"),
        ("tonårignarna", "tonåringarna"),
        ("utbetlaningen", "utbetalningen"),
        ("praktiknaterna", "praktikanterna"),
        ("avgiftsbetlaning", "avgiftsbetalning"),
        ("konferenasvgiften", "konferensavgiften"),
        ("resonreade", "resonerade"),
        ("resonemanng", "resonemang"),
        ("konferänsen", "konferensen"),
        ("it-konfernesen", "it-konferensen"),
    ],
)
def test_a_slip_is_taken_for_the_archives_word_and_told(archive: Archive, typed: str, used: str) -> None:
    found = correct(f"Vad sägs om {typed}?", archive, Scope())
    assert found.changes == ((typed, used),)
    assert found.text == f"Vad sägs om {used}?"


@pytest.mark.parametrize(
    "question",
    [
        "Vad sägs om avgiften?",
        "Får barnen åka och bada?",
        "Vad är ett vattenfall?",
        "Vad kostar kärnkraften?",
        "Gäller det § 14 den 3 mars 2024?",
        "Vad säger rektorn om avgifter?",
        "Vem är kommunalråd?",
        "Vilka är minderåriga på majmötet?",
        "Är det mobilfritt på skolgården?",
        "Vad sas om kronorsersättningen i år?",
    ],
)
def test_words_of_the_language_stay(archive: Archive, question: str) -> None:
    assert correct(question, archive, Scope()).changes == ()


@pytest.mark.parametrize(
    ("bare", "marked"),
    [
        ("Hur lang ar kon till psykvarden?", "Hur lång är kön till psykvården?"),
        ("var kan tonaringar ga framover", "var kan tonåringar gå framöver"),
        ("Hur mycket kostar det per elev och ar?", "Hur mycket kostar det per elev och år?"),
        ("Vad sa rektorn om underskoterskorna?", "Vad sa rektorn om undersköterskorna?"),
        ("Har avgiften stod?", "Har avgiften stod?"),
        ("Vad kostar konferensen i maj?", "Vad kostar konferensen i maj?"),
    ],
)
def test_a_question_without_marks_gets_them_back(archive: Archive, bare: str, marked: str) -> None:
    assert correct(bare, archive, Scope()).text == marked


def test_a_change_is_made_to_whole_words_only(archive: Archive) -> None:
    assert correct("Kostar fargen ar för ar mer?", archive, Scope()).text.startswith("Kostar ")


def test_a_short_form_in_capitals_stays(archive: Archive) -> None:
    assert correct("Vem leder YK:s grupp?", archive, Scope()).changes == ()


def test_an_empty_archive_corrects_nothing(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a", create=True) as archive:
        assert correct("Vad sägs om avgfiten?", archive, Scope()).changes == ()
