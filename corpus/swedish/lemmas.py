"""A word's dictionary form: simplemma's data where it is right, the noun where it takes a noun for a verb's form."""

from __future__ import annotations

from functools import lru_cache

from corpus.swedish import lexicon

VERSION = "2"
CACHED_WORDS = 60_000
# Forms that simplemma's data misreads and no rule below catches, of words that stand in most minutes.
FORMS = {
    form: lemma
    for lemma, forms in {
        "dator": "dator datorn",
        "kurs": "kurs kursen kurser kurserna",
        "lov": "lov lovet loven lovens lovets",
        "matte": "matte",
        "modern": "modern modernt moderna",
        "skjuts": "skjuts skjutsen skjutsar skjutsarna",
        "studie": "studie studien studier studierna",
        "vuxen": "vuxen vuxna vuxnas",
        "mål": "mål målet målen",
        "led": "led ledet",
        "fråga": "fråga frågan frågor frågorna",
        "ämne": "ämne ämnet ämnen ämnena",
        "råd": "råd rådet råden rådets",
        "val": "val valet valen",
        "gräns": "gräns gränsen gränser gränserna",
        "beslut": "beslut beslutet besluten besluts beslutets beslutens",
        "förbund": "förbund förbundet förbunden förbundets",
        "avslag": "avslag avslaget avslagen",
        "avfall": "avfall avfallet avfallets",
        "slut": "slut slutet",
        "utslag": "utslag utslaget utslagen",
        "inslag": "inslag inslaget inslagen",
        "uppslag": "uppslag uppslaget uppslagen",
        "utdrag": "utdrag utdraget utdragen",
        "intag": "intag intaget intagen",
        "fördrag": "fördrag fördraget fördragen",
        "fik": "fik fiket",
        "rast": "rast rasten raster rasterna rasternas",
        "term": "term termen termer termerna",
        "tillgång": "tillgång tillgången tillgångar tillgångarna",
        "ställning": "ställning ställningen ställningar ställningarna",
        "klinik": "klinik kliniken kliniker klinikerna",
        "fors": "fors forsen forsar forsarna",
        "mars": "mars",
        "köra": "kör",
        "styra": "styr",
        "begära": "begär",
        "motsätta": "motsätter motsatte motsatts",
        "ta": "togs tagits",
        "ge": "given givet givna",
        "lägga": "lagts",
        "sätta": "sattes satts",
        "se": "sågs",
        "dra": "drogs",
        "skriva": "skrevs",
        "bryta": "bröts",
        "sälja": "sålde sålt såldes sålts",
        "vinna": "vann",
        "driva": "drevs",
        "stiga": "steg",
        "bära": "bars",
        "skära": "skar",
        "slå": "slogs slagits",
        "avgöra": "avgjorde avgjort avgjordes avgjorts",
        "bordlägga": "bordlagts",
        "stödja": "stöds",
        "sitta": "satt",
        "ligga": "låg",
        "söka": "söktes",
        "lära": "lärde",
    }.items()
    for form in forms.split()
}
# Forms that a noun has and its verb in -a has not: *besluten*, *loven*, *starten*.
NOUN_ENDINGS = ("", "en", "et", "ens", "ets", "arna", "erna", "arnas", "ernas")


# Forms of verbs that the data takes for what is made of the verb: the form's ending, the lemma's, what comes instead.
# *tittar* is no *tittare*, *träffades* no *träffad*, *bestämde* no *bestämd*, *utvecklats* no *utvecklas*.
VERB_FORMS = (
    (("ar",), "are", "a"),
    (("ade", "ades", "at", "ats"), "ad", "a"),
    (("mde", "mdes", "mt", "mts"), "md", "mma"),
    (("ddes", "ldes", "rdes", "ndes", "gdes", "ällde", "ngde", "edde"), "d", "a"),
    (("as", "ades", "ats", "des", "tes", "ts", "s"), "as", "a"),
)
# First parts of compounds that look like such a form; verbs that mean another thing without their s.
NOT_VERBS = frozenset("lärar läkar rövar vikar lekar drömmar format".split())
DEPONENTS = frozenset(
    """
    finnas kännas hoppas lyckas tyckas jävlas brottas låtsas andas enas trivas ryktas fattas befinnas synas kivas minnas
    moras pajas hundras arlas oftas samsas umgås skämmas vistas slåss tillåtas påminnas råkas åldras
    """.split()
)


@lru_cache(maxsize=CACHED_WORDS)
def lemma(word: str) -> str:
    """The dictionary form of `word` (lower case); the word itself where none is known."""
    if word in FORMS:
        return FORMS[word]
    found = lexicon.lemma(word)
    if found == word:
        return word
    if (verb := _verb(word, found)) is not None:
        return verb
    stem = found[:-1]
    is_nouns = found.endswith("a") and word.startswith(stem) and word[len(stem) :] in NOUN_ENDINGS
    if is_nouns and lexicon.is_stem(stem):
        return stem
    return word if lexicon.is_stem(word) and _is_noun(word, found) else found


def _verb(word: str, found: str) -> str | None:
    """The verb of a form that the data takes for a noun or an adjective made of it."""
    if word in NOT_VERBS or found in DEPONENTS:
        return None
    for endings, made, verb in VERB_FORMS:
        if found.endswith(made) and word.endswith(endings):
            whole = found[: -len(made)] + verb
            if lexicon.is_stem(whole):
                return whole
    return None


def _is_noun(word: str, verb: str) -> bool:
    """A noun of its own made of a verb (*boende, uppdrag*), or one that lost a letter of its stem (*gräns*)."""
    if word.endswith(("ande", "ende")) or word == f"{verb}g":
        return True
    return verb == word[:-1] and not lexicon.is_stem(verb)
