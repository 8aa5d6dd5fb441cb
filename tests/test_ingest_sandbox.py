"""A child that crashes, swells or hangs costs its own call and nothing else."""

from __future__ import annotations

import os
import time

import pytest

from corpus.errors import FileDamagedError, TimeLimitError, TooLargeError
from ingest.sandbox import Pool


def test_a_crash_is_one_reason_and_the_next_call_works() -> None:
    with Pool(1, 512) as pool:
        with pytest.raises(TooLargeError, match="avbröts"):
            pool.call(os._exit, 3, timeout_s=20)
        assert pool.call(abs, -2, timeout_s=20) == 2


def test_too_much_memory_is_refused() -> None:
    with Pool(1, 512) as pool, pytest.raises(TooLargeError, match="minne"):
        pool.call(bytes, 2 << 30, timeout_s=20)


def test_a_call_that_hangs_is_ended() -> None:
    with Pool(1, 512) as pool:
        begun = time.monotonic()
        with pytest.raises(TimeLimitError, match="längre"):
            pool.call(time.sleep, 60, timeout_s=1)
        assert time.monotonic() - begun < 10


def test_an_error_in_a_library_is_a_damaged_file() -> None:
    with Pool(1, 512) as pool, pytest.raises(FileDamagedError, match="ValueError"):
        pool.call(int, "x", timeout_s=20)
