"""Every Swedish text of the web face: what the pages say, in one place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from corpus.records import Correction, Coverage, Fact
from corpus.swedish.dates import say_date, say_months, say_period

APP = "Mötesminne"
LEAD = "Frågor och svar om mötesanteckningar, med sidan bakom varje mening. Allt stannar på den här datorn."

# The pages: title and address.
ASK, DECISIONS, MEETINGS, TIMELINE = "Fråga", "Beslut", "Möten", "Tidslinje"
BRIEFING, DOCUMENTS, QUALITY = "Inför mötet", "Dokument", "Svarskvalitet"

# Failures
UNEXPECTED = "Något oväntat gick fel"
TRY_AGAIN = "Försök igen, och anmäl felet om det kvarstår."

# Fråga
PLACEHOLDER = "Ställ en fråga om vad som sagts eller beslutats"
EXAMPLES = "Frågor att börja med"
EMPTY_TITLE = "Här finns inga dokument än"
EMPTY = "Läs in anteckningar och protokoll under Dokument, så går det att ställa frågor om dem."
NEW = "Nytt samtal"
FILTER = "Filter"
ALL_BODIES, ALL_YEARS, ALL_KINDS = "Alla nätverk", "Alla år", "Alla dokumenttyper"
BODY, PERIOD, KIND = "Nätverk", "Period", "Dokumenttyp"
OWN_BODY = "Mitt nätverk"
OWN_BODY_HELP = "Vi, vår och vårt i en fråga betyder då det nätverket."
NO_OWN_BODY = "Inget valt"
WAITING = "Väntar på svaret före"
READING = "Söker och läser"
UNDERSTOOD = "Jag tolkar frågan så här: {}"
SPELLED = "Sökte på {used} i stället för {typed}."
GONE = "Samtalet finns inte kvar"
GONE_DO = "Samtal som inte sparats försvinner när programmet startas om. Ställ frågan igen."
ANSWER: Mapping[str, str] = {
    "source": "Källa",
    "sources": "Källor",
    "near": "Närmast i dokumenten",
    "limits": "Frågan är avgränsad till",
    "remove": "Ta bort avgränsningen",
    "copy": "Kopiera med källor",
    "copy_link": "Kopiera länk",
    "copied": "Kopierat",
    "suggestions": "Fråga vidare:",
}
AGREE, DISAGREE = "Stämmer", "Stämmer inte"

DISAGREE_TITLE = "Vad är fel i svaret?"
REASON = "Vad är fel eller saknas?"
RIGHT_FILE, RIGHT_PAGE, RIGHT_QUOTE = (
    "Dokumentet där det rätta står",
    "Sida",
    "De rätta orden, som de står i dokumentet",
)
UNKNOWN_FILE = "Vet inte"
SEND = "Skicka"
THANKS = "Tack! Omdömet är sparat på den här datorn."
KEEP, KEPT, KEPT_LIST = "Spara samtalet", "Samtalet är sparat", "Sparade samtal"
NO_KEPT = "Inga samtal är sparade."
DELETE = "Radera"
OPEN = "Öppna"

# Källan
SOURCE_REGION = "Källan"
SOURCE_OF = "Källa {} av {}"
CLOSE, PREVIOUS, NEXT = "Stäng", "Föregående", "Nästa"
PAGE_TEXT = "Sidans text"
BEFORE_REPAIR = "Visa texten före rättning"
NO_IMAGE = "Dokumentet har inga sidbilder. Orden är markerade i texten."
NO_PAGE_IMAGE = "Sidans bild kunde inte visas. Orden är markerade i texten."
MARKED = "De citerade raderna är markerade."
OPEN_DOCUMENT = "Öppna dokumentet"
ORIGINAL = "Hämta originalet"
READING_STATE = {"read": "säker", "partly": "delvis", "unreadable": "gick inte att läsa"}
READING_LABEL = "Inläsning"
UNDATED = "odaterad"

# Beslut
SEARCH_DECISIONS = "Sök bland besluten"
STRENGTH, OUTCOME, DECISION, STILL = "Styrka", "Utfall", "Beslut", "Gäller det fortfarande?"
ALL_STRENGTHS, ALL_OUTCOMES = "Alla styrkor", "Alla utfall"
NOTHING = "Inget i arkivet passar. Ta bort en avgränsning eller ändra sökorden."
NOTHING_LATER = "inget senare hittat"
VOTES, RESERVATION = "Röster: {}", "Reservation: {}"
CSV, WORD = "Hämta som CSV", "Hämta som Word"
RELATION = {"ändrat": "Ändrat", "upphävt": "Upphävt", "bekräftat": "Bekräftat"}

# Möten
SEARCH_MEETINGS = "Sök bland mötena"
NO_BODY = "Okänt nätverk"
ITEMS, PRESENT, ATTENDANCE, TASKS = "Punkter", "Närvarande", "Närvaro", "Åtaganden"
ALL_MEETINGS = "Alla möten"
GAPS = "Saknas i arkivet"
NEXT_MEETING, ADJUSTERS = "Nästa möte", "Justerare"
HEADER: Mapping[str, str] = {
    "kind": "Dokumenttyp",
    "time": "Tid",
    "place": "Plats",
    "chair": "Ordförande",
    "secretary": "Sekreterare",
}
PRESENCE: Mapping[str, str] = {
    "närvarande": "Närvarande",
    "ersättare": "Ersättare",
    "delvis": "Delvis närvarande",
    "frånvarande": "Frånvarande",
}
CHANGES: Mapping[str, str] = {
    "new_items": "Nya punkter",
    "gone_items": "Inte längre uppe",
    "came": "Tillkommit i närvaron",
    "gone": "Inte närvarande denna gång",
}

# Tidslinje
TOPIC, TOPIC_EXAMPLE = "Ämne", "till exempel skolskjuts"
TIMELINE_LEAD = (
    "Skriv ett ämne, så visas när det togs upp, utreddes, beslutades och följdes upp, och när det var tyst om det."
)
STAGE, QUOTE = "Skede", "Ur anteckningarna"

DISCUSSED = "Har vi haft uppe det här förut?"
DRAFT, LOOK_UP = "Utkast till punkt eller ärende", "Slå upp"
LAST_OUTCOME, LOOSE_ENDS, MENTIONS = "Senaste utfall", "Lösa trådar", "Tidigare behandling"

# Inför mötet
BRIEFING_LEAD = "Klistra in dagordningen eller välj en fil. För varje punkt visas tidigare beslut, öppna åtaganden och det som bordlagts."
BRIEFING_GONE = "Dagordningen finns inte kvar: den glöms när programmet startas om. Klistra in den igen."
AGENDA, AGENDA_FILE, MAKE_BRIEF = "Dagordning", "Eller en fil med dagordningen", "Ta fram underlag"
AGENDA_EXAMPLE = "1. Skolkonferensen\n2. Gemensam lovskola\n3. Övriga frågor"
NEW_AGENDA = "Ny dagordning"
NO_AGENDA = "Dagordningen är tom. Klistra in den eller välj en fil."
NO_ITEMS = "Inga punkter hittades. Skriv en punkt per rad, gärna med nummer."
EARLIER_DECISIONS, POSTPONED, OPEN_TASKS, ALSO_SAID = (
    "Tidigare beslut",
    "Väntar på beslut",
    "Öppna åtaganden",
    "Övrigt som sagts",
)
NOT_ON_AGENDA = "Väntar utan att stå på dagordningen"
NOTHING_EARLIER = "Inget tidigare i arkivet."

# Svarskvalitet
NO_REPORT = "Ingen rapport är gjord än. Kör motesminne eval all, så visas den här."
BY_SYSTEM, BY_KIND, QUESTIONS = "Svaren sida vid sida", "Per frågeslag", "frågor"
VERDICTS = {"right": "rätt", "not_found": "ärligt inte hittat", "wrong": "fel"}
QUESTION_KINDS = {
    "decision": "vad som beslutades",
    "said": "vad som sades",
    "overview": "ett möte i stort",
    "who": "vem",
    "when": "när",
    "how_much": "hur mycket",
    "yes_no": "ja eller nej",
    "attendance": "närvaro",
    "list": "en lista",
    "count": "hur många möten",
    "timeline": "en fråga över tid",
    "applies_now": "vad som gäller nu",
    "next_meeting": "nästa möte",
    "open_actions": "kvar att göra",
    "definition": "vad ett ord betyder",
    "keyword": "ett ensamt ord",
    "collection": "vad som finns",
    "comparison": "jämförelse",
    "free": "övrigt",
}
WORST, WORST_HEADS = "Att läsa först", ("Bedömning", "Fråga", "Svar")
READING_QUALITY = "Inläsning per dokument"
MARKS, MARK_HEADS, ALL_MARKS = "Omdömen", ("Dag", "Omdöme", "Fråga", "Vad som är fel"), "Alla omdömen"
AS_QUESTIONS = "Hämta som provfrågor"

# Dokument
UPLOAD = "Läs in dokument"
UPLOAD_HELP = (
    "PDF, bilder, Word, PowerPoint och text, högst 50 MB per fil. Samma namn ersätter det tidigare dokumentet."
)
UPLOAD_DO = "Läs in"
QUEUE = "Inläsningar"
JOB_STATE = {"queued": "väntar", "running": "läses", "done": "klar", "failed": "kunde inte läsas"}
NO_DOCUMENTS = "Inga dokument är inlästa än."
REMOVE, REMOVE_ASK = "Ta bort", "Ta bort dokumentet?"
REMOVE_TELL = "{} och allt som gjorts av det tas bort ur arkivet: text, beslut, rättelser och sparade svar som bygger på det. Det går inte att ångra."
REMOVED = "{} är borttaget."
REMOVING = "Tar bort"
CANCEL = "Avbryt"
SEARCH_NAME = "Sök bland dokumenten"
FILE, DATE, PAGES = "Fil", "Datum", "Sidor"
TABLE: Mapping[str, str] = {"actions": "Åtgärder", "before": "Föregående", "after": "Nästa"}

ALL_DOCUMENTS = "Alla dokument"
UNKNOWN, AS_READ = "okänt", "som inläst"
PAGE, READ_FROM, REPAIRED, UNSURE = "Sida", "Läst ur", "Rättade ord", "Osäkra ord"
ORIGIN = {"text": "textlagret", "ocr": "sidans bild"}
PLACE_IN_FOLDER, ADDED = "I mappen", "Inläst"
BY_PERSON = " (rättat av en person)"
REPAIRS, REPAIR_HEADS, UNSURE_ONE = "Rättade och osäkra ord", ("Sida", "Inläst", "Rättat till", ""), "osäkert"
CORRECT, CORRECT_LEAD = "Rättelser", "Rätta något som är fel inläst"
DATE_FORM = "Mötesdatum (år-månad-dag)"
HEADER_TAB, WORD_TAB = "Datum, nätverk och typ", "Ett ord"
PART, PERSON = "Vilken del av dokumentet", "Person"
BODY_HELP = "Två nätverk skrivs med semikolon emellan."
WRONG_WORD, RIGHT_WORD = "Ordet som det är inläst", "Så ska det vara"
SAVING = "Sparar och läser om …"
SAVE, SAVED, UNDO, UNDONE = "Spara", "Sparat. Svaren bygger nu på det rättade.", "Ångra", "Rättelsen är ångrad."
FIELDS = {
    "date": "Datum",
    "body": "Nätverk",
    "kind": "Dokumenttyp",
    "time": "Tid",
    "place": "Plats",
    "chair": "Ordförande",
    "secretary": "Sekreterare",
    "decision.strength": "Beslutets styrka",
    "decision.outcome": "Beslutets utfall",
    "participant.presence": "Närvaro",
    "participant.seat": "Plats",
    "participant.name": "Namn",
    "link": "Koppling",
    "word": "Ord",
}
WORDLIST = "Nätverkets ordlista"
WORDLIST_LEAD = "Ord som betyder samma sak hos er, en grupp per rad med komma emellan. Frågor hittar då alla skrivsätt."
GLOSSARY, GLOSSARY_HEADS = "Förkortningar som dokumenten förklarar", ("Kort", "Betyder", "Nätverk", "Var")

# Streamlit's own words, as they stand in its English interface.
FRAMEWORK: Mapping[str, str] = {
    "Upload": "Välj filer",
    "Browse files": "Välj filer",
    "Drag and drop file here": "Släpp en fil här",
    "Drag and drop files here": "Släpp filer här",
    "Choose options": "Välj",
    "Choose an option": "Välj",
    "Select all": "Välj alla",
    "No results": "Inget passar",
    "No options to select": "Inget att välja",
    "Close": "Stäng",
    "Running...": "Arbetar …",
    "Stop": "Stoppa",
    "Connecting": "Ansluter",
    "Send message": "Skicka frågan",
    "Submit": "Skicka",
    "Clear value": "Rensa",
    "Clear all": "Rensa allt",
    "Press Enter to apply": "Tryck Enter för att använda",
    "Press Enter to submit form": "Tryck Enter för att skicka",
    "Press Ctrl+Enter to apply": "Tryck Ctrl+Enter för att använda",
    "Main menu": "Huvudmeny",
    "Settings": "Inställningar",
    "Rerun": "Kör om",
    "Print": "Skriv ut",
    "About": "Om",
    "Fullscreen": "Helskärm",
    "Open sidebar": "Öppna menyn",
    "Close sidebar": "Stäng menyn",
}
LIMIT_PATTERN, LIMIT_TEXT = r"^\s*(?:Limit )?(\d+)\s?MB per file(?: • .*)?$", "Högst $1 MB per fil"


def count(number: int, one: str, many: str) -> str:
    return f"{_number(number)} {one if number == 1 else many}"


def _number(number: int) -> str:
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


def meetings(number: int) -> str:
    return count(number, "möte", "möten")


def pages(number: int) -> str:
    return count(number, "sida", "sidor")


def documents(number: int) -> str:
    return count(number, "dokument", "dokument")


def bodies(number: int) -> str:
    return f"{number} nätverk"


def searched(coverage: Mapping[str, object]) -> str:
    """`Sökt i 26 möten, oktober 2021 – maj 2025. 2 sidor gick inte att läsa.`"""
    span = ""
    if coverage.get("from") and coverage.get("to"):
        first, last = (date.fromisoformat(str(coverage[key])) for key in ("from", "to"))
        span = f", {say_months(first, last)}"
    bad = int(str(coverage.get("unreadable_pages") or 0))
    unread = f" {pages(bad).capitalize()} gick inte att läsa." if bad else ""
    return f"Sökt i {meetings(int(str(coverage.get('meetings') or 0)))}{span}.{unread}"


def withheld(number: int) -> str:
    return f"{count(number, 'mening', 'meningar')} hölls inne: källorna bär dem inte"


def repaired(number: int) -> str:
    return f"{count(number, 'ord rättat', 'ord rättade')}" if number else "inget rättat"


def page_of(done: int, total: int) -> str:
    return f"sida {done} av {total}"


def reading(unread: int, partly: int) -> str:
    """`1 sida gick inte att läsa, 2 delvis`."""
    told = [f"{pages(unread)} gick inte att läsa"] if unread else []
    return ", ".join([*told, *([f"{partly} delvis" if unread else f"{pages(partly)} delvis"] if partly else [])])


def reading_order(state: Mapping[str, int]) -> tuple[int, int]:
    return state.get("unreadable", 0), state.get("partly", 0)


def rows_shown(first: int, last: int, everything: str) -> str:
    """`Visar 1–50 av 812 beslut`, or only how many where all are shown."""
    return (
        everything if first == 0 and everything.startswith(f"{last} ") else f"Visar {first + 1}–{last} av {everything}"
    )


def own_body(chosen: str | None) -> str:
    return f"{OWN_BODY}: {chosen}" if chosen else OWN_BODY


def holds(held: Coverage) -> str:
    """`Här finns 27 möten i 31 dokument från 6 nätverk, oktober 2021 – maj 2025. 1 sida gick inte att läsa.`"""
    span = f", {say_months(held.earliest, held.latest)}" if held.earliest and held.latest else ""
    unread = f" {pages(held.unreadable_pages)} gick inte att läsa." if held.unreadable_pages else ""
    where = f"{meetings(held.meetings)} i {documents(held.documents)} från {bodies(len(held.bodies))}"
    return f"Här finns {where}{span}.{unread}"


def decisions(number: int) -> str:
    return count(number, "beslut", "beslut")


def changed(later: Mapping[str, Any]) -> str:
    """`Ändrat 2025-02-06`; a link that nobody has stated is said to be one that only looks so."""
    told = RELATION.get(str(later["relation"]), "Ändrat")
    seems = f"Ser ut att ha {told.lower()}s" if later["link"] == "suggested" else told
    return f"{seems} {later['date'] or UNDATED}"


def fact_day(day: Mapping[str, Any]) -> str:
    """A meeting's date in words that tell how sure it is."""
    if day["value"]:
        said = say_date(date.fromisoformat(day["value"]))
        return f"{said} (uppskattat)" if day["certainty"] == "inferred" else said
    if day["from"] and day["to"]:
        return f"{UNDATED} (uppskattat {say_period(date.fromisoformat(day['from']), date.fromisoformat(day['to']))})"
    return UNDATED


