"""What every test stands on: no connection beyond loopback, and the shared folder when it is there."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def _is_local(family: int, address: Any) -> bool:
    if family not in (socket.AF_INET, socket.AF_INET6):
        return True
    host = address[0]
    return host in ("localhost", "::1", "") or host.startswith("127.")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that would leave the machine."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded(self: socket.socket, address: Any) -> Any:
        if not _is_local(self.family, address):
            raise AssertionError(f"a test tried to reach {address!r}")
        return connect(self, address)

    def guarded_ex(self: socket.socket, address: Any) -> Any:
        if not _is_local(self.family, address):
            raise AssertionError(f"a test tried to reach {address!r}")
        return connect_ex(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_ex)


@pytest.fixture(scope="session")
def seed_folder() -> Path:
    """The real document, outside the project; without it the test is skipped."""
    folder = SHARED / "seed"
    if not folder.is_dir():
        pytest.skip("../shared/seed is not here")
    return folder


@pytest.fixture(scope="session")
def benchmarks_folder() -> Path:
    """Public benchmark data, outside the project; without it the test is skipped."""
    folder = SHARED / "benchmarks"
    if not folder.is_dir():
        pytest.skip("../shared/benchmarks is not here")
    return folder
