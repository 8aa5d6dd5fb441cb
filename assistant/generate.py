"""The answer's words from a language model, through LangChain: one string names it, its words come as a stream."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import importlib.util
import ipaddress
import logging
import os
import queue
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from assistant.prompts import REWRITE
from corpus.errors import BadInputError
from corpus.settings import Settings

if TYPE_CHECKING:
    import httpx
    from langchain_core.language_models import BaseChatModel

log = logging.getLogger(__name__)
Ended = Literal["time", "gone", "long", "broken", "missing", "blocked"]

MAX_ANSWER_TOKENS = 700
# A refused connection or a busy server is asked once more; a model that is starting answers within some seconds.
RETRIES = 1
RETRY_WAIT_S = 0.4
POLL_S = 0.05
REWRITES = 3
# These write requests, and so people's words, to their logs at lower levels.
TALKATIVE = (
    "openai",
    "httpx",
    "httpcore",
    "anthropic",
    "langchain",
    "langchain_core",
    "langsmith",
    "ollama",
    "asyncio",
)


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider's package, where its models are reached unless a setting says otherwise, and its own kind of error."""

    package: str
    url: str
    error: str


PROVIDERS: Mapping[str, Provider] = {
    "ollama": Provider("langchain_ollama", "http://127.0.0.1:11434", "ollama.ResponseError"),
    "openai": Provider("langchain_openai", "https://api.openai.com/v1", "openai.OpenAIError"),
    "anthropic": Provider("langchain_anthropic", "https://api.anthropic.com", "anthropic.AnthropicError"),
    "mistralai": Provider("langchain_mistralai", "https://api.mistral.ai/v1", "httpx.HTTPError"),
}


class ModelEnded(Exception):
    """The model's words stopped before their end; `why` picks the note that tells it."""

    def __init__(self, why: Ended) -> None:
        super().__init__(why)
        self.why = why


@dataclass(slots=True)
class Model:
    """A language model as the settings name it. Nothing is imported or reached before the first word is asked for."""

    settings: Settings
    provider: str
    name: str
    url: str
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    @property
    def is_remote(self) -> bool:
        return not _is_loopback(self.host)

    @property
    def may_be_used(self) -> bool:
        """A model beyond this machine only when the setting names its host."""
        return not self.is_remote or self.settings.model_remote == self.host

    def stream(self, system: str, user: str) -> Iterator[str]:
        """The model's words as they come, within the time limit; ends quietly when `stop` is set.

        Raises ModelEnded. A failure before the first word is tried once more.
        """
        if not self.may_be_used:
            raise ModelEnded("blocked")
        if importlib.util.find_spec(PROVIDERS[self.provider].package) is None:
            raise ModelEnded("missing")
        deadline = time.monotonic() + self.settings.model_timeout_s
        for attempt in range(RETRIES + 1):
            begun = False
            try:
                for piece in _Stream(self, system, user, deadline).pieces():
                    begun = True
                    yield piece
                return
            except ModelEnded as error:
                if begun or error.why != "gone" or attempt == RETRIES or self.stop.is_set():
                    raise
                time.sleep(max(0.0, min(RETRY_WAIT_S, deadline - time.monotonic())))

    def rewrites(self, question: str) -> list[str]:
        """Other wordings to search with, by the model; none when it fails: searching goes on without."""
        try:
            text = "".join(self.stream(REWRITE, question))
        except ModelEnded as error:
            log.info("rewriting ended: %s", error.why)
            return []
        lines = (line.strip(" -*•\t") for line in text.splitlines())
        return [line for line in lines if 3 < len(line) <= 200][:REWRITES]

    def chat(self, client: httpx.AsyncClient) -> BaseChatModel:
        """The LangChain model behind it, reaching no other address than `url`."""
        from langchain.chat_models import init_chat_model

        for name in TALKATIVE:
            logging.getLogger(name).setLevel(logging.WARNING)
        options: dict[str, Any] = {"base_url": self.url}
        if self.provider == "ollama":
            options |= {"num_predict": MAX_ANSWER_TOKENS, "async_client_kwargs": self.client_options()}
        else:
            options |= {"max_retries": 0, "timeout": self.settings.model_timeout_s, "max_tokens": MAX_ANSWER_TOKENS}
        if self.provider == "openai":
            key = os.environ.get("OPENAI_API_KEY") or "ingen"
            options |= {"http_async_client": client, "stream_usage": False, "api_key": key}
        if self.host != "api.openai.com":  # the newest models there refuse a temperature
            options["temperature"] = 0
        model: BaseChatModel = init_chat_model(self.name, model_provider=self.provider, **options)
        return model

    def client_options(self) -> dict[str, Any]:
        """No redirect takes the words elsewhere, and no proxy those meant for this machine."""
        return {"follow_redirects": False, "trust_env": self.is_remote, "timeout": self.settings.model_timeout_s}


