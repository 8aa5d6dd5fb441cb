"""Whose a part is: the bodies that its title lines, file name and folders name, in full or by their letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from corpus.records import Fact
from corpus.swedish.bodies import FoundBody, clean, find_bodies, is_people, named_by, official
from corpus.swedish.dates import find_dates
from corpus.swedish.hunspell import is_word
from ingest.header import Header, Hint

MAX_TITLE_LINES = 3
MAX_LABEL_LINES = 8
MAX_TOLD_CHARS = 600
_SMALL = re.compile(
    r"(?<![\w-])(?:[a-zåäö]+- och )?[a-zåäö]{4,}(?:-[a-zåäö]+)?(?![\w-])(?=(?P<field> för [a-zåäö][a-zåäö, -]{3,60})?)"
)
# What stands before the body's name on a line of its own.
_LABELLED = re.compile(
    r"^[ \t]*(?:nämnd|styrelse|nämnd/styrelse|organ|instans|nätverk(?:ets namn)?|grupp|mötesgrupp|forum|mötesforum|möte|typ av möte|mötestyp|"
    r"mötets namn|sammanhang|arbetsgrupp|verksamhet|gruppens namn|ämne|ärende|subject)[ \t]*[:\t][ \t]*(?P<body>[^\n\t]{3,80})$",
    re.IGNORECASE | re.MULTILINE,
)
# What stands after the word for the kind in a first line, when no name there is built as a body's.
_KIND = r"(?i:(?:\w+ )?(?:\w*protokoll|\w*anteckningar|kallelse|dagordning|noteringar)(?:na)?)"
_NAME = r"(?P<body>[A-ZÅÄÖ][\wåäö-]+(?: [\wåäöÅÄÖ&-]+){0,4}?)"
_TITLED = (
    re.compile(
        rf"^\W*{_KIND}(?i:(?: från| för| till| fört vid| i)?(?: \w*(?:möte|träff|sammanträde)t?(?: med| i| för))?)"
        rf" {_NAME}(?=[ \t]*(?:\d|,|\n|\Z|den \d|kl\b|\w+dag\w* \d))",
        re.MULTILINE,
    ),
    re.compile(rf"^\W*{_NAME}[ \t]*(?: [-–—|]|[,:])[ \t]*{_KIND}\b", re.MULTILINE),
    re.compile(
        rf"^\W*{_NAME} (?:träffades|möttes|sammanträdde|samlades|hade (?:sitt |sin )?(?:\w+ )?(?:möte|träff)|höll (?:sitt |sin )?(?:\w+ )?(?:möte|träff))\b",
        re.MULTILINE,
    ),
)
_NOT_TITLES = re.compile(
    r"(?:vi|gruppen|nätverket|nästa|möte|träff|dagens|tid|plats|datum|hej|hejsan|god|välkomna|projekt\w*|till|från|se|obs|bilaga)\b|"
    r".*\b(?:\w*kommun(?:en|er)?|region(?:en)?|\w*förvaltning(?:en)?|stad|landsting|\w*förbund(?:et)?|\w*skola[n]?|ab|utbildning|lärande|län|projekt\w*)\Z",
    re.IGNORECASE,
)
# A body's letters as a title: *FR tors 23 mars*, *FR-träff*, *Anteckningar YHL 3/5*, *GRN + SKR*.
_LETTERS = r"[A-ZÅÄÖ]{2,6}"
_BY_LETTERS = re.compile(
    rf"^\W*(?:{_KIND} (?:från |för )?|(?i:(?:gemensam |gemensamt )?(?:träff|möte|halvdag|heldag)(?: med| för)? ))?"
    rf"(?P<one>{_LETTERS})(?:[ ]?(?:\+|&|och)[ ]?(?P<two>{_LETTERS}))?"
    r"(?=[ ,:]*(?:\d|v\.? ?\d|(?i:mån|tis|ons|tors|fre|den |jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)|\n|\Z|\()|"
    r"[- ](?i:träff|möte|anteckning|protokoll|minnes|dagordning|kallelse|sammanträde|beslut|noter))"
)
# Capitals at the head of documents that are no body's.
_NO_LETTERS = frozenset(
    "PM UTKAST KOPIA APT OBS HT VT DNR SID BILAGA MÖTE TRÄFF DATUM TID PLATS NÄR VAR AGENDA".split()
)
# Folders that tell what lies in them, not whose it is.
_KINDS_OF_FOLDER = re.compile(
    r"(?:\d[\d ./–-]*|[vh]t ?-?\d*|läsår.*|(?:\w*protokoll|\w*anteckningar|kallelser?|dagordningar|skrivelser|styrdokument|handlingar|"
    r"bilagor|underlag|presentationer|bildspel|planer|verksamhetsplaner|remisser|yttranden|arkiv|diverse|övrigt|dokument|filer|möten?|"
    r"gemensamma.*|gemensamt|gamla?|nytt|inkommet|utkast|mallar|skannat|scannat|inskannat|backup|kopior)(?:[ _-].*)?)",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\bgemensam|\bmellan\b|tillsammans med|\bsammöte|\bstormöte", re.IGNORECASE)
# The owner before the name: a form of school or those who work there (*Grundskolans rektorsforum*), no place.
_SCHOOL = r"\w*(?:skol|gymnasi|fritids|rektor|lärar|elev|vuxen|komvux|bibliotek|pedagog|kurator|samordnar|utbildning|undervisning|elevhäls)\w*s"
_OWNER = re.compile(rf"(?<![\w-])({_SCHOOL}) $", re.IGNORECASE)
# What the name is for, put after it: school forms, subjects, years and letters.
_FIELD = re.compile(
    r" (?:sfi|sfx|komvux|vux|yh|förskola|grundskola|gymnasiet?|fritids(?:hem)?|särskola|anpassad \w+|elevhälsa|matematik|svenska|engelska|sva|no|so|"
    r"slöjd|idrott|musik|bild|teknik|språk|moderna språk|studie\w+|specialpedagogik|"
    r"(?:Norr|Syd|Söder|Nord|Öst|Väst|Mitt|Centrum)(?:ra|er|a)?)(?=[ \t]*(?:[,.:()\n–-]|\Z|\d|den \d|\w+dag\w* ))"
)


def bodies_of(header: Header, hint: Hint) -> tuple[Fact[str], ...]:
    """The user's own word, else the names in the title lines, else file and folders. Two at a joint meeting."""
    if hint.body:
        return (Fact(value=hint.body, certainty="stated", origin="person"),)
    known = (*hint.known, *(one.name for one in find_bodies(header.text)))
    named = [replace(fact, value=official(fact.value or "", known, hint.history)) for fact in _bodies(header, hint)]
    return tuple({fact.value: fact for fact in reversed(named)}.values())[::-1]


