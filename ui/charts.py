"""The pictures of the pages: verdicts as stacked bars, a matter over time; their figures stand in a table beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from ui import texts
from ui.safe import one_line

# Told apart also by lightness, and the figures stand in the table under the picture.
VERDICT_COLOURS = {"right": "#2f7d5b", "not_found": "#c9a227", "wrong": "#b3382c"}
BAR_PIXELS, BODY_PIXELS = 34, 48
# Title, legend and axis are drawn within the height that the page gives a picture.
FRAME_PIXELS = 185
# One accent for what was decided, a neutral ink for the rest; light and dark grounds.
ACCENT = {"light": "#0b5a82", "dark": "#7cc0e8"}
NEUTRAL = {"light": "#6b7681", "dark": "#98a3ad"}
INK = {"light": "#1b2127", "dark": "#e8ebee"}
DECIDED = ("beslut", "rekommendation", "överenskommelse", "ställningstagande", "avslag")


def _inked(chart: Any, theme: str) -> Any:
    """The framework's own label colours are too faint to read."""
    ink = INK[theme]
    return (
        chart.configure_axis(labelColor=ink, titleColor=ink)
        .configure_legend(labelColor=ink, titleColor=ink)
        .configure_title(color=ink)
    )


def verdict_bars(title: str, groups: Mapping[str, Mapping[str, int]], theme: str) -> Any:
    """One bar a group, split in right, honestly not found and wrong."""
    data = [
        {"group": name, "verdict": texts.VERDICTS[key], "count": counts[key], "order": order}
        for name, counts in groups.items()
        for order, key in enumerate(VERDICT_COLOURS)
    ]
    colours = alt.Scale(domain=[texts.VERDICTS[key] for key in VERDICT_COLOURS], range=list(VERDICT_COLOURS.values()))
    chart = (
        alt.Chart(_inline(data), title=title, height=BAR_PIXELS * len(groups) + FRAME_PIXELS)
        .mark_bar()
        .encode(
            x=alt.X("count:Q", title=texts.QUESTIONS),
            y=alt.Y("group:N", title=None, sort=list(groups), axis=alt.Axis(labelLimit=220, labelOverlap=False)),
            color=alt.Color("verdict:N", title=None, scale=colours, legend=alt.Legend(orient="top")),
            order=alt.Order("order:Q"),
        )
    )
    return _inked(chart, theme)


def over_time(rows: Sequence[Mapping[str, Any]], theme: str) -> Any:
    """Each dated mention as a mark on its day in the row of its body; silence is the empty stretch between."""
    data = [
        {
            "date": row["date"],
            "body": one_line(row["body"] or texts.NO_BODY),
            "stage": row["stage"],
            "quote": one_line(row["quote"])[:200],
        }
        for row in rows
        if row["date"]
    ]
    if len(data) < 2:
        return None
    stages = list(dict.fromkeys(one["stage"] for one in data))
    colours = [(ACCENT if one in DECIDED else NEUTRAL)[theme] for one in stages]
    stage: dict[str, Any] = {"title": None, "legend": alt.Legend(orient="top")}
    tips = (("date:T", texts.DATE), ("stage:N", texts.STAGE), ("quote:N", texts.QUOTE))
    chart = (
        alt.Chart(_inline(data), height=BODY_PIXELS * len({one["body"] for one in data}) + 60)
        .mark_point(filled=True, size=140, opacity=0.9)
        .encode(
            x=alt.X("date:T", title=None, axis=alt.Axis(format="%Y-%m", labelAngle=0, labelOverlap=True)),
            y=alt.Y("body:N", title=None, axis=alt.Axis(labelLimit=220)),
            shape=alt.Shape("stage:N", scale=alt.Scale(domain=stages), **stage),
            color=alt.Color("stage:N", scale=alt.Scale(domain=stages, range=colours), **stage),
            tooltip=[alt.Tooltip(field, title=title) for field, title in tips],
        )
    )
    return _inked(chart, theme)


def _inline(rows: Sequence[Mapping[str, Any]]) -> Any:
    return alt.Data(values=list(rows))  # type: ignore[no-untyped-call]