def person(one: Mapping[str, Any]) -> str:
    about = ", ".join(str(one[key]) for key in ("seat", "role", "note") if one[key])
    return f"{one['name']} ({about})" if about else str(one["name"])


def task(row: Mapping[str, Any]) -> str:
    """`Karin Berg: boka lokal, senast 2024-05-02. Klart 2024-06-01.`"""
    who = f"{', '.join(row['who'])}: " if row["who"] else ""
    by = f", senast {row['by']}" if row["by"] else ""
    done = f" Klart {row['done'].get('date') or ''}".rstrip() + "." if row["done"] else ""
    return f"{who}{row['what']}{by}.{done}".replace("..", ".")


def file_page(row: Mapping[str, Any]) -> str:
    return f"{row['file']}, s. {row['page']}"


def gap(row: Mapping[str, Any]) -> str:
    """`Möte i Skolchefsgruppen den 22 september 2022: aviserat, men inga anteckningar finns.`"""
    if row["what"] == "möte":
        when = f" den {say_date(date.fromisoformat(row['date']))}" if row["date"] else ""
        return f"Möte i {row['body'] or NO_BODY}{when}: aviserat, men inga anteckningar finns."
    what = "Bilaga som nämns men saknas" if row["what"] == "bilaga" else "Nummer som saknas i följden"
    return f"{what}: {' '.join(row['text'].split())}"


