"""The language of a chat: chosen, heard from the app, and kept for what comes due by itself."""

from __future__ import annotations

import pytest

from bot.talk.languages import language_of, parse_language
from bot.talk.replies import Rights, Role
from tests.support.stores import draft
from tests.support.talks import Talk, talk_over

THANKS = {"en": "You are welcome", "de": "Gern geschehen", "es": "De nada"}


@pytest.fixture
def talk() -> Talk:
    return talk_over()


def spoken(talk: Talk, **more: object) -> str:
    """The code of the language in which the talk is answered."""
    said = talk.say("thanks", **more)
    return next(code for code, words in THANKS.items() if said.startswith(words))


@pytest.mark.parametrize(
    ("words", "language"),
    [("de", "de"), ("German", "de"), (" Deutsch ", "de"), ("español", "es"), ("Klingon", None)],
)
def test_a_language_goes_by_its_code_and_its_names(words: str, language: str | None) -> None:
    assert parse_language(words) == language


def test_a_private_chat_is_spoken_to_in_the_language_of_its_app(talk: Talk) -> None:
    assert spoken(talk) == "en"
    assert spoken(talk, language="de-AT") == "de"
    assert spoken(talk) == "de"  # what comes due by itself knows no app
    assert spoken(talk, language="sv") == "en"


def test_a_choice_holds_whatever_the_app_says(talk: Talk) -> None:
    assert "hablo español" in talk.say("/language Spanish", language="de")
    assert spoken(talk, language="de") == "es"


def test_a_choice_can_be_undone(talk: Talk) -> None:
    talk.say("/language de")
    talk.press(talk.buttons[0].press or "")
    assert spoken(talk) == "en"


def test_the_settings_lead_to_the_languages(talk: Talk) -> None:
    assert "Language: English" in talk.say("/settings")
    talk.press_label("Language")
    assert talk.labels == ["English", "Deutsch", "Español"]
    talk.press_label("Deutsch")
    assert spoken(talk) == "de"


def test_an_unknown_language_is_told_with_those_there_are(talk: Talk) -> None:
    assert "“Klingon”" in talk.say("/language Klingon")
    assert talk.labels == ["English", "Deutsch", "Español"]


def test_a_group_is_spoken_to_in_english_until_an_admin_chooses() -> None:
    group = talk_over()
    group.chat = "tg:-100"
    assert spoken(group, language="de") == "en"
    group.say("/language de")
    assert group.last.asks_rights == "tg:-100"
    refused = group.say("/language de", rights=Rights("tg:-100", "tg:-100"))
    assert "Only the admins of this group" in refused
    group.say("/language de", rights=Rights("tg:-100", "tg:-100", manages=True))
    assert spoken(group, language="es") == "de"


def test_all_that_is_kept_of_somebody_holds_the_language_too(talk: Talk) -> None:
    talk.say("/language de")
    talk.press("forget:all")
    assert spoken(talk) == "en"


@pytest.mark.parametrize(
    ("language", "typed", "words"),
    [
        ("de", "Danke!", "Gern geschehen"),
        ("de", "Abbrechen", "nichts abzubrechen"),
        ("de", "Hilfe", "Fragen Sie nach den Nachrichten"),
        ("de", "das stimmt nicht", "Falsch?"),
        ("de", "Einstellungen", "Sprache: Deutsch"),
        ("es", "¿Qué hay de nuevo?", "Aún no hay ningún artículo"),
        ("es", "cancelar", "No había nada que cancelar"),
        ("es", "adiós", "Adiós"),
        ("es", "más", "¿Más de qué?"),
        ("es", "ajustes", "Idioma: Español"),
    ],
)
def test_words_beside_questions_are_understood_in_the_language_of_the_chat(
    talk: Talk, language: str, typed: str, words: str
) -> None:
    assert words in talk.say(typed, language=language)


def test_yes_is_said_in_the_language_of_the_chat(talk: Talk) -> None:
    talk.say("/language es")
    talk.say("/settings time zone")
    talk.say("Stockholm")
    assert "Estocolmo" in talk.say("Sí")
    assert "Zona horaria: Estocolmo" in talk.say("/settings")