def _bodies(header: Header, hint: Hint) -> tuple[Fact[str], ...]:
    title = header.body_text
    found = _titled(title, hint)
    running = _in_margin(header, hint, found)
    if running:
        return (Fact(value=running, certainty="stated"),)
    if found:
        return tuple(_stated(header, one) for one in found)
    return _around(hint) or _by_title(header) or _called(header, hint) or _first_told(header, hint)


def _in_margin(header: Header, hint: Hint, titled: Sequence[FoundBody]) -> str | None:
    """The body that the running title names, where the title lines name none or only the head of that name."""
    names = [one.name for one in (*find_bodies(header.margin, hint.known), *_lower_case(header.margin))]
    if not names or not titled:
        return next(iter(names), None)
    head = titled[0].name
    return next((name for name in names if len(titled) == 1 and name.startswith(f"{head} för ")), None)


def _titled(title: str, hint: Hint) -> list[FoundBody]:
    """The bodies of the title lines before those further down; capitals, small letters and initials alike."""
    top = "\n".join(title.split("\n")[:MAX_TITLE_LINES])
    capital, small, letters = find_bodies(title, hint.known), _lower_case(top), _by_letters(top, hint)
    first = _longest(one for one in (*capital, *small, *letters) if one.start < len(top))
    first = [one for one in first if not is_people(one.name)] or first
    chosen = _labelled(title, hint) or first or capital
    chosen = [_in_full(title, one) for one in chosen]
    apart = [one for n, one in enumerate(chosen) if one.name not in [other.name for other in chosen[:n]]]
    is_joint = len(apart) > 1 and (_JOINT.search(" ".join(title[: apart[1].end].split())) or len(letters) > 1)
    return apart[: 2 if is_joint else 1]


def _longest(found: Iterable[FoundBody]) -> list[FoundBody]:
    """In the order of the text; of names that overlap the longest."""
    kept: list[FoundBody] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _labelled(title: str, hint: Hint) -> list[FoundBody]:
    lines = "\n".join(title.split("\n")[:MAX_LABEL_LINES])
    for match in _LABELLED.finditer(lines):
        text = match["body"]
        found = find_bodies(text, hint.known) or _lower_case(text) or _by_letters(text, hint)
        if found:
            at = match.start("body")
            return [replace(found[0], start=at + found[0].start, end=at + found[0].end)]
    return []


