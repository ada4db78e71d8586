"""Questions in another language than English: what is said to them, and what can still be asked
about the names in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime

from bot.answer.result import State
from bot.locales import _, spoken_language
from bot.model import NameKind
from bot.newsroom import Newsroom
from bot.store.named import IndexedName
from bot.talk.buttons import PRESS_BYTES
from bot.talk.desks import Desk
from bot.talk.replies import Button, Incoming, Reply, told
from bot.text.languages import ENGLISH, find_language
from bot.text.names import fold_name, sound_key, surname
from bot.text.words import STOP_WORDS, find_words

LONGEST_CHARS = 300  # what is longer is a text, not a question
FEWEST_LETTERS = 4
SHORTEST_NAME_CHARS = 3
MOST_NAMES = 2  # a row of questions for each

# Words that questions are made of, folded: first those that ask, then those that stand beside.
_ASKING = {
    "de": (
        "wer was wann wo warum wie wieso weshalb welche welcher welches wieviel wieviele hat ist "
        "sind gibt kannst wurde",
        "haben sagte sagt gesagt wurden der die das den dem des ein eine einen mit von uber zu "
        "zum zur und nicht passiert neues auf fur bei nach im am es ich du wir",
    ),
    "es": (
        "que quien quienes cuando donde cuanto cuantos cuantas como cual cuales hay puedes",
        "por dijo dice dijeron ha han fue es son paso el la los las de del sobre en con un una y "
        "para no se noticias me",
    ),
    "fr": (
        "qui que qu quoi quand ou pourquoi comment quel quelle quels quelles combien",
        "est ce dit a ont sont le la les des du de sur dans avec un une et pour au aux passe il "
        "elle je tu nouvelles d l c s",
    ),
    "it": (
        "chi che cosa quando dove perche come quanto quanti quale",
        "ha detto hanno sono il lo la i gli le di del della sul sulla in con un una e per non "
        "successo notizie",
    ),
    "pt": (
        "quem que quando onde porque como quanto quantos qual",
        "por disse disseram foi sao o a os as de do da dos das sobre em com um uma e para nao "
        "aconteceu noticias",
    ),
    "nl": (
        "wie wat wanneer waar waarom hoe hoeveel welke",
        "zei zegt heeft hebben het een de van met over er zijn gebeurd voor niet op en is",
    ),
    "sv": (
        "vem vad nar var varfor hur vilken hva hvem hvor hvad hvornar",
        "sa sade har ar det en ett om och pa med av till hande skjedde sagde",
    ),
    "pl": ("kto co kiedy gdzie dlaczego jak ile ktory czy", "powiedzial jest sa sie w na o z do"),
    "tr": ("kim ne zaman nerede neden nasil kac hangi", "dedi soyledi ve bir bu mi hakkinda oldu"),
}
_QUESTION_WORDS = {language: frozenset(ask.split()) for language, (ask, _b) in _ASKING.items()}
_WORDS = {
    language: _QUESTION_WORDS[language] | frozenset(beside.split())
    for language, (_a, beside) in _ASKING.items()
}
_ANY = frozenset[str]().union(*_WORDS.values())
FEWEST_FOREIGN = 2
"""So many words of one language, one of which asks, and none of English alone make a question
foreign; a single one is as often a name ("La Vela", "Der Kurier"), unless it begins a question
with letters that English lacks."""
LEAST_SHARE = 0.4
_ENGLISH_TOO = frozenset("was die war is in a on as an me no do o i et den dot per come".split())
"""Words that a slip in an English question may look like."""
_PARTICLES = frozenset("von der den dem zu zum zur das de del la las los el y do da dos".split())
"""Words that stand in names ("Ursula von der Leyen")."""
FEWEST_SPOKEN = 3
"""Words of a wish in the language that the chat is spoken to in; one of its small ones is enough
there, where nothing else is English ("mach eine Karte daraus")."""
_MARKS = re.compile("[¿¡]")
_CYRILLIC = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziiklmnoprstufye", strict=True))
    | {"ё": "e", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": ""}
    | {"ь": "", "ю": "yu", "я": "ya", "і": "i", "ї": "yi", "є": "ye", "ґ": "g"}
)


def foreign_desk(newsroom: Newsroom, clock: Callable[[], datetime]) -> Desk:
    """The desk that meets questions in other languages."""

    def words(incoming: Incoming, text: str) -> Reply | None:
        return None if incoming.forwarded else foreign_words(newsroom, text, clock())

    return Desk(words=words)


def foreign_words(newsroom: Newsroom, text: str, now: datetime) -> Reply | None:
    """What is said to a question in another language; None to one in English."""
    if not is_foreign(text):
        return None
    known = list(_names(newsroom, text))
    start = _("I understand questions in English so far; the articles are English, too.")
    if not known:
        return told(f"{start} {_('Please ask again in English.')}")
    rows = tuple(row for name in known if (row := _row(newsroom, name, now)))
    called = ", ".join(name.name for name in known)
    about = _("Names in your question that I know: {names}.").format(names=called)
    return Reply(told(f"{start} {about}").blocks, rows)


def is_foreign(text: str) -> bool:
    """Whether `text` is a question or wish in another language than English."""
    if len(text) > LONGEST_CHARS or sum(c.isalpha() for c in text) < FEWEST_LETTERS:
        return False
    if _MARKS.search(text):
        return True
    if (language := find_language(text)) is not None:
        return language != ENGLISH
    found = find_words(text)
    if any(w.folded in STOP_WORDS and w.folded not in _ANY for w in found):
        return False
    words = [part for w in found for part in w.folded.split("'")]
    for language, known in _WORDS.items():
        held = known.intersection(words)
        if not held & _QUESTION_WORDS[language]:
            continue
        if len(held - _ENGLISH_TOO) >= FEWEST_FOREIGN and len(held) >= LEAST_SHARE * len({*words}):
            return True
        if words[0] in _QUESTION_WORDS[language] and not text.isascii():
            return True
    own = _WORDS.get(spoken_language(), frozenset()) - _ENGLISH_TOO - _PARTICLES
    return len(words) >= FEWEST_SPOKEN and not own.isdisjoint(words)


def _names(newsroom: Newsroom, text: str) -> Iterator[IndexedName]:
    """Names of the store that stand in `text`, also in Cyrillic letters."""
    chosen: set[str] = set()
    for word in find_words(latin(text)):
        folded = word.folded.rpartition("'")[2]
        if len(folded) < SHORTEST_NAME_CHARS or folded in _ANY or len(chosen) == MOST_NAMES:
            continue
        for name in newsroom.find_names(folded):
            last = fold_name(surname(name.name) or name.name).split()[-1:]
            if last and last[0] not in chosen and _is_called(folded, last[0]):
                chosen.add(last[0])
                yield name
                break


def _is_called(word: str, last: str) -> bool:
    return word == last or (len(word) > SHORTEST_NAME_CHARS and sound_key(word) == sound_key(last))


def latin(text: str) -> str:
    """`text` with its Cyrillic letters written in Latin ones."""
    return text.lower().translate(_CYRILLIC)


def _row(newsroom: Newsroom, name: IndexedName, now: datetime) -> tuple[Button, ...]:
    """Questions about `name` that have an answer."""
    asked = [(_("The latest on {name}").format(name=name.name), f"latest on {name.name}")]
    if name.kind is NameKind.PERSON:
        said = _("What did {name} say?").format(name=name.name)
        asked.insert(0, (said, f"What did {name.name} say?"))
    return tuple(
        Button(label, f"ask:{question}")
        for label, question in asked
        if len(f"ask:{question}".encode()) <= PRESS_BYTES
        and newsroom.ask(question, now, limit=1).state is State.FOUND
    )


__all__ = ["foreign_desk", "foreign_words", "is_foreign", "latin"]
