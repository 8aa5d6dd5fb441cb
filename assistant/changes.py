"""What differs between a meeting and the one before it in the same body: matters new and gone, people come and gone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
_WORD = re.compile(r"\w+")


def meeting_before(rows: Sequence[Row], row: Row) -> Row | None:
    """The latest earlier dated meeting of the same body, by its row of `registers.meetings_rows`."""
    day = row["date"]["value"]
    earlier = [
        one
        for one in rows
        if one["body"] == row["body"] and one["items"] and day and one["date"]["value"] and one["date"]["value"] < day
    ]
    return max(earlier, key=lambda one: str(one["date"]["value"]), default=None)


def changes(before: Row, after: Row) -> dict[str, list[str]]:
    """`new_items`, `gone_items`, `came` and `gone`, in the order they are printed."""
    earlier, later = _titles(before), _titles(after)
    came, left = _present(before), _present(after)
    return {
        "new_items": [title for key, title in later.items() if key not in earlier],
        "gone_items": [title for key, title in earlier.items() if key not in later],
        "came": [name for key, name in left.items() if key not in came],
        "gone": [name for key, name in came.items() if key not in left],
    }


def _titles(row: Row) -> dict[str, str]:
    """Titles by their words, so that a year or a number makes no difference."""
    found: dict[str, str] = {}
    for item in row["items"]:
        key = " ".join(word for word in _WORD.findall(str(item["title"]).lower()) if not word.isdigit())
        if key:
            found.setdefault(key, str(item["title"]))
    return found


def _present(row: Row) -> dict[str, str]:
    return {str(one["name"]).casefold(): str(one["name"]) for one in row["participants"] if one["present"] is not False}
