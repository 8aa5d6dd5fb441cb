"""Who chaired, wrote and adjusted: by role in the attendance, by label, by the sentence that says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from corpus.records import Anchor, Fact, Participant
from corpus.swedish.names import FIRST, kinds
from ingest.header import Header
from ingest.letter import sender_of
from ingest.persons import NAME, is_name, is_role
from ingest.signatures import Signs, signatures

Office = Literal["chair", "secretary"]

# What the attendance calls them, the surest first; sought among the parts of a role (*studierektor, antecknar*).
_ROLES: dict[Office, tuple[str, ...]] = {
    "chair": (
        r"mötesordförande|dagens ordförande|ordförande (?:för|vid|på) (?:dagens )?(?:mötet|dagen|träffen)|ledde mötet|leder mötet",
        r"(?:tf\.? |t\.?f\.? |tjänstgörande )?ordf(?:\b|örande\b)(?! i\b| hos\b| för\b| till\b| [a-zåäö-]*(?:rådet|nämnden|styrelsen|föreningen|"
        r"gruppen|förbundet|klubben|utskottet|nätverket|kommittén)\b)",
        r"(?:sammankallande|samman\b|smk\b|konvenor|mötesledare|samtalsledare|ordningsman)(?! i\b)|leder gruppen|leder nätverket|håller i mötet|"
        r"höll i mötet",
    ),
    "secretary": (
        r"(?:mötes|nämnd|utskotts|dagens )?sekr(?:\b|eterare\b)(?! i\b| hos\b)|mötessekr\w*|protokollförare|protokollsekreterare",
        r"ant(?:\.|$)|(?:som )?(?:antecknar|antecknade|antecknare|skriver|skrev|noterar|noterade|protokollför)\b|vid (?:pennan|anteckningarna|tangenterna|"
        r"tangentbordet|protokollet|datorn)",
        r"(?:håller i|höll i|höll|har|hade|skötte|förde|för|med) (?:pennan|penna|(?:dagens )?anteckning\w*|protokollet)|penna\b|pennan\b|"
        r"för (?:dagens )?(?:anteckning\w*|pennan|protokoll\w*)",
    ),
}
# The label before a name, on a line of its own, in a row of a table or inside a sentence.
_CHAIR = (
    r"(?:mötes|dagens )?ordförande(?: (?:för|vid|på) (?:mötet|dagen))?|ordf\.?|mötesledare|samtalsledare|sammankallande|mötet leddes av|leds av|"
    r"ledare för mötet|konvenor|mötesansvarig|leder(?: mötet)?|mötet öppnades av|öppnades av"
)
_WRITER = (
    r"(?:(?:mötes|dagens )?sekreterare|sekr\.?|(?:för )?antecknare?|anteckningar|protokollförare|protokollsekreterare|skriver|skribent|skrev|"
    r"(?:för |vid |dagens )?pennan?|vid tangenterna|nedskrivet|noterat|noterade|antecknade)[ \t]*(?:[:\t]|(?<=:)\**)|"
    r"(?:vid pennan|vid (?:dagens )?protokoll(?:et)?|vid anteckningarna|antecknat (?:av|i gruppen av)|antecknade gjorde|"
    r"(?:anteckningar|minnesanteckningar|protokoll)(?:na|et)?,? (?:skrivna |förda |fört |gjorda |skrivet )?av|förda av|fört av|skrivet av|"
    r"(?:är |har )?skriven av|sammanställd(?:a)? av|skrivna av|nedtecknat av|"
    r"nedskrivet av|noterat av|sammanställt av|dokumenterat av|för anteckningarna(?: svarade| ansvarade)?|pennan (?:höll|hölls av|fördes av)|"
    r"anteckningarna (?:fördes av|skrevs av|gjordes av)|protokollet (?:fördes av|skrevs av))\b[ \t]*[:,]?"
)
_LABELS: dict[Office, re.Pattern[str]] = {
    "chair": re.compile(
        rf"(?<!vice )(?<!v\. )(?<!e )\b(?i:(?:{_CHAIR})\**[ \t]*[:\t]|(?:mötet leddes av|leddes av|öppnades av))\**[ \t]*({NAME})"
    ),
    "secretary": re.compile(
        rf"\b(?i:{_WRITER})\**[ \t]*(?:(?:den )?(?:19|20)\d\d[ -]?\d\d[ -]?\d\d)?[ \t]*\n?[ \t]*({NAME})"
    ),
}
# Sentences that name them.
_TOLD: dict[Office, tuple[re.Pattern[str], ...]] = {
    "chair": (
        re.compile(
            rf"({NAME})(?:, [^,.\n]{{2,30}},)? (?:ledde|leder|höll i|håller i|öppnade som mötesordförande|var mötesordförande för|"
            r"var ordförande (?:för|vid|på)|är ordförande (?:för|vid|på)|satt ordförande (?:för|vid|på)|modererade)\s+(?:dagens )?(?:mötet|"
            r"träffen|samtalet|dagen|möte|träff)"
        ),
        re.compile(rf"({NAME}),? som (?:leder|ledde|är ordförande i|håller ihop) (?:gruppen|nätverket|rådet|forumet|mötet|träffen)"),
        re.compile(
            rf"({NAME}) (?:valdes|väljs|utsågs|utses) (?:att vara |till )"
            r"(?:mötesordförande|ordförande (?:för|på|vid) (?:mötet|årsmötet|stämman|dagens))"
        ),
        re.compile(rf"[Tt]ill (?:mötesordförande|ordförande (?:för|på|vid) (?:mötet|dagen|sammanträdet)) (?:valdes|väljs|utsågs|utses) ({NAME})"),
        re.compile(rf"[Oo]rdförande,? ({NAME}),? (?:hälsa|öppna|inled|förklara)"),
    ),
    "secretary": (
        re.compile(rf"({NAME}) (?:valdes|väljs|utsågs|utses) (?:att vara |till )(?:mötes)?sekreterare"),
        re.compile(rf"[Tt]ill (?:mötes)?sekreterare(?: (?:för|på|vid) (?:mötet|dagen|sammanträdet))? (?:valdes|väljs|utsågs|utses) ({NAME})"),
        re.compile(rf"({NAME})(?:, [^,.\n]{{2,30}},)?,? (?:som )?(?:antecknade|antecknar|skrev|skriver|förde|för|höll|håller|skötte)(?: i| dagens|"
            rf" för)*(?: (?:pennan|anteckning\w*|protokoll\w*))?(?=[.,;)\n])"),
    ),
}  # fmt: skip
# People called by one name: the writer among those who were there (*Tuva höll i pennan*, *jag (Ellen S)*, */Hanna*).
_ONE = r"[A-ZÅÄÖ][a-zåäöéü]+(?:-[A-ZÅÄÖ][a-zåäö]+)?(?: [A-ZÅÄÖ](?![a-zåäö]))?"
_PEN = (
    r"(?:skriver|skrev|antecknar|antecknade|höll i pennan|håller i pennan|hade pennan|har pennan|förde anteckningar\w*|för anteckningar\w*|"
    r"skötte pennan|vid pennan|vid tangenterna|penna)"
)
_CALLED: dict[Office, tuple[re.Pattern[str], ...]] = {
    "chair": (
        re.compile(rf"(?<![\w-])({_ONE}) (?:ledde|leder|höll i|håller i) (?:dagens )?(?:mötet|träffen|samtalet)"),
        re.compile(rf"\b(?i:{_CHAIR})[ \t]*:\**[ \t]*({_ONE})(?=[ \t]*(?:[,.(\n]|\Z))"),
    ),
    "secretary": (
        re.compile(rf"\bjag(?: ?= ?|, | \()({_ONE})(?=[,.)\s]|\Z)"),
        re.compile(rf"(?<![\w-])({_ONE})(?: \(|, | som | )(?:{_PEN})(?=[.,;)\n]|\Z)"),
        re.compile(rf"\b(?i:{_WRITER})[ \t]*({_ONE})(?=[ \t]*(?:[,.(\n]|\Z))"),
        re.compile(rf"^[ \t]*(?:/+|[–-] ?|(?i:hälsningar|hälsar|mvh|med vänlig hälsning|vid pennan|ha det fint|"
            rf"hej då),?[ \t]*\n?[ \t]*/?)({NAME}|{_ONE})[ \t]*\Z", re.MULTILINE),
    ),
}  # fmt: skip
_CHOSEN = r"(?:utses|utsågs|väljs|valdes|utsedd(?:es)?|ska|skall|får i uppdrag)"
_PAIR = rf"({NAME})(?:(?: och | & |, )({NAME}))?"
_ADJUSTERS = (
    re.compile(rf"{_PAIR}\s+{_CHOSEN}\s+(?:till\s+(?:protokolls?)?justerare|(?:att\s+)?(?:(?:jämte|tillsammans med|"
        rf"vid sidan av)\s+(?:mötes)?ordföranden\s+)?justera)"),
    re.compile(rf"\b(?:utse|utser|utsåg|välja|väljer|valde)\s+{_PAIR}\s+(?:till\s+(?:protokolls?)?justerare|(?:till\s+)?att\s+(?:(?:jämte|tillsammans med)\s+"
        rf"(?:mötes)?ordföranden?\s+)?justera)"),
    re.compile(rf"justera\s+(?:dagens\s+)?(?:protokoll(?:et)?\s+)?{_CHOSEN}\s+{_PAIR}"),
    re.compile(rf"(?:[Tt]ill\s+(?:protokolls?)?justerare|[Tt]ill\s+att\s+justera\s+(?:dagens\s+)?(?:protokoll\w*)?)\s+{_CHOSEN}\s+{_PAIR}"),
    re.compile(rf"^[ \t|]*\**(?i:(?:protokolls?)?justerare|justeras av|justerat av|utsedd(?:a)? att justera|utses att justera|att justera(?: protokollet)?|"
        rf"val av justerare)\**[ \t]*[:\t]\**[ \t]*\n?[ \t]*{_PAIR}", re.MULTILINE),
    re.compile(rf"[Jj]usterare:[ \t]*{_PAIR}"),
    re.compile(rf"^[ \t|]*(?i:justering|justerare|justeras(?: av)?|utses att justera)[ \t]*[:\t][ \t]*(?:[Oo]rdföranden?|[Oo]rdf\.) (?:och|samt) ({NAME})",
        re.MULTILINE),
    re.compile(rf"^{_PAIR} justerar(?: (?:dagens )?(?:protokollet|anteckningarna))?\.|(?<=[.] ){_PAIR} justerar(?: (?:dagens )?(?:protokollet|"
        rf"anteckningarna))?\.", re.MULTILINE),
)  # fmt: skip


def officer(header: Header, name: Office, people: Sequence[Participant]) -> Fact[str]:
    """Chair or secretary: by a role in the attendance, a label, or a sentence that says who led or wrote."""
    held = _by_role(name, people)
    if held:
        return Fact(value=held.name, certainty="stated", evidence=(held.anchor,) if held.anchor else ())
    for pattern in (_LABELS[name], *_TOLD[name]):
        match = pattern.search(header.text)
        if match:
            return _person(header, match, 1)
    signed = _signed(header, name)
    if signed:
        return signed[0]
    called = _by_one_name(header, name, people)
    sender = sender_of(header.lines) if name == "secretary" else None
    if sender and (called.value is None or sender.startswith(f"{called.value} ")):
        return Fact(value=sender, certainty="inferred", evidence=called.evidence or _sent(header, sender))
    return called


def _sent(header: Header, sender: str) -> tuple[Anchor, ...]:
    at = header.text.find(sender)
    return (header.whole.anchor(header.start + at, header.start + at + len(sender)),) if at >= 0 else ()


def _by_role(name: Office, people: Sequence[Participant]) -> Participant | None:
    present = [one for one in people if (one.role or one.note) and one.present is not False]
    for pattern in _ROLES[name]:
        for one in present:
            if re.search(rf"(?:^|, |; | och |/ ?|\()(?:{pattern})", one.role or one.note or "", re.IGNORECASE):
                return one
    return None


def _by_one_name(header: Header, name: Office, people: Sequence[Participant]) -> Fact[str]:
    """Someone called by one name: one of those present, or a name that people have; in full where only one can be meant."""
    for pattern in _CALLED[name]:
        for match in pattern.finditer(header.text):
            called = match[1]
            full = [one.name for one in people if one.name == called or one.name.startswith(f"{called} ")]
            if not full and FIRST not in kinds(called.split()[0]):
                continue
            return _person(header, match, 1, full[0] if len(set(full)) == 1 else called)
    return Fact()


def adjusters_of(header: Header, people: Sequence[Participant]) -> tuple[Fact[str], ...]:
    """Who adjusts: by the role, else by the label or the sentence that chooses them."""
    held = [one for one in people if one.role and re.match(r"(?:protokolls?)?justerare", one.role)]
    if held:
        return tuple(Fact(value=p.name, certainty="stated", evidence=(p.anchor,) if p.anchor else ()) for p in held)
    for pattern in _ADJUSTERS:
        match = pattern.search(header.text)
        if match:
            return tuple(_person(header, match, n) for n in range(1, match.re.groups + 1) if match[n])
    return _signed(header, "adjuster")


def _signed(header: Header, office: Signs) -> tuple[Fact[str], ...]:
    """Who signs as that, each once."""
    lines = header.whole.lines(header.start, header.start + len(header.text))
    named = {one.name: one.line for one in signatures(lines) if one.signs == office}
    return tuple(
        Fact(value=name, certainty="stated", evidence=(header.whole.anchor(line.start, line.end),))
        for name, line in named.items()
    )


def _without_title(name: str) -> str:
    """*Samordnare Eva Ek* is Eva Ek."""
    first, _, rest = name.partition(" ")
    return rest if " " in rest and not is_name(name) and is_name(rest) and is_role(first) else name


def _person(header: Header, match: re.Match[str], group: int, name: str | None = None) -> Fact[str]:
    at, end = header.start + match.start(group), header.start + match.end(group)
    value = name or _without_title(" ".join(match[group].split()))
    return Fact(value=value, certainty="stated", evidence=(header.whole.anchor(at, end),))