def since(day: str) -> str:
    return f"Skillnader mot mötet före ({day})"


def never(topic: str) -> str:
    return f"Inget i anteckningarna handlar om {topic}. Pröva ett annat ord, eller ta bort en avgränsning."


def mentions(number: int) -> str:
    return count(number, "gång", "gånger")


def report_of(day: str, questions: str) -> str:
    return f"Senaste rapporten, {day}" + (f", frågorna {questions}." if questions else ".")


def unanswered(number: int) -> str:
    return f"{WORST}: {count(number, 'fråga som inte fick rätt svar', 'frågor som inte fick rätt svar')}"


def read_well(well: int, everything: int) -> str:
    return f"{well} av {documents(everything)} är lästa i sin helhet." if everything else NO_DOCUMENTS


def marks(agreed: int, everything: int) -> str:
    return (
        f"{agreed} av {count(everything, 'omdöme', 'omdömen')} säger att svaret stämmer."
        if everything
        else "Inga omdömen än."
    )


def questions_made(number: int) -> str:
    return f"{count(number, 'omdöme pekar', 'omdömen pekar')} ut det rätta stället och kan bli provfrågor: korta ner must_contain till själva svaret."


def page_name(number: int) -> str:
    return f"Sida {number}"


def day_of(day: Fact[date]) -> str:
    """A date fact in words that tell how sure it is."""
    earliest, latest = day.earliest, day.latest
    return fact_day(
        {
            "value": day.value.isoformat() if day.value else None,
            "certainty": day.certainty,
            "from": earliest.isoformat() if earliest else None,
            "to": latest.isoformat() if latest else None,
        }
    )


def correction(one: Correction) -> str:
    """`Datum: 2024-03-12 (24 november 2026)`; one that has lost its place says so."""
    about = f" för «{' '.join(one.quote.split())[:80]}»" if one.quote else ""
    lost = " Stället finns inte längre i dokumentet, så rättelsen gäller inte." if one.lost else ""
    return f"{FIELDS.get(one.path, one.path)}{about}: {one.value} ({say_date(one.when.date())}).{lost}"


def silent(meetings_after: int) -> str:
    return f"Därefter inte uppe på {meetings(meetings_after)}"
