"""Which language a text is in, by its script and its commonest words."""

from __future__ import annotations

import re
from collections import Counter

from bot.text.words import fold

ENGLISH = "en"

READ_CHARS = 3_000
"""So much of a text tells its language; the first words alone may be a name or a quotation."""
FEWEST_WORDS = 12
"""Of fewer words none can tell whether they are only names."""
LEAST_SHARE = 0.12
"""The share of common words from which a language is known: prose has 0.3 to 0.5, tables none."""
CLEAR_LEAD = 1.25
"""How much more common words the best language has than the next; kin share half of theirs."""
SCRIPT_SHARE = 0.3
"""The share of letters in another script that makes a text that script's; names are fewer."""

# The commonest function words of each language, folded (without accents), those of several
# languages included: what counts is how many of a text's words are in a list.
_COMMON = {
    "en": "the of and to in a is that for it was on with as by at be are from his he has have not "
    "this an or which but they their were been who will would said its had more about than",
    "es": "el la los las de del y que en un una por con para no se su al lo como mas pero sus le "
    "ya o este ha si porque esta son entre cuando muy sin sobre tambien fue dijo",
    "fr": "le la les des du de et un une que qui dans en pour pas sur au aux par est sont avec ce "
    "cette ces il elle ils se ne plus ou mais son sa ses ont ete d l qu n",
    "de": "der die das und in den von zu mit dem des ist nicht ein eine einen einer auf fur als "
    "auch es an werden aus er hat dass sie nach wird bei sich im am um wie noch war oder",
    "it": "il lo la i gli le di del della dei delle e che in un una per con non si da al alla dal "
    "come piu anche sono ha ma nel nella questo questa stato suo loro essere",
    "pt": "o a os as de do da dos das e que em um uma por com para nao se no na nos nas ao mais "
    "como mas foi ele ela seu sua ou quando muito ja tambem pelo pela sao",
    "nl": "de het een en van in is dat op te met voor niet zijn aan er ook als bij door maar om "
    "naar dan ze hij uit over nog die was werd worden heeft hebben wordt",
    "sv": "och att det som en i pa ar av for med den till inte har de ett om var men sig han hon "
    "fran vi kan nar ska eller efter vid ut over aven sa enligt",
    "da": "og at det som en i pa er af for med den til ikke har de et om var men sig han hun fra "
    "vi kan nar skal eller efter ved ud over ogsa blev bliver hvor",
    "no": "og at det som en i pa er av for med den til ikke har de et om var men seg han hun fra "
    "vi kan nar skal eller etter ved ut over ogsa ble blir hvor sier",
    "fi": "ja on ei se etta han oli ovat kun mutta myos tai joka mukaan ole sen vain jos niin han "
    "hanen kuin mita ollut viela sekä seka noin kertoo sanoo",
    "pl": "i w na z do nie sie jest to ze o od po za jak przez dla ale ma byl byla tym jego jej "
    "oraz tak co ktory ktore ktora sa przy czy juz bedzie",
    "cs": "a v na se je to ze s z do o za by jsou jako pro ale po i k ve od jeho byl byla bylo "
    "ktery ktera ktere podle uz tak jsem bude nebo",
    "ro": "si de la in a cu pe un o nu ca din pentru este care mai sa se au fost al ale dar prin "
    "sunt lui ei catre dupa sau intre cel cea",
    "hu": "a az es hogy nem is egy ez meg volt mint de csak ki be el szerint mar vagy lesz azt "
    "ezt amely aki kell lehet utan minden",
    "tr": "ve bir bu da de icin ile olarak cok daha gibi ne kadar olan sonra ancak var en ise o "
    "oldu dedi gore yeni tarafindan her degil",
    "id": "yang dan di ke dari untuk dengan ini itu pada tidak adalah dalam akan oleh juga telah "
    "sebagai mereka karena bisa ada kata tersebut lebih",
    "vi": "va cua la co cho khong mot nhung cac trong duoc voi nguoi da khi nay den ve tai se "
    "cung theo nhu tu o ra nam",
}
_LANGUAGES_OF: dict[str, list[str]] = {}
for _language, _words in _COMMON.items():
    for _word in _words.split():
        _LANGUAGES_OF.setdefault(_word, []).append(_language)

_SCRIPTS = (
    ("ko", re.compile(r"[\uac00-\ud7af\u1100-\u11ff]")),
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("el", re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("bn", re.compile(r"[\u0980-\u09ff]")),
    ("ta", re.compile(r"[\u0b80-\u0bff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("ka", re.compile(r"[\u10a0-\u10ff]")),
    ("hy", re.compile(r"[\u0530-\u058f]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
)
_JAPANESE_SHARE = 0.05  # Japanese writes its grammar in kana, Chinese has none
_OWN_LETTERS = (
    # Letters that the commoner language of the script lacks, by which its kin is known.
    ("ru", "uk", re.compile(r"[іїєґ]", re.IGNORECASE)),
    ("ru", "sr", re.compile(r"[ђћџљњј]", re.IGNORECASE)),
    ("ar", "fa", re.compile(r"[پچژگ]")),
)
_OWN_SHARE = 0.01

_WORD = re.compile(r"[^\W\d_]+")
_NUMERIC_DAY = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d\S*)?|(?:1[3-9]|2\d|3[01])[./]\d\d?[./]\d{4}"
    r"|\d{4}年\d\d?月\d\d?日"
)


def find_language(text: str) -> str | None:
    """The ISO 639-1 code of the language that `text` is in; None where that cannot be told."""
    head = text[:READ_CHARS]
    letters = sum(char.isalpha() for char in head)
    if not letters:
        return None
    if script := _find_script(head, letters):
        return script
    words = _WORD.findall(fold(head).replace("ø", "o").replace("ł", "l").replace("ı", "i"))
    if len(words) < FEWEST_WORDS:
        return None
    count = Counter(language for word in words for language in _LANGUAGES_OF.get(word, ()))
    ranked = [*count.most_common(2), ("", 0), ("", 0)]
    (language, best), (kin, next_best) = ranked[:2]
    if best < LEAST_SHARE * len(words):
        return None
    if best < CLEAR_LEAD * next_best and ENGLISH in (language, kin):
        return None
    return language


def _find_script(head: str, letters: int) -> str | None:
    """The language whose script a good part of the letters is in."""
    for language, script in _SCRIPTS:
        share = len(script.findall(head)) / letters
        if share < (_JAPANESE_SHARE if language == "ja" else SCRIPT_SHARE):
            continue
        for commoner, kin, own in _OWN_LETTERS:
            if language == commoner and len(own.findall(head)) / letters >= _OWN_SHARE:
                return kin
        return language
    return None


def is_numeric_day(words: str) -> bool:
    """Whether `words` are a day in figures that means the same in every language."""
    return bool(_NUMERIC_DAY.fullmatch(words.strip()))