def test_a_question_in_another_language_that_was_commanded_is_told_what_is_understood(
    talk: Talk,
) -> None:
    assert "questions in English so far" in talk.say("/ask wer hat den Streik ausgerufen")


def test_a_channel_is_given_its_language_from_outside(talk: Talk) -> None:
    talk.say("/language @harbour de")
    assert talk.last.asks_rights == "@harbour"
    rights = Rights("@harbour", "tg:-200", "Harbour", manages=True, writes=True)
    assert "Deutsch" in talk.say("/language @harbour de", rights=rights)
    store = talk.conversation._newsroom.store
    assert (language_of(store, "tg:-200"), language_of(store, talk.chat)) == ("de", "en")


@pytest.mark.parametrize(("language", "word"), [("en", "cancel"), ("de", "abbrechen")])
def test_what_a_chat_waits_for_is_cancelled_in_a_word(
    talk: Talk, language: str, word: str
) -> None:
    talk.say("/check", language=language)
    said = talk.say(word)
    assert said in ("Stopped. Nothing was changed.", "Abgebrochen. Nichts wurde geändert.")


@pytest.mark.parametrize(
    ("language", "typed", "line"),
    [
        ("de", "Zeitzone Tokio", "Zeitzone: Tokio"),
        ("de", "Ruhe 23-6", "Ruhezeit: 23:00–06:00"),
        ("de", "Ruhezeit keine", "Ruhezeit: keine"),
        ("de", "Ton aus", "Ton: aus"),
        ("de", "Länge: kurz", "Länge der Überblicke: kurz"),
        ("es", "zona horaria Madrid", "Zona horaria: Madrid"),
        ("es", "silencio 23-6", "Horas de silencio: 23:00–06:00"),
        ("es", "sonido no", "Sonido: desactivado"),
        ("es", "longitud larga", "Longitud de los resúmenes: larga"),
    ],
)
def test_settings_are_typed_in_the_language_of_the_chat(
    talk: Talk, language: str, typed: str, line: str
) -> None:
    talk.say(f"/language {language}")
    talk.say(f"/settings {typed}")
    assert line in talk.say("/settings")


def test_a_day_that_is_asked_for_is_no_wish_for_the_news(talk: Talk) -> None:
    talk.role = Role.EDITOR
    talk.say("/add Rain in Velm\n\nIt rained in Velm on Monday, Mira Stolz said.", language="de")
    talk.press_label("Feld")
    talk.press_label("Datum")
    assert "Datum: jetzt " in talk.say("heute")


@pytest.mark.parametrize(
    ("language", "typed", "told"),
    [
        ("de", "gas ohne football werktags um 7", "Gas, ohne „football“, werktags um 07:00"),
        (
            "es",
            "gas sin football, los lunes a las 7",
            "Gas, sin «football», los lunes a las 07:00",
        ),
    ],
)
def test_a_follow_is_narrowed_in_the_language_of_the_chat(
    talk: Talk, language: str, typed: str, told: str
) -> None:
    talk.say("/settings time zone Stockholm", language=language)
    assert told in talk.say(f"/follow {typed}")


def test_a_link_with_a_question_in_another_language_says_so() -> None:
    talk = talk_over(draft())
    assert "questions in English" in talk.say("/start s_was_hat_Lindqvist_gesagt")


def test_a_group_is_told_how_to_speak_to_the_bot() -> None:
    talk = talk_over(draft())
    assert "names me or replies" not in talk.say("/start")
    talk.chat = "tg:-100"
    assert "names me or replies" in talk.say("/start")


def test_it_is_told_once_why_questions_to_tap_are_english() -> None:
    text = "“The pier opens in May,” said Ida Moe, the harbour master, on Monday."
    talk = talk_over(draft(text, id="pier"))
    note = "Die Fragen zum Antippen sind englisch"
    assert note in talk.say("/start", language="de")
    assert talk.labels == ["What did Ida Moe say?"]
    assert note not in talk.say("/start", language="de")
    assert "to tap" not in talk_over(draft(text, id="pier")).say("/start")
