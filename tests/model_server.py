"""A real HTTP server on loopback that speaks the OpenAI protocol as the test scripts it: streaming, slow, wrong, gone."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

# Given the request, the pieces of the answer; a float among them is a pause in seconds.
Script = Callable[[dict[str, Any]], list[str | float]]


@dataclass
class ModelServer:
    """What the server was asked, and what it does next. `statuses` are given before the script runs, one a request."""

    script: Script
    statuses: list[int] = field(default_factory=list)
    error: dict[str, Any] = field(default_factory=lambda: {"error": {"message": "fel", "code": "server_error"}})
    body: bytes | None = None
    redirect: str = ""
    cut: bool = False
    requests: list[dict[str, Any]] = field(default_factory=list)
    left: threading.Event = field(default_factory=threading.Event)
    url: str = ""

    @property
    def prompts(self) -> list[str]:
        return ["\n".join(str(m["content"]) for m in one["messages"]) for one in self.requests]


@contextmanager
def serving(server: ModelServer) -> Iterator[ModelServer]:
    http = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"told": server}))
    http.daemon_threads = True
    server.url = f"http://127.0.0.1:{http.server_address[1]}/v1"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()


class _Handler(BaseHTTPRequestHandler):
    """Plays the server's script."""

    told: ModelServer
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: Any) -> None:
        """Silent."""

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.told.requests.append(request)
        if self.told.redirect:
            self.send_response(307)
            self.send_header("Location", self.told.redirect)
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif self.told.statuses:
            self._plain(self.told.statuses.pop(0), json.dumps(self.told.error).encode())
        elif self.told.body is not None:
            self._plain(200, self.told.body)
        else:
            self._stream(self.told.script(request))

    def _plain(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, pieces: list[str | float]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            for piece in pieces:
                if isinstance(piece, float):
                    self._pause(piece)
                else:
                    self._event(piece)
            if not self.told.cut:
                self.wfile.write(b"data: [DONE]\n\n")
        except OSError:
            self.told.left.set()

    def _pause(self, seconds: float) -> None:
        """Comments keep the stream open, and tell when nobody listens any more."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            time.sleep(0.02)
            self.wfile.write(b": vantar\n\n")
            self.wfile.flush()

    def _event(self, text: str) -> None:
        chunk = {
            "id": "1", "object": "chat.completion.chunk", "created": 1, "model": "prov",
            "choices": [{"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}],
        }  # fmt: skip
        self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
        self.wfile.flush()


def saying(text: str, size: int = 7) -> Script:
    """A script that says `text` in pieces of `size` characters, whatever it is asked."""
    return lambda request: [text[i : i + size] for i in range(0, len(text), size)]


def closed_port() -> int:
    """A port on loopback where nobody listens."""
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
