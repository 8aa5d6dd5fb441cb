"""Texts that people paste in, kept in this process under a short name, so that the address can hold the place."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict

MAX_DRAFTS = 100


class Drafts:
    """The texts of this process by their digest, the oldest dropped first."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, str] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, text: str) -> str:
        """Keep the text; gives its name."""
        name = hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]
        with self._lock:
            self._held[name] = text
            while len(self._held) > MAX_DRAFTS:
                self._held.popitem(last=False)
        return name

    def get(self, name: str) -> str | None:
        with self._lock:
            return self._held.get(name)
