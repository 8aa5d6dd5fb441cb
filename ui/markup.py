"""Small pieces of HTML that the pages share; whatever is put in is escaped here."""

from __future__ import annotations

from collections.abc import Sequence

from ui.safe import as_html


def heading(text: str) -> str:
    return f"<h2>{as_html(text)}</h2>"


def facts(pairs: Sequence[tuple[str, str]]) -> str:
    """Labels with their values, as a description list."""
    rows = "".join(f"<div><dt>{as_html(label)}</dt><dd>{as_html(value)}</dd></div>" for label, value in pairs)
    return f'<dl class="mm-facts">{rows}</dl>'


def bullets(lines: Sequence[str], plain: bool = False) -> str:
    """Lines as a list, without its marks where they bring their own numbers."""
    kind = ' class="mm-plain"' if plain else ""
    return f"<ul{kind}>{''.join(f'<li>{as_html(line)}</li>' for line in lines)}</ul>"


def note(text: str) -> str:
    return f'<p class="mm-soft">{as_html(text)}</p>'


def data_table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of figures: the first column is each row's heading, the others line up to the right when they are figures."""
    head = "".join(f'<th scope="col">{as_html(one)}</th>' for one in heads)
    body = "".join(
        f'<tr><th scope="row">{as_html(row[0])}</th>{"".join(_cell(one) for one in row[1:])}</tr>' for row in rows
    )
    label = as_html(caption)
    return (
        f'<div class="mm-wide" tabindex="0" role="region" aria-label="{label}"><table class="mm-table">'
        f"<caption>{label}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cell(text: str) -> str:
    number = text[:1].isdigit() or text in ("", "–")
    return f"<td{' class=mm-number' if number else ''}>{as_html(text)}</td>"
