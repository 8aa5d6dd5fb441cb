"""Text of documents, questions and file names made harmless before it is shown, in the terminal and in the browser."""

from __future__ import annotations

import re
from html import escape

# Control characters but tab and line break, and all that turns the direction of writing or hides between letters
# (U+200B-F, U+202A-E, U+2060-9, U+FEFF): they can make a file name or a quote read as something else.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&=\"^@/])")
# A cell that a spreadsheet would compute instead of show.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def clean(text: object) -> str:
    """`text` without control and direction characters; line breaks and tabs stay."""
    return _HIDDEN.sub("", str(text).replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: object) -> str:
    """`clean` text on one line."""
    return " ".join(clean(text).split())


def as_markdown(text: object) -> str:
    """Text that Markdown shows as it stands: no link, image, heading, list, formula, emoji code or tag comes of it."""
    return _MARKDOWN.sub(r"\\\1", clean(text)).replace("\n", "  \n")


def as_html(text: object) -> str:
    """Text that HTML shows as it stands, also inside an attribute."""
    return escape(clean(text), quote=True)


def as_cell(value: object) -> str:
    """Text that a spreadsheet shows and does not compute."""
    text = one_line(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
