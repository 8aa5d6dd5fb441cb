"""Runs parsers and OCR in spawned child processes with limits on memory and time: no file can end the program."""

from __future__ import annotations

import multiprocessing
import resource
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from queue import SimpleQueue
from types import TracebackType
from typing import Any

from corpus.errors import FileDamagedError, MotesminneError, TimeLimitError, TooLargeError

STOP_S = 2.0


@dataclass(slots=True)
class Worker:
    """One child process that runs one call at a time; after a crash or a late answer the next starts anew."""

    memory_mb: int
    _process: SpawnProcess | None = None
    _pipe: Connection | None = None

    def start(self) -> Connection:
        """The pipe to the child, which is started when it does not run."""
        if self._pipe is None or self._process is None or not self._process.is_alive():
            self.stop()
            context = multiprocessing.get_context("spawn")
            self._pipe, child = context.Pipe()
            self._process = context.Process(target=_serve, args=(child, self.memory_mb), daemon=True)
            self._process.start()
            child.close()
        return self._pipe

    def call(self, function: Callable[..., Any], args: tuple[Any, ...], timeout_s: float) -> Any:
        """function(*args) in the child. Raises its MotesminneError, or one that says how the child ended."""
        pipe = self.start()
        try:
            pipe.send((function, args))
            if not pipe.poll(timeout_s):
                self.stop()
                raise TimeLimitError(
                    f"Läsningen tog längre än {timeout_s:.0f} sekunder", "", "Dela upp filen eller höj tidsgränsen."
                )
            is_error, result = pipe.recv()
        except (EOFError, OSError) as error:
            self.stop()
            raise TooLargeError(
                "Läsaren avbröts: filen krävde för mycket minne eller är skadad",
                "",
                "Kontrollera filen i ett annat program, eller spara om den.",
            ) from error
        if is_error:
            raise result
        return result

    def stop(self) -> None:
        """End the child now; nothing it held is needed."""
        if self._process and self._pipe:
            self._pipe.close()
            self._process.kill()
            self._process.join(STOP_S)
            self._process.close()
        self._process = self._pipe = None


@dataclass(slots=True)
class Pool:
    """As many workers as asked for; calls come back in order."""

    size: int
    memory_mb: int
    _idle: SimpleQueue[Worker] = field(default_factory=SimpleQueue)
    _workers: list[Worker] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._workers = [Worker(self.memory_mb) for _ in range(max(1, self.size))]
        for worker in self._workers:
            self._idle.put(worker)

    def call(self, function: Callable[..., Any], *args: Any, timeout_s: float) -> Any:
        """function(*args) in the next idle child."""
        worker = self._idle.get()
        try:
            return worker.call(function, args, timeout_s)
        finally:
            self._idle.put(worker)

    def map(
        self, function: Callable[..., Any], calls: Iterable[tuple[Any, ...]], timeout_s: float
    ) -> Iterator[Any | MotesminneError]:
        """Results in the order of `calls`; a call that failed gives its error in its place."""

        def one(args: tuple[Any, ...]) -> Any:
            try:
                return self.call(function, *args, timeout_s=timeout_s)
            except MotesminneError as error:
                return error

        with ThreadPoolExecutor(len(self._workers)) as threads:
            yield from threads.map(one, calls)

    def __enter__(self) -> Pool:
        for worker in self._workers:
            worker.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.stop()


def _serve(pipe: Connection, memory_mb: int) -> None:
    """The child's loop. Its address space is capped, it dumps no core, and it leaves Ctrl-C to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while True:
        try:
            function, args = pipe.recv()
        except EOFError:
            return
        pipe.send(_result(function, args))


def _result(function: Callable[..., Any], args: tuple[Any, ...]) -> tuple[bool, Any]:
    try:
        return False, function(*args)
    except MotesminneError as error:
        return True, error
    except MemoryError:
        return True, TooLargeError("Filen kräver mer minne än gränsen", "", "Dela upp filen i mindre delar.")
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, RuntimeError, SyntaxError) as error:
        return True, FileDamagedError(
            f"Filen går inte att läsa ({type(error).__name__})", "", "Öppna och spara om filen i sitt eget program."
        )
