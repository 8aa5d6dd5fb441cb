"""A conversation whose answers are made off the page's thread, in the order asked, so that no rerun ends them."""

from __future__ import annotations

import threading
import uuid
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from assistant.answer import Answer, Sentence, Turn
from assistant.wire import answer_json
from corpus.records import Filter

Status = Literal["waiting", "running", "done", "failed"]
Ask = Callable[[str, Sequence[Turn], Filter, Sequence[str]], Iterator[Sentence | Answer]]
Guard = Callable[[Callable[[], None]], str | None]
MAX_CONVERSATIONS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One turn: the question with its limits, the sentences so far, and the answer's JSON when it is whole."""

    number: int
    question: str
    filter: Filter = Filter()
    without: tuple[str, ...] = ()
    status: Status = "waiting"
    sentences: tuple[Sentence, ...] = ()
    answer: dict[str, Any] | None = None
    error: str | None = None
    verdict: str | None = None


@dataclass(slots=True)
class Conversation:
    """Safe to use from any thread; one answer is made at a time, since the next may lean on it."""

    ask_assistant: Ask
    guard: Guard
    conversation_id: str = field(default_factory=lambda: uuid.uuid4().hex[:12])
    kept: int = 0
    _turns: list[Asked] = field(default_factory=list)
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _worker: threading.Thread | None = None

    @property
    def turns(self) -> tuple[Asked, ...]:
        with self._lock:
            return tuple(self._turns)

    @property
    def is_busy(self) -> bool:
        return any(turn.status in ("waiting", "running") for turn in self.turns)

    def ask(self, question: str, filter: Filter = Filter(), without: Sequence[str] = ()) -> int:
        """Queue a question; gives its number from 1."""
        with self._lock:
            number = len(self._turns) + 1
            self._turns.append(Asked(number=number, question=question, filter=filter, without=tuple(without)))
        self._start()
        return number

    def widen(self, number: int, value: str) -> None:
        """Ask turn `number` again without the limit `value`."""
        turn = self.turns[number - 1]
        self._set(Asked(number=number, question=turn.question, filter=turn.filter, without=(*turn.without, value)))
        self._start()

    def restore(self, turns: Sequence[tuple[str, dict[str, Any]]]) -> None:
        """Put back what was kept: questions with their answers as shown that day."""
        with self._lock:
            self._turns = [
                Asked(number=number, question=question, status="done", answer=answer)
                for number, (question, answer) in enumerate(turns, 1)
            ]

    def mark(self, number: int, verdict: str) -> None:
        self._set(replace(self.turns[number - 1], verdict=verdict))

    def wait(self, timeout_s: float) -> None:
        """Until nothing is under way, or the time is out."""
        worker = self._worker
        if worker:
            worker.join(timeout_s)

    def _start(self) -> None:
        with self._lock:
            if self._worker is None or not self._worker.is_alive():
                self._worker = threading.Thread(target=self._work, name="answers", daemon=True)
                self._worker.start()

    def _work(self) -> None:
        while True:
            with self._lock:
                waiting = next((turn for turn in self._turns if turn.status == "waiting"), None)
                if waiting is None:
                    self._worker = None
                    return
                self._set(replace(waiting, status="running"))
            number = waiting.number
            error = self.guard(lambda number=number: self._answer(number))  # type: ignore[misc]
            if error:
                self._set(replace(self.turns[number - 1], status="failed", error=error))

    def _answer(self, number: int) -> None:
        turn = self.turns[number - 1]
        before = [
            Turn(question=one.question, answer=one.answer["text"])
            for one in self.turns[: number - 1]
            if one.answer is not None
        ]
        for piece in self.ask_assistant(turn.question, before, turn.filter, turn.without):
            turn = _with(turn, piece)
            self._set(turn)

    def _set(self, turn: Asked) -> None:
        with self._lock:
            self._turns[turn.number - 1] = turn


def _with(turn: Asked, piece: Sentence | Answer) -> Asked:
    if isinstance(piece, Sentence):
        return replace(turn, sentences=(*turn.sentences, piece))
    return replace(turn, status="done", answer=answer_json(piece))


class Conversations:
    """The conversations of this process by their id, the oldest unused dropped first."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, Conversation] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, conversation: Conversation) -> None:
        with self._lock:
            self._held[conversation.conversation_id] = conversation
            while len(self._held) > MAX_CONVERSATIONS:
                self._held.popitem(last=False)

    def get(self, conversation_id: str) -> Conversation | None:
        with self._lock:
            if conversation_id in self._held:
                self._held.move_to_end(conversation_id)
            return self._held.get(conversation_id)