def _lower_case(text: str) -> list[FoundBody]:
    """Bodies that the text writes with a small letter (*Träff med fritidsnätverket*)."""
    named = [(match, find_bodies(_capital(match.group() + (match["field"] or "")))) for match in _SMALL.finditer(text)]
    return [
        replace(one[0], start=match.start(), end=match.start() + one[0].end - one[0].start)
        for match, one in named
        if one and one[0].start == 0
    ]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _by_letters(text: str, hint: Hint) -> list[FoundBody]:
    """A first line that begins with a body's letters; a word in capitals only where file or folder has it too."""
    match = _BY_LETTERS.match(text)
    if not match:
        return []
    around = set(re.findall(_LETTERS, " ".join((hint.file_name.replace("_", " "), *hint.folders))))
    found = [(match[name], match.span(name)) for name in ("one", "two") if match[name]]
    fine = [word not in _NO_LETTERS and (word in around or not is_word(word.lower())) for word, _ in found]
    return [FoundBody(start=a, end=b, name=word) for word, (a, b) in found] if all(fine) else []


def _in_full(title: str, one: FoundBody) -> FoundBody:
    """The name with its owner before it and its field after it, where they stand there."""
    before = title[: one.start].rsplit("\n", 1)[-1]
    owner = None
    if title[one.start].islower():
        owner = _OWNER.search(before)
    field = _FIELD.match(title, one.end)
    start = one.start - len(owner[1]) - 1 if owner else one.start
    end = field.end() if field else one.end
    return replace(one, start=start, end=end, name=clean(title[start:end])) if owner or field else one


def _around(hint: Hint) -> tuple[Fact[str], ...]:
    """What file name and folders call the body."""
    for text in (hint.file_name.replace("_", " "), *reversed(hint.folders)):
        stem = re.sub(r"\.\w{2,4}$", "", text)
        named = _by_letters(stem, hint)
        if named and (full := _of_letters(named[0].name, hint)):
            return (Fact(value=full, certainty="inferred"),)
        named = named or find_bodies(stem, hint.known) or _lower_case(stem)
        if named:
            joint = named[:2] if len(named) > 1 and re.search(r"\+|&", stem) else named[:1]
            return tuple(Fact(value=one.name, certainty="inferred") for one in joint)
    return ()


def _of_letters(letters: str, hint: Hint) -> str | None:
    """The group that a folder, or the archive, names by the same letters (*IKT*, *IKT-gruppen*)."""
    named = [one.name for folder in hint.folders for one in find_bodies(folder)]
    return next((name for name in (*named, *hint.known) if name.startswith(f"{letters}-")), None)


def _by_title(header: Header) -> tuple[Fact[str], ...]:
    top = "\n".join(header.body_text.split("\n")[: MAX_TITLE_LINES + 1])
    for pattern in _TITLED:
        match = pattern.search(top)
        if match and not find_dates(match["body"]) and not _NOT_TITLES.match(match["body"]):
            one = FoundBody(start=match.start("body"), end=match.end("body"), name=match["body"].strip())
            return (_stated(header, one),)
    return ()


def _first_told(header: Header, hint: Hint) -> tuple[Fact[str], ...]:
    """The body that the first sentences of a letter or a paper are about."""
    text = header.text[:MAX_TOLD_CHARS]
    found = [_in_full(header.text, one) for one in (*find_bodies(text, hint.known), *_lower_case(text))]
    found = [one for one in found if not is_people(one.name) and not _COMING.search(_line_at(text, one.start))]
    found = sorted(found, key=lambda one: one.start)
    return tuple(replace(_stated(header, one), certainty="inferred") for one in found[:1])


# A meeting to come may be another body's, or with it.
_COMING = re.compile(r"\b(?:nästa|kommande)\b", re.IGNORECASE)


def _line_at(text: str, at: int) -> str:
    return text[text.rfind("\n", 0, at) + 1 :].split("\n", 1)[0]


def _called(header: Header, hint: Hint) -> tuple[Fact[str], ...]:
    called = named_by([header.body_text[:300], hint.file_name, *reversed(hint.folders)], header.text)
    named = called or next(_folders(hint), None)
    return (Fact(value=named, certainty="inferred"),) if named else ()


def _folders(hint: Hint) -> Iterator[str]:
    """The folders that may be a body's, the outermost first."""
    return (folder for folder in hint.folders if not _KINDS_OF_FOLDER.fullmatch(folder))


def _stated(header: Header, one: FoundBody) -> Fact[str]:
    anchor = header.whole.anchor(header.start + one.start, header.start + one.end)
    return Fact(value=one.name, certainty="stated", evidence=(anchor,))
