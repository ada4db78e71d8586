"""What people say to a bot in German and Spanish beside questions, put into English words: a
greeting, thanks, “more”, “cancel”, yes and no. Whole messages only, in chats that speak so."""

from __future__ import annotations

from collections.abc import Mapping

from bot.locales import spoken_language
from bot.text.words import find_words

LONGEST_CHARS = 60  # of what is looked up; a longer message is something else

_SAID: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "de": {
        "hello": (
            *("hallo", "guten tag", "guten morgen", "guten abend", "moin", "moin moin", "servus"),
            *("grüß gott", "grüß dich", "hallo zusammen", "tag", "grüezi"),
        ),
        "how are you": ("wie geht es dir", "wie geht es ihnen", "wie geht's", "wie gehts"),
        "thanks": (
            *("danke", "vielen dank", "danke schön", "dankeschön", "danke sehr", "besten dank"),
            *("herzlichen dank", "prima", "super danke", "alles klar", "gut", "sehr gut", "toll"),
        ),
        "goodbye": ("tschüss", "tschüs", "auf wiedersehen", "bis bald", "bis dann", "gute nacht"),
        "who are you": ("wer bist du", "wer sind sie", "was bist du", "bist du ein bot"),
        "help": (
            *("hilfe", "was kannst du", "was können sie", "was kann ich fragen"),
            *("wie funktioniert das", "wie geht das", "befehle"),
        ),
        "what is new": (
            *("neues", "neuigkeiten", "nachrichten", "schlagzeilen", "was gibt es neues"),
            *("was gibt's neues", "was gibts neues", "gibt es etwas neues", "neueste nachrichten"),
        ),
        "news of today": ("nachrichten von heute", "was ist heute passiert", "heute"),
        "news of this week": ("nachrichten dieser woche", "diese woche", "nachrichten der woche"),
        "digest": ("überblick", "zusammenfassung"),
        "my follows": ("meine abos", "was habe ich abonniert", "abos"),
        "more": (
            "mehr",
            "weiter",
            "noch mehr",
            "mehr davon",
            "weitere",
            "noch etwas",
            "und weiter",
        ),
        "that is wrong": (
            *("falsch", "das ist falsch", "das stimmt nicht", "stimmt nicht", "nicht richtig"),
            *("das ist nicht richtig", "falsche antwort"),
        ),
        "who said this": (
            *("wer hat das gesagt", "wer sagte das", "wer sagt das", "von wem ist das"),
            *("von wem stammt das", "wessen worte sind das"),
        ),
        "is this real": ("stimmt das", "ist das echt", "ist das wahr", "hat er das gesagt"),
        "yes": ("ja", "jawohl", "ja bitte", "genau", "richtig", "stimmt"),
        "no": ("nein", "nein danke", "nö"),
        "cancel": ("abbrechen", "abbruch", "stopp", "vergiss es", "vergessen sie es"),
        "undo": ("rückgängig", "rückgängig machen", "zurücknehmen"),
        "pause everything": ("pausiere alles", "alles pausieren", "pause alles", "alle pausieren"),
        "as a picture": (
            "als bild",
            "als grafik",
            "bitte als bild",
            "bild bitte",
            "zeig ein bild",
        ),
        "make a card of that": (
            *("mach eine karte daraus", "mach daraus eine karte", "als karte", "karte bitte"),
            *("eine karte bitte", "machen sie eine karte daraus"),
        ),
        "settings": ("einstellungen",),
        "sources": ("quellen", "medien"),
        "privacy": ("datenschutz",),
    },
    "es": {
        "hello": (
            *("hola", "buenos días", "buenas tardes", "buenas noches", "buenas", "qué tal hola"),
            "saludos",
        ),
        "how are you": ("cómo estás", "cómo está", "cómo está usted", "qué tal"),
        "thanks": (
            *(
                "gracias",
                "muchas gracias",
                "mil gracias",
                "perfecto",
                "genial",
                "muy bien",
                "bien",
            ),
            "de acuerdo",
        ),
        "goodbye": ("adiós", "hasta luego", "hasta pronto", "hasta mañana", "chao", "chau"),
        "who are you": ("quién eres", "quién es usted", "qué eres", "eres un bot"),
        "help": (
            *("ayuda", "qué puedes hacer", "qué puede hacer", "qué puedo preguntar"),
            *("cómo funciona", "cómo funciona esto", "comandos"),
        ),
        "what is new": (
            *("novedades", "noticias", "titulares", "qué hay de nuevo", "qué hay nuevo"),
            *("últimas noticias", "hay algo nuevo"),
        ),
        "news of today": ("noticias de hoy", "qué ha pasado hoy", "qué pasó hoy", "hoy"),
        "news of this week": ("noticias de esta semana", "noticias de la semana", "esta semana"),
        "digest": ("resumen",),
        "my follows": ("mis seguimientos", "qué sigo", "seguimientos"),
        "more": ("más", "siga", "sigue", "continúa", "continúe", "algo más", "qué más"),
        "that is wrong": (
            *("incorrecto", "eso es incorrecto", "es incorrecto", "está mal", "eso está mal"),
            *("no es correcto", "eso no es correcto", "eso es falso", "falso", "mal"),
        ),
        "who said this": (
            *("quién dijo eso", "quién dijo esto", "quién lo dijo", "quién ha dicho eso"),
            *("quién ha dicho esto", "de quién es", "de quién son estas palabras"),
        ),
        "is this real": ("es verdad", "es cierto", "es real", "lo dijo"),
        "yes": ("sí", "sí por favor", "claro", "correcto", "exacto", "vale"),
        "no": ("no gracias",),
        "cancel": ("cancelar", "cancela", "déjalo", "déjelo", "parar"),
        "undo": ("deshacer", "deshaz"),
        "pause everything": ("pausa todo", "pausar todo", "pausa", "pause todo"),
        "as a picture": ("como imagen", "en imagen", "como gráfico", "una imagen por favor"),
        "make a card of that": (
            *("haz una tarjeta", "hazme una tarjeta", "haga una tarjeta", "como tarjeta"),
            "una tarjeta por favor",
        ),
        "settings": ("ajustes", "configuración"),
        "sources": ("fuentes", "medios"),
        "privacy": ("privacidad",),
    },
}