def load_model(settings: Settings) -> Model | None:
    """The model that the settings name, None for "none". Raises BadInputError on a string that names no provider."""
    if settings.model in ("", "none"):
        return None
    provider, _, name = settings.model.partition(":")
    if provider not in PROVIDERS or not name:
        known = ", ".join(f"{one}:namn" for one in PROVIDERS)
        raise BadInputError("Inställningen model känns inte igen", settings.model, f"Skriv den som {known} eller none.")
    return Model(settings, provider, name, settings.model_url or PROVIDERS[provider].url)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


_DONE = object()


class _Stream:
    """One request, read in a thread of its own, so that a time limit and a stop reach a model that says nothing."""

    def __init__(self, model: Model, system: str, user: str, deadline: float) -> None:
        self._model, self._messages = model, [("system", system), ("human", user)]
        self._deadline = deadline
        self._queue: queue.Queue[Any] = queue.Queue()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._ready = threading.Event()

    def pieces(self) -> Iterator[str]:
        thread = threading.Thread(target=self._run, name="språkmodell", daemon=True)
        thread.start()
        try:
            while True:
                item = self._next()
                if item is _DONE:
                    return
                if isinstance(item, ModelEnded):
                    raise item
                yield item
        finally:
            self._cancel()

    def _next(self) -> Any:
        while True:
            if self._model.stop.is_set():
                return _DONE
            left = self._deadline - time.monotonic()
            if left <= 0:
                raise ModelEnded("time")
            try:
                return self._queue.get(timeout=min(POLL_S, left))
            except queue.Empty:
                continue

    def _run(self) -> None:
        asyncio.run(self._read())

    async def _read(self) -> None:
        self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()
        self._ready.set()
        import httpx
        from langsmith.run_helpers import tracing_context

        try:
            # Tracing would send question and evidence to another host, whatever the environment says.
            async with httpx.AsyncClient(**self._model.client_options()) as client:
                with tracing_context(enabled=False):
                    async for chunk in self._model.chat(client).astream(self._messages):
                        self._queue.put(str(chunk.text))
            self._queue.put(_DONE)
        except asyncio.CancelledError:
            return
        except _failures(self._model.provider) as error:
            self._queue.put(ModelEnded(_why(error)))
        finally:
            self._queue.put(ModelEnded("broken"))  # what none foresaw; never reached after the others

    def _cancel(self) -> None:
        """Close the connection, so that the server stops working for nobody."""
        if self._ready.wait(timeout=1.0) and self._loop and self._task:
            with contextlib.suppress(RuntimeError):  # the loop has ended by itself
                self._loop.call_soon_threadsafe(self._task.cancel)


def _failures(provider: str) -> tuple[type[Exception], ...]:
    """What a request may fail with: the transport's errors, a body that is not what it should be, the provider's own."""
    import httpx
    from langchain_core.exceptions import LangChainException

    own = PROVIDERS[provider].error.rpartition(".")
    found = getattr(importlib.import_module(own[0]), own[2])
    return (
        httpx.HTTPError,
        LangChainException,
        OSError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        RuntimeError,
        found,
    )


_LONG = ("context_length", "context length", "maximum context", "too long", "too many tokens", "exceeds the", "n_ctx")


def _why(error: Exception) -> Ended:
    """Which of our reasons a provider's error is, by its kind and status; its text is not logged."""
    status = getattr(error, "status_code", None)
    name = type(error).__name__
    log.warning("language model: %s, status %s", name, status)
    if "Timeout" in name:
        return "time"
    if status in (400, 413, 422) and any(words in str(error).lower() for words in _LONG):
        return "long"
    if status is not None or "Connect" in name or "Connection" in name:
        return "gone"
    return "broken"
