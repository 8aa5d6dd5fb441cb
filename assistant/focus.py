"""The words of a question that name its matter, without those that only frame it (*beslut, möte, kostar, gäller*)."""

from __future__ import annotations

from corpus.swedish import analysis
from corpus.swedish.wording import fold_letters

# Words with which one asks about minutes. They say what sort of answer is wanted, never what it is about.
FRAME = frozenset(
    fold_letters(word)
    for word in """
    beslut besluta beslutad beslutade beslutades beslutats beslutat beslöts beslöt beslutas bestämma bestämde
    bestämdes bestämd bestämt bestäms klubba klubbades fastställa fastställdes fastställt fatta fattade fattat
    fattades rekommendation rekommendera rekommenderade rekommenderades rekommenderas föreslå föreslog föreslås
    föreslagit förslag förslaget förslagen överens överenskommelse överenskommelsen enas enades enig eniga ställning
    ställningstagande ståndpunkt linje komma kom fram möte mötet möten mötets mötena nätverksmöte träff träffen
    sammanträde sammanträdet anteckning anteckningar anteckningarna protokoll protokollet dokument säga sade sa sagt
    sagts sas sades tycka tyckte tycker anse ansåg ansett mena menade diskutera diskuterade diskuterades diskuterats
    diskuteras berätta berättade berättades berättat rapportera rapporterade rapporterades redovisa redovisade
    redovisades redovisats framkomma framkom framföra framfördes prata pratade pratat pratar nämna nämndes beskriva
    beskrev resonera resonerade argument synpunkt åsikt behandla behandlade behandlades behandlats hantera
    hanterades hända hände hänt blev bli blivit bliva gå gick gått tog ta tagit tas togs taga upp uppe igenom alltså
    faktiskt slut okej ok ju väl datum dag dagen tid tiden vecka månad år klockan sista senast senaste nyaste nya ny
    nu numera nuförtiden idag just fortfarande framöver tidigare först förut redan gälla gäller gällande gällde
    gällt antal antalet andel andelen procent mycket mkt många stor stort stora hög högt höga lång långt länge ofta
    sent dyr dyrt kostnad kostnaden kosta kostar kostade kostat belopp summa finnas ske göra gjorde gjort gör få får
    fick fått bör borde ska skall skulle kunna vilja måste behöva heta heter hette sammanfatta sammanfattning
    översikt lista alla räkna visa ge tidslinje historik utveckla utvecklats förändras förändrats utveckling genom
    åren över jämföra jämför jämfört skillnad skilja skiljer skiljas fråga frågan frågor frågorna ärende ärendet
    punkt punkter sak saken något någon några slags typ enligt kring angående beträffande närvarande tack hej snälla
    vet veta undrar resultat resultatet utfall vilken person personer vems egentligen ungefär gång gången gånger
    ihop tillsammans respektive bland annat också finns fanns sig
    inför efter betyda betyder betydelse innebära innebär förkortning
    """.split()
)


# The same by their beginning: every form of these words only frames.
_STEMS = tuple("beslut bestam faststall rekommender overens stallningstag diskuter protokoll anteckning".split())


def is_frame(token: str) -> bool:
    folded = fold_letters(token)
    return folded in FRAME or folded.startswith(_STEMS)


def focus_pairs(text: str) -> list[tuple[str, str]]:
    """(lemma, running word) of the words of matter, in order; empty when the question only frames."""
    found = [
        (lemma, token)
        for lemma, token in analysis.content_tokens(text)
        if token not in analysis.STOP_WORDS and not is_frame(token) and fold_letters(lemma) not in FRAME
    ]
    return [(lemma, token) for lemma, token in found if len(token) > 1 or token.isdigit()]


def focus_words(text: str) -> list[str]:
    """The running words of matter."""
    return [token for _, token in focus_pairs(text)]