def _bare(words: str) -> str:
    """The words alone: no marks, no capitals, no accents."""
    return " ".join(word.folded for word in find_words(words))


_ENGLISH = {
    language: {_bare(words): english for english, said in table.items() for words in said}
    for language, table in _SAID.items()
}


def in_english(text: str) -> str:
    """The English words for a whole message that is no question about the news; `text` itself
    for any other."""
    table = _ENGLISH.get(spoken_language())
    if table is None or len(text) > LONGEST_CHARS:
        return text
    return table.get(_bare(text), text)


_HEADS = {
    "de": {
        "zeitzone": "time zone",
        "stadt": "time zone",
        "uhr": "time zone",
        "ruhezeiten": "quiet",
        "ruhezeit": "quiet",
        "ruhe": "quiet",
        "ton": "sound",
        "bilder": "pictures",
        "länge": "length",
        "überblicke": "length",
    },
    "es": {
        "zona horaria": "time zone",
        "zona": "time zone",
        "ciudad": "time zone",
        "horas de silencio": "quiet",
        "silencio": "quiet",
        "sonido": "sound",
        "imágenes": "pictures",
        "longitud": "length",
        "resúmenes": "length",
    },
}
"""The settings as they are called after /settings, longer names first."""
_VALUES = {
    "de": {
        **dict.fromkeys(("an", "ein", "ja"), "on"),
        **dict.fromkeys(("aus", "nein", "keine", "nie"), "off"),
        **{"kurz": "short", "mittel": "medium", "lang": "long", "hell": "light"},
        "dunkel": "dark",
    },
    "es": {
        **dict.fromkeys(("activado", "activadas", "sí", "si"), "on"),
        **dict.fromkeys(("desactivado", "desactivadas", "no", "ninguna", "nunca"), "off"),
        **dict.fromkeys(("corta", "corto", "cortos"), "short"),
        **dict.fromkeys(("media", "medio", "medios"), "medium"),
        **dict.fromkeys(("larga", "largo", "largos"), "long"),
        **{"claras": "light", "claro": "light", "oscuras": "dark", "oscuro": "dark"},
    },
}


def setting_in_english(typed: str) -> str:
    """What is typed after /settings with the setting's name, and its value where that is one of a
    few words, in English; other words as they are ("ruhe 22-7" -> "quiet 22-7")."""
    language = spoken_language()
    lowered = typed.lower()
    for name, english in _HEADS.get(language, {}).items():
        rest = typed[len(name) :]
        if lowered.startswith(name) and not rest[:1].isalpha():
            value = rest.strip(" :=")
            return f"{english} {_VALUES[language].get(value.lower(), value)}".strip()
    return typed
