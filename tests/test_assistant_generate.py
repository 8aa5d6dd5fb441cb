"""The generated mode, driven by a real server that speaks the OpenAI protocol on loopback."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant import prompts
from assistant.answer import Answer, Sentence
from assistant.assistant import Assistant
from assistant.draft import split_sentences
from assistant.generate import load_model
from assistant.worded import NOTES
from corpus.archive import Archive
from corpus.errors import BadInputError
from corpus.records import Scope
from corpus.settings import Settings, load_settings
from ingest.link import link
from tests.archive_records import HashEmbedder, make
from tests.conftest import ROOT
from tests.model_server import ModelServer, Script, closed_port, saying, serving

TODAY = date(2025, 1, 10)
QUESTION = "Vad sades om avgiften för vårkonferensen?"
TEXTS = (
    "Nätverket beslutade att avgiften för vårkonferensen fastställs till 1 400 kronor per deltagare. Lokalen rymmer högst 300 personer.",
    "Karin Berg föreslog att vårkonferensen hålls digitalt. Förslaget bordlades till nästa möte.",
    "Samira Holm undersöker kostnaden för skolskjuts till den 3 maj.",
)
RIGHT = "Avgiften för vårkonferensen är 1 400 kronor per deltagare [{fee}]."


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("generate") / "arkiv"
    with Archive.open(folder, embedder=HashEmbedder(), create=True) as archive:
        with archive.writing() as writer:
            writer.add(*make("ljus.txt", TEXTS, body="Ljusnätverket", day=date(2024, 4, 18)))
            writer.replace_links(link(archive.parts(Scope()), archive.all_passages(Scope()), ()))
            writer.finish()
        yield archive


def _settings(url: str, **more: object) -> Settings:
    return replace(Settings(), model="openai:prov", model_url=url, model_timeout_s=60.0, **more)  # type: ignore[arg-type]


def _ask(archive: Archive, server: ModelServer, question: str = QUESTION, **more: object) -> Answer:
    with serving(server):
        return Assistant(archive, _settings(server.url, **more)).answer(question, today=TODAY)


def _number(prompt: str, words: str) -> int:
    """The number that the prompt gives the passage with these words."""
    blocks = re.findall(r"UTDRAG (\d+) \w+\n(.*?)SLUT \1", prompt, re.DOTALL)
    return next(int(number) for number, text in blocks if words in text)


def _telling(template: str, size: int = 7) -> Script:
    """A model that answers from what it is given: {fee}, {digital} are the numbers of those passages."""

    def script(request: dict[str, object]) -> list[str | float]:
        prompt = str(request["messages"])
        prompt = prompt.replace("\\n", "\n")
        text = template.format(fee=_number(prompt, "avgiften"), digital=_number(prompt, "digitalt"))
        return saying(text, size)({})

    return script


def _kinds(answer: Answer) -> list[str]:
    return [sentence.kind for sentence in answer.sentences]


def _last(answer: Answer) -> str:
    return answer.sentences[-1].text


def test_a_models_sentences_are_shown_with_quotes_that_stand_on_the_page(archive: Archive) -> None:
    answer = _ask(archive, ModelServer(_telling(RIGHT + " Förslaget om en digital konferens bordlades [{digital}].")))
    assert answer.mode == "generated" and answer.model == "openai:prov" and answer.status == "answered"
    assert [re.sub(r" \[.*", "", sentence.text) for sentence in answer.sentences] == [
        "Avgiften för vårkonferensen är 1 400 kronor per deltagare",
        "Förslaget om en digital konferens bordlades",
    ]
    page = archive.page_texts(Scope(), answer.citations[0].document_id)[0]
    for citation in answer.citations:
        assert page[citation.span.start : citation.span.end] == citation.quote
    assert answer.citations[0].quote.endswith("1 400 kronor per deltagare.")
    assert answer.withheld == ()


def test_the_citations_are_numbered_in_order_of_appearance(archive: Archive) -> None:
    answer = _ask(archive, ModelServer(_telling("Karin Berg föreslog en digital vårkonferens [{digital}]. " + RIGHT)))
    assert [citation.number for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert answer.sentences[0].citations[0] == 1


def test_each_sentence_comes_before_the_model_has_ended(archive: Archive) -> None:
    told = saying("Avgiften är 1 400 kronor per deltagare [1]. Lokalen ")
    server = ModelServer(lambda request: [*told(request), 4.0, "rymmer högst 300 personer [1]."])
    with serving(server):
        begun = time.monotonic()
        stream = Assistant(archive, _settings(server.url)).stream(QUESTION, today=TODAY)
        first = next(stream)
        assert isinstance(first, Sentence) and "1 400" in first.text and time.monotonic() - begun < 3.9
        rest = list(stream)
    assert isinstance(rest[-1], Answer) and "300 personer" in rest[-1].text


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("Avgiften för vårkonferensen är 1 500 kronor per deltagare [1].", "en siffra står inte i källan"),
        ("Avgiften för vårkonferensen är 1 400 kronor per deltagare [9].", "källhänvisningen finns inte"),
        ("Avgiften för vårkonferensen är 1 400 kronor per deltagare [0].", "källhänvisningen finns inte"),
        ("Avgiften för vårkonferensen är 1 400 kronor per deltagare.", "källhänvisningen finns inte"),
        ("The fee for the conference is 1 400 kronor [1].", "meningen är inte på svenska"),
        ("Ursula Lund fastställde avgiften för vårkonferensen [1].", "ett namn står inte i källan"),
        ("Se [sidan](http://ond.example/x) om avgiften [1].", "meningen innehåller kod eller länkar"),
    ],
)
def test_a_sentence_that_does_not_hold_gives_the_composed_answer_and_says_so(
    archive: Archive, said: str, reason: str
) -> None:
    answer = _ask(archive, ModelServer(saying(said)))
    assert answer.mode == "extractive" and "1 400 kronor" in answer.text
    assert _last(answer) == NOTES["unsupported"]
    assert [held.reason for held in answer.withheld] == [reason]


def test_what_does_not_hold_is_left_out_of_what_does(archive: Archive) -> None:
    answer = _ask(archive, ModelServer(_telling(RIGHT + " Lokalen rymmer 5 000 personer [{fee}].")))
    assert answer.mode == "generated" and "5 000" not in answer.text and len(answer.withheld) == 1


def test_markdown_bullets_and_marks_after_the_full_stop_are_put_right(archive: Archive) -> None:
    said = "- **Avgiften** för vårkonferensen är 1 400 kronor per deltagare. [{fee}]\n- Lokalen rymmer högst 300 personer. [{fee}]\n"
    answer = _ask(archive, ModelServer(_telling(said)))
    assert [s.text.split(" [")[0] for s in answer.sentences] == [
        "Avgiften för vårkonferensen är 1 400 kronor per deltagare",
        "Lokalen rymmer högst 300 personer",
    ]


def test_what_a_model_thinks_aloud_is_left_out(archive: Archive) -> None:
    answer = _ask(archive, ModelServer(_telling("<think>Avgiften är kanske 9 kronor. Hm.</think>" + RIGHT)))
    assert answer.mode == "generated" and answer.withheld == () and "Hm" not in answer.text


def test_a_model_that_finds_nothing_gives_the_composed_answer(archive: Archive) -> None:
    answer = _ask(archive, ModelServer(saying("INGET SVAR")))
    assert answer.mode == "extractive" and _last(answer) == NOTES["silent"]


def test_a_slow_model_is_left_at_its_time_limit(archive: Archive) -> None:
    server = ModelServer(lambda request: [30.0, "Avgiften [1]."])
    begun = time.monotonic()
    with serving(server):
        settings = replace(_settings(server.url), model_timeout_s=0.8)
        answer = Assistant(archive, settings).answer(QUESTION, today=TODAY)
        assert time.monotonic() - begun < 20.0
        assert _last(answer) == NOTES["time"] and "1 400 kronor" in answer.text
        assert server.left.wait(5.0)  # the connection is closed: the model works for nobody no more


def test_a_refused_connection_gives_the_composed_answer(archive: Archive) -> None:
    settings = _settings(f"http://127.0.0.1:{closed_port()}/v1")
    answer = Assistant(archive, settings).answer(QUESTION, today=TODAY)
    assert _last(answer) == NOTES["gone"] and "1 400 kronor" in answer.text and answer.mode == "extractive"


def test_a_server_error_is_tried_once_more(archive: Archive) -> None:
    server = ModelServer(_telling(RIGHT), statuses=[500])
    answer = _ask(archive, server)
    assert answer.mode == "generated" and len(server.requests) == 2


def test_a_server_that_only_fails_gives_the_composed_answer(archive: Archive) -> None:
    server = ModelServer(saying(""), statuses=[500] * 9)
    answer = _ask(archive, server)
    assert _last(answer) == NOTES["gone"] and len(server.requests) == 2


@pytest.mark.parametrize("body", [b"<html>fel</html>", b"{]", b"", b'{"choices": "x"}', b"data: {oj\n\n"])
def test_garbage_gives_the_composed_answer(archive: Archive, body: bytes) -> None:
    answer = _ask(archive, ModelServer(saying(""), body=body))
    assert answer.mode == "extractive" and "1 400 kronor" in answer.text
    assert _last(answer) in (NOTES["broken"], NOTES["gone"], NOTES["unsupported"])


def test_half_a_stream_gives_the_composed_answer(archive: Archive) -> None:
    answer = _ask(archive, ModelServer(saying("Avgiften för vårkonferensen är 1 4"), cut=True))
    assert answer.mode == "extractive" and "1 400 kronor" in answer.text and answer.sentences[-1].kind == "note"


def test_a_prompt_that_is_too_long_is_tried_with_half(archive: Archive) -> None:
    error = {"error": {"message": "maximum context length is 512 tokens", "code": "context_length_exceeded"}}
    server = ModelServer(_telling(RIGHT), statuses=[400], error=error)
    answer = _ask(archive, server, model_tokens=1_400)
    assert answer.mode == "generated" and len(server.prompts[1]) <= len(server.prompts[0])
    server = ModelServer(saying(""), statuses=[400] * 9, error=error)
    assert _last(_ask(archive, server)) == NOTES["long"]


def test_the_prompt_keeps_its_budget(archive: Archive) -> None:
    for tokens in (900, 1_200, 3_000):
        server = ModelServer(saying("INGET SVAR"))
        _ask(archive, server, QUESTION + " Och mer därtill." * 400, model_tokens=tokens)
        assert all(len(prompt) <= tokens * prompts.CHARS_PER_TOKEN for prompt in server.prompts)


def test_the_evidence_is_numbered_fenced_and_cannot_close_its_fence(archive: Archive) -> None:
    server = ModelServer(saying("INGET SVAR"))
    _ask(archive, server)
    fences = re.findall(r"^(UTDRAG|SLUT) (\d+) (\w+)$", server.prompts[0], re.MULTILINE)
    assert [int(number) for kind, number, _ in fences if kind == "UTDRAG"] == list(range(1, len(fences) // 2 + 1))
    assert len({code for _, _, code in fences}) == 1


def test_stopping_ends_the_models_work_and_keeps_what_was_shown(archive: Archive) -> None:
    said = saying("Avgiften för vårkonferensen är 1 400 kronor per deltagare [1]. Mer ")
    server = ModelServer(lambda request: [*said(request), 30.0, "kommer."])
    with serving(server):
        assistant = Assistant(archive, _settings(server.url))
        stream = assistant.stream(QUESTION, today=TODAY)
        first = next(stream)
        threading.Timer(0.2, assistant.stop).start()
        begun = time.monotonic()
        *_, answer = stream
        assert time.monotonic() - begun < 15.0
        assert isinstance(answer, Answer) and answer.status == "partial" and _last(answer) == NOTES["stopped"]
        assert answer.sentences[0] == first
        assert server.left.wait(5.0)


def test_closing_the_stream_ends_the_models_work(archive: Archive) -> None:
    said = saying("Avgiften för vårkonferensen är 1 400 kronor per deltagare [1]. Mer ")
    server = ModelServer(lambda request: [*said(request), 30.0, "kommer."])
    with serving(server):
        stream = Assistant(archive, _settings(server.url)).stream(QUESTION, today=TODAY)
        next(stream)
        stream.close()  # type: ignore[attr-defined]
        assert server.left.wait(5.0)


def test_rows_are_counted_from_the_registers_and_never_by_the_model(archive: Archive) -> None:
    server = ModelServer(saying("Det finns 99 nätverk [1]."))
    answer = _ask(archive, server, "Vilka nätverk finns?")
    assert server.requests == [] and "1 möte" in answer.text


def test_a_model_beyond_this_machine_gets_nothing_unless_the_setting_names_it(archive: Archive) -> None:
    settings = replace(Settings(), model="openai:gpt-x", model_url="http://192.0.2.1:9/v1", model_timeout_s=2.0)
    answer = Assistant(archive, settings).answer(QUESTION, today=TODAY)
    assert _last(answer) == NOTES["blocked"] and "1 400 kronor" in answer.text
    other = replace(settings, model_remote="annan.example")
    assert _last(Assistant(archive, other).answer(QUESTION, today=TODAY)) == NOTES["blocked"]


def test_the_providers_own_address_counts_as_beyond_this_machine() -> None:
    for model in ("openai:gpt-x", "anthropic:claude-x", "mistralai:mistral-x"):
        loaded = load_model(replace(Settings(), model=model))
        assert loaded is not None and loaded.is_remote and not loaded.may_be_used
    ollama = load_model(replace(Settings(), model="ollama:gemma3"))
    assert ollama is not None and not ollama.is_remote


def test_an_answer_by_a_model_beyond_this_machine_says_which(archive: Archive) -> None:
    # This spelling is not taken for this machine, yet reaches it: what is not surely here counts as beyond.
    with serving(ModelServer(_telling(RIGHT))) as server:
        url = server.url.replace("127.0.0.1", "127.1")
        answer = Assistant(archive, _settings(url, model_remote="127.1")).answer(QUESTION, today=TODAY)
    assert answer.mode == "generated"
    assert _last(answer) == "Orden är gjorda av prov på 127.1; frågan och utdragen har skickats dit."


def test_what_was_sent_in_vain_is_told_too(archive: Archive) -> None:
    with serving(ModelServer(saying("Avgiften är 9 kronor [1]."))) as server:
        url = server.url.replace("127.0.0.1", "127.1")
        answer = Assistant(archive, _settings(url, model_remote="127.1")).answer(QUESTION, today=TODAY)
    assert answer.mode == "extractive"
    assert _last(answer) == "Frågan och utdragen har skickats till prov på 127.1."


def test_a_redirect_takes_the_words_nowhere(archive: Archive) -> None:
    elsewhere = ModelServer(_telling(RIGHT))
    with serving(elsewhere):
        answer = _ask(archive, ModelServer(saying(""), redirect=f"{elsewhere.url}/chat/completions"))
    assert elsewhere.requests == [] and answer.mode == "extractive"


def test_neither_tracing_nor_a_proxy_of_the_environment_gets_the_words(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    spy = ModelServer(saying("x"))
    with serving(spy):
        address = spy.url.removesuffix("/v1")
        for name, value in {
            "LANGSMITH_TRACING": "true", "LANGCHAIN_TRACING_V2": "true", "LANGSMITH_ENDPOINT": address,
            "LANGSMITH_API_KEY": "x", "HTTP_PROXY": address, "http_proxy": address, "ALL_PROXY": address,
        }.items():  # fmt: skip
            monkeypatch.setenv(name, value)
        answer = _ask(archive, ModelServer(_telling(RIGHT)))
    assert answer.mode == "generated" and spy.requests == []


def test_no_text_of_question_evidence_or_answer_is_logged(archive: Archive, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        _ask(archive, ModelServer(_telling(RIGHT)))
        _ask(archive, ModelServer(saying(""), statuses=[500] * 4))
    logged = caplog.text + " ".join(str(record.args) for record in caplog.records)
    for words in ("vårkonferens", "avgift", "Ljusnätverket", "1 400", "v\\u00e5rkonferens"):
        assert words not in logged


def test_the_models_other_wordings_only_widen_the_search(archive: Archive) -> None:
    def script(request: dict[str, object]) -> list[str | float]:
        is_rewriting = "söksträngar" in str(request["messages"])
        return saying("kostnad skolskjuts\nbuss pris\n" if is_rewriting else "INGET SVAR")({})

    server = ModelServer(script)
    answer = _ask(archive, server, "Vad sades om konferensens lokal?", model_rewrites=True)
    assert len(server.requests) == 2 and "skolskjuts" in server.prompts[1] and answer.question.asked not in ("", None)
    off = ModelServer(script)
    _ask(archive, off, "Vad sades om konferensens lokal?")
    assert len(off.requests) == 1


def test_a_string_that_names_no_provider_is_refused() -> None:
    with pytest.raises(BadInputError, match="model känns inte igen"):
        load_model(replace(Settings(), model="gemma3"))


@pytest.mark.parametrize(("typed", "value"), [("ja", True), ("1", True), ("false", False), ("nej", False), ("", False)])
def test_a_yes_or_no_setting_is_read_as_people_write_it(tmp_path: Path, typed: str, value: bool) -> None:
    assert load_settings({"MOTESMINNE_MODEL_REWRITES": typed}, tmp_path).model_rewrites is value


def test_a_yes_or_no_setting_with_another_word_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="model_rewrites"):
        load_settings({"MOTESMINNE_MODEL_REWRITES": "kanske"}, tmp_path)


def test_without_a_model_a_question_imports_no_langchain(archive: Archive) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom corpus.archive import Archive\nfrom assistant.assistant import Assistant\n"
        "from tests.archive_records import HashEmbedder\n"
        f"a = Archive.open(Path({str(archive.folder)!r}), embedder=HashEmbedder())\n"
        f"Assistant(a).answer({QUESTION!r})\n"
        "print([m for m in sys.modules if m.startswith(('langchain', 'openai', 'langsmith', 'httpx'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"


SPLIT = {
    "A är 1 kr. [1] B är kl. 9 i dag [2]. C": ["A är 1 kr. [1]", "B är kl. 9 i dag [2].", "C"],
    "Ett. Två! Tre?": ["Ett.", "Två!", "Tre?"],
    "Rad ett [1]\n- Rad två [2]\n": ["Rad ett [1]", "- Rad två [2]"],
    "Det är t.ex. 3,5 procent [1].": ["Det är t.ex. 3,5 procent [1]."],
    "Bl.a. Alby [1]. Öby [2].": ["Bl.a. Alby [1].", "Öby [2]."],
}


@pytest.mark.parametrize("size", [1, 3, 100])
@pytest.mark.parametrize(("text", "sentences"), SPLIT.items())
def test_a_stream_is_cut_at_its_sentences_however_it_comes(text: str, sentences: list[str], size: int) -> None:
    pieces = [text[i : i + size] for i in range(0, len(text), size)]
    assert list(split_sentences(pieces)) == sentences
