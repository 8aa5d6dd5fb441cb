"""The report: one table for the terminal, one self-contained HTML page with pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

NOT_MEASURED = (
    "Om svaren hjälper någon: det vet bara den som frågade. Använd eval sheet och två bedömare.",
    "Handskrift, riktiga skannrars alla fel och andra organisationers språk: exemplen är påhittade och framställda "
    "med skript, och renderad text smickrar varje läsare.",
    "Om ett citerat stycke räcker som belägg när en fråga kan läsas på två sätt.",
    "Svar med språkmodell, om ingen modell är vald när rapporten görs.",
)
_RATES = (
    ("right", "rätt"),
    ("not_found", "ärligt inte hittat"),
    ("wrong", "fel"),
    ("answerable_right", "rätt av besvarbara"),
    ("unanswerable_refused", "obesvarbara avböjda"),
    ("wrongly_refused", "besvarbara avböjda"),
    ("changed_latest", "ändrade beslut: det senaste sagt"),
    ("cited_page", "rätt sida citerad"),
    ("citation_precision", "citerade sidor som är rätta"),
    ("citation_recall", "rätta sidor som är citerade"),
    ("swedish", "på svenska"),
)
_COLOURS = {"right": "#2f7d5b", "not_found": "#c9a227", "wrong": "#b3382c"}
_NAMES = {"right": "rätt", "not_found": "ärligt inte hittat", "wrong": "fel"}
_STYLE = """
:root{color-scheme:light dark;--ink:#1d2430;--paper:#fff;--line:#d9dde3;--soft:#f4f6f8}
@media(prefers-color-scheme:dark){:root{--ink:#e7eaee;--paper:#14181d;--line:#39414c;--soft:#1d232a}}
body{font:16px/1.55 system-ui,sans-serif;color:var(--ink);background:var(--paper);
max-width:62rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2.4rem;border-bottom:1px solid var(--line)}
.first{font-size:1.15rem;background:var(--soft);padding:1rem 1.2rem;border-radius:.5rem}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:.93rem}
th,td{padding:.35rem .6rem;border-bottom:1px solid var(--line);text-align:right;vertical-align:top}
th:first-child,td:first-child{text-align:left}
.wide{overflow-x:auto}details{border:1px solid var(--line);border-radius:.4rem;padding:.4rem .8rem;margin:.5rem 0}
summary{cursor:pointer}blockquote{margin:.3rem 0;padding-left:.8rem;border-left:3px solid var(--line)}
svg text{fill:var(--ink);font:13px system-ui,sans-serif}.meta{color:inherit;opacity:.75;font-size:.85rem}
"""


def table(result: Mapping[str, Any]) -> list[tuple[str, list[str], list[list[str]]]]:
    """The report's tables as (title, header, rows), for the terminal and the page alike."""
    sections = (("answers", _answer_tables), ("search", _search_tables), ("reading", _reading_tables))
    tables = [one for name, make in sections if name in result for one in make(result[name])]
    tables += [_flat(name, result[name]) for name in ("records", "speed") if name in result]
    return tables + ([_missed(result["records"]["misses"])] if result.get("records", {}).get("misses") else [])


def _answer_tables(answers: Mapping[str, Any]) -> list[tuple[str, list[str], list[list[str]]]]:
    systems = answers["systems"]
    rows = [
        [label, *(_rate(system[key]) for system in systems.values())]
        for key, label in _RATES
        if all(key in system for system in systems.values())
    ]
    rows += [
        ["citat som inte står på sin sida", *(str(s["quotes_off_page"]) for s in systems.values())],
        ["lika svar på samma fråga", *(f"{100 * s['consistency']:.0f} %" for s in systems.values())],
        ["svarets längd, median tecken", *(f"{s['median_chars']:.0f}" for s in systems.values())],
        ["svarstid p50 / p95, ms", *(f"{s['p50_ms']:.0f} / {s['p95_ms']:.0f}" for s in systems.values())],
    ]
    first = next(iter(systems.values()))
    return [
        ("Svar", ["", *systems], rows),
        ("Svar per frågeslag", ["", "rätt", "ej hittat", "fel"], _counts(first["by_kind"])),
        ("Obesvarbara och besvarbara", ["", "rätt", "ej hittat", "fel"], _counts(first["by_sort"])),
        ("Hur frågan är ställd", ["", "rätt", "ej hittat", "fel"], _counts(first["by_form"])),
    ]


def _counts(groups: Mapping[str, Mapping[str, int]]) -> list[list[str]]:
    return [[name, *(str(counts[v]) for v in _COLOURS)] for name, counts in groups.items()]


def _search_tables(search: Mapping[str, Any]) -> list[tuple[str, list[str], list[list[str]]]]:
    metrics = list(next(iter(search["systems"].values())))
    rows = [[name, *(_number(values[m]) for m in metrics)] for name, values in search["systems"].items()]
    tables = [("Sökning", ["", *metrics], rows)]
    crossed = (("Sökning per sätt att fråga", "by_form_and_system"), ("Sökning per frågeslag", "by_kind_and_system"))
    for title, key in crossed:
        lines = [
            [f"{kind}: {system}", *(_number(values[m]) for m in metrics)]
            for kind, systems in search.get(key, {}).items()
            for system, values in systems.items()
        ]
        tables.append((title, ["", *metrics], lines))
    return tables


def _reading_tables(reading: Mapping[str, Any]) -> list[tuple[str, list[str], list[list[str]]]]:
    names = list(next(iter(reading["groups"].values())))
    rows = [[group, *(_plain(values[n]) for n in names)] for group, values in reading["groups"].items()]
    return [("Läsning (procent)", ["", *names], rows)]


def _flat(name: str, values: Mapping[str, Any]) -> tuple[str, list[str], list[list[str]]]:
    titles = {"records": "Mötesposter", "speed": "Fart"}
    rows = [[key, _plain(value)] for key, value in values.items() if isinstance(value, int | float | str)]
    return titles[name], ["", "värde"], rows


def _missed(misses: Sequence[Mapping[str, Any]]) -> tuple[str, list[str], list[list[str]]]:
    """Every value of a record that is not as the truth: the cases to read."""
    heads = ["fil", "del", "fält", "facit", "läst"]
    rows = [[m["file"], str(m["part"] + 1), m["field"], m["true"], m["found"]] for m in misses]
    return "Poster som missades", heads, sorted(rows, key=lambda row: (row[2], row[0]))


def _rate(value: Mapping[str, float]) -> str:
    if not value["count"]:
        return "–"
    return f"{100 * value['mean']:.1f} % ({100 * value['low']:.0f}–{100 * value['high']:.0f})"


def _number(value: Mapping[str, float]) -> str:
    return f"{value['mean']:.3f} ({value['low']:.2f}–{value['high']:.2f})"


def _plain(value: float | int | str) -> str:
    if isinstance(value, float):
        return "–" if value != value else f"{value:.3f}".rstrip("0").rstrip(".")
    return str(value)


def html(result: Mapping[str, Any]) -> str:
    """The whole report as one page without scripts or outside parts. All text of documents is escaped."""
    answers = result.get("answers")
    parts = [
        f"<h1>Svarskvalitet {escape(result['made'][:10])}</h1>",
        f'<p class="first">{escape(answers["first_line"])}</p>' if answers else "",
        *(_pictures(answers) if answers else ()),
        *(_html_table(*one) for one in table(result)),
        _cases(answers["cases"]) if answers else "",
        "<h2>Vad rapporten inte mäter</h2><ul>"
        + "".join(f"<li>{escape(line)}</li>" for line in NOT_MEASURED)
        + "</ul>",
        _meta(result),
    ]
    return (
        '<!doctype html><html lang="sv"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Svarskvalitet</title><style>{_STYLE}</style><body>{''.join(parts)}</body></html>"
    )


def _html_table(title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in header)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<h2>{escape(title)}</h2><div class="wide"><table><tr>{head}</tr>{body}</table></div>'


def _pictures(answers: Mapping[str, Any]) -> list[str]:
    systems = {
        name: {v: round(s[v]["mean"] * s[v]["count"]) for v in _COLOURS} for name, s in answers["systems"].items()
    }
    first = next(iter(answers["systems"].values()))
    return [_bars("System sida vid sida", systems), _bars("Per frågeslag", first["by_kind"])]


def _bars(title: str, groups: Mapping[str, Mapping[str, int]]) -> str:
    """Stacked bars, one per group; the numbers stand in the table too, so colour is never alone."""
    lines = [_bar(number, name, counts) for number, (name, counts) in enumerate(groups.items())]
    legend = " · ".join(f'<span style="color:{_COLOURS[v]}">■</span> {_NAMES[v]}' for v in _COLOURS)
    height = 30 * len(groups)
    return (
        f"<h2>{escape(title)}</h2><p>{legend}</p>"
        f'<svg viewBox="0 0 940 {height}" role="img" aria-label="{escape(title)}">{"".join(lines)}</svg>'
    )


def _bar(number: int, name: str, counts: Mapping[str, int]) -> str:
    whole = max(sum(counts.values()), 1)
    left, pieces = 240.0, []
    for key, colour in _COLOURS.items():
        width = 560 * counts[key] / whole
        pieces.append(f'<rect x="{left:.1f}" y="{number * 30 + 4}" width="{width:.1f}" height="20" fill="{colour}"/>')
        left += width
    label = f'<text x="0" y="{number * 30 + 19}">{escape(name)}</text>'
    figures = " / ".join(str(counts[key]) for key in _COLOURS)
    return label + "".join(pieces) + f'<text x="812" y="{number * 30 + 19}">{figures}</text>'


def _cases(cases: Sequence[Mapping[str, Any]]) -> str:
    order = {"wrong": 0, "not_found": 1}
    worst = sorted((c for c in cases if c["verdict"] in order), key=lambda c: (order[c["verdict"]], c["kind"]))
    return "<h2>Värsta fallen</h2>" + "".join(_case(one) for one in worst)


def _case(one: Mapping[str, Any]) -> str:
    wanted = "; ".join(" eller ".join(fact) for fact in one["wanted"]) or "att frågan avböjs"
    cited = "".join(
        f"<blockquote>[{c['number']}] {escape(c['file'])} s. {c['page']}: {escape(c['quote'])}</blockquote>"
        for c in one["citations"]
    )
    sources = "".join(
        f"<blockquote>{escape(s['file'])} s. {s['page']}: {escape(s['quote'])}</blockquote>" for s in one["sources"]
    )
    return (
        f"<details><summary><b>{_NAMES[one['verdict']]}</b> · {escape(one['kind'])} · "
        f"{escape(one['question'])}</summary>"
        f"<p>{escape(one['answer']) or '(inget svar)'}</p>{cited}"
        f"<p><b>Skulle innehålla:</b> {escape(wanted)}</p>{sources}<p class=meta>{escape(one['id'])}</p></details>"
    )


def _meta(result: Mapping[str, Any]) -> str:
    facts = {**result["versions"], **{f"digest {k}": v for k, v in result["digests"].items()}, **result["settings"]}
    lines = "".join(f"<li>{escape(str(key))}: {escape(str(value))}</li>" for key, value in facts.items())
    return f'<h2>Hur den gjordes</h2><ul class="meta"><li>{escape(result["made"])}</li>{lines}</ul>'
