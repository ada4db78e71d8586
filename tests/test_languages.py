"""The language of a text is told, and of another than English only what is sure is found."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.model import Draft
from bot.newsroom import Newsroom, read_text
from bot.store.store import Store
from bot.text.languages import find_language, is_numeric_day

GERMAN = (
    "Die Mühle von Ostrow mahlt wieder\n\nDie alte Mühle hat am Samstag nach vierzig Jahren "
    "Mehl gemahlen, und die Bäcker aus drei Dörfern standen Schlange. „Mein Großvater hat das Rad "
    "mit eigenen Händen angehalten“, sagte Hanne Brodersen. Der Kreis zahlte am 14.03.2025 für "
    "das neue Rad 180.000 Kronen, und Schulklassen dürfen ab dem 5. Mai kommen."
)

TEXTS = {
    "en": "The mill turned again on Saturday, and people from three villages came to look at it "
    "with their children, who had never seen one before.",
    "de": GERMAN,
    "fr": "Le vieux moulin tourne de nouveau depuis samedi, et les boulangers de trois villages "
    "sont venus avec leurs enfants pour voir la roue qui avait été arrêtée.",
    "es": "El viejo molino volvió a girar el sábado, y los panaderos de tres pueblos llegaron con "
    "sus hijos para ver la rueda que nadie había movido en cuarenta años.",
    "it": "Il vecchio mulino è tornato a girare sabato, e i fornai di tre paesi sono arrivati con "
    "i figli per vedere la ruota che nessuno aveva mosso per quaranta anni.",
    "pt": "O velho moinho voltou a girar no sábado, e os padeiros de três aldeias vieram com os "
    "filhos para ver a roda que não se movia há quarenta anos.",
    "nl": "De oude molen draait sinds zaterdag weer, en de bakkers uit drie dorpen kwamen met hun "
    "kinderen om het rad te zien dat veertig jaar stil had gestaan.",
    "sv": "Den gamla kvarnen mal igen sedan i går, och bagarna från tre byar kom med sina barn "
    "för att se hjulet som ingen hade rört på fyrtio år.",
    "pl": "Stary młyn znowu pracuje od soboty, a piekarze z trzech wsi przyszli z dziećmi, żeby "
    "zobaczyć koło, które nie obracało się przez czterdzieści lat.",
    "tr": "Eski değirmen cumartesi günü yeniden döndü ve üç köyden gelen fırıncılar kırk yıldır "
    "duran çarkı görmek için çocukları ile birlikte geldi, bu daha çok yeni.",
    "ru": "Старая мельница в субботу снова заработала, и пекари из трёх деревень пришли с детьми.",
    "uk": "Старий млин у суботу знову запрацював, і пекарі з трьох сіл прийшли зі своїми дітьми.",
    "el": "Ο παλιός μύλος γύρισε ξανά το Σάββατο και οι φούρναροι ήρθαν με τα παιδιά τους.",
    "ar": "دارت الطاحونة القديمة من جديد يوم السبت وجاء الخبازون من ثلاث قرى مع أطفالهم.",
    "he": "הטחנה הישנה שבה לפעול בשבת, והאופים משלושה כפרים באו עם ילדיהם.",
    "zh": "老磨坊星期六重新转动，三个村庄的面包师带着孩子来看。",
    "ja": "古い水車が土曜日に再び動き、三つの村のパン屋が子どもを連れて見に来た。",
    "ko": "오래된 물레방아가 토요일에 다시 돌았고 세 마을의 제빵사들이 아이들과 함께 왔다.",
}


@pytest.mark.parametrize(("language", "text"), TEXTS.items(), ids=list(TEXTS))
def test_language_is_told(language: str, text: str) -> None:
    assert find_language(text) == language


UNTOLD = {
    "empty": "",
    "figures": "12 4 5 18 77 12",
    "names alone": "Hanne Brodersen, Ulf Anders, Ostrow, Varnby, Gull Island",
    "table": "Ostrow 14 Varnby 18 Holm 22 " * 20,
}


@pytest.mark.parametrize("text", UNTOLD.values(), ids=list(UNTOLD))
def test_what_is_no_prose_has_no_language(text: str) -> None:
    assert find_language(text) is None


def test_english_with_foreign_words_is_english() -> None:
    text = (
        "“Bonjour,” said the mayor of the town, “je suis ravi de vous voir.” He was speaking to "
        "the bakers, who had come from «Le Vieux Moulin» and waited for the 「水車」 to turn."
    )
    assert find_language(text) == "en"


def test_of_another_language_only_what_is_sure_is_found() -> None:
    found = read_text(GERMAN, date(2025, 3, 15))
    assert found.language == "de"
    assert found.quotes == found.facts == found.names == ()
    assert [(d.span.of(GERMAN), d.value) for d in found.dates] == [("14.03.2025", "2025-03-14")]
    assert len(found.sentences) >= 3


def test_an_article_in_another_language_is_stored_marked_and_found() -> None:
    with Store(None) as store:
        newsroom = Newsroom.over(store)
        newsroom.add(Draft(GERMAN, id="mühle", published=date(2025, 3, 15)))
        newsroom.add(Draft(TEXTS["en"], id="mill"))
        assert newsroom.get_article("mühle").language == "de"
        assert newsroom.get_article("mill").language == "en"
        response = newsroom.ask("Schulklassen Kreis Kronen", datetime(2025, 3, 20, tzinfo=UTC))
        assert "mühle" in [a.article.id for a in (*response.answers, *response.nearest)]


MARKS = (
    "« {} »",
    "„{}“",
    "「{}」",
    "『{}』",
    "‹{}›",
    "‚{}‘",
    "”{}”",
    "»{}«",
    "《{}》",
    "„{}",
    "{}」",
)


@pytest.mark.parametrize("marks", MARKS)
def test_other_marks_break_nothing(marks: str) -> None:
    text = (
        f"The mill turned again, said Hanne Brodersen: {marks.format('I let it go')}. "
        f"{marks.format('It was time,')} she said on Monday. Nobody answered."
    )
    found = read_text(text, date(2025, 3, 15))
    assert found.language == "en"
    for quote in found.quotes:
        for content in quote.content:
            assert 0 <= content.start < content.end <= len(text)


@pytest.mark.parametrize(
    ("words", "is_sure"),
    [
        ("2025-03-18", True),
        ("14.03.2025", True),
        ("31/12/2025", True),
        ("2025年3月18日", True),
        ("03/04/2025", False),
        ("5. Mai", False),
        ("mars", False),
    ],
)
def test_a_day_in_figures_is_sure_where_it_can_mean_but_one(words: str, is_sure: bool) -> None:
    assert is_numeric_day(words) == is_sure


def test_a_long_text_costs_no_more_than_its_beginning() -> None:
    assert find_language("the mill " * 100_000) == "en"
    assert find_language("«" * 150_000) is None


CHINESE = (
    "老磨坊重新转动\n\n老磨坊星期六重新转动，三个村庄的面包师带着孩子来看。“我只是放手，”布罗德森说。"
    "县政府为新水车支付了十八万克朗！学校可以从五月开始参观。"
)


def test_chinese_is_parted_into_sentences_and_found_by_a_word() -> None:
    with Store(None) as store:
        newsroom = Newsroom.over(store)
        newsroom.add(Draft(CHINESE, id="zh", title="老磨坊重新转动", source="河报"))
        newsroom.add(Draft(TEXTS["en"], id="mill"))
        article = newsroom.get_article("zh")
        sentences = [s.of(CHINESE) for s in newsroom.get_findings(article).sentences]
        assert sentences[1:3] == [
            "老磨坊星期六重新转动，三个村庄的面包师带着孩子来看。",
            "“我只是放手，”布罗德森说。",
        ]
        response = newsroom.ask("克朗", datetime(2025, 3, 20, tzinfo=UTC))
        best = (*response.answers, *response.nearest)[0]
        assert best.text == "县政府为新水车支付了十八万克朗！"
        copy = newsroom.add(Draft(CHINESE, id="zh2", source="海报"))
        assert (copy.status, copy.linked_to) == ("linked", "zh")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("मिल शनिवार को फिर चली। तीन गाँवों के लोग आए।", 2),
        ("هل جاء الناس؟ نعم. جاءوا.", 3),
        ("古い水車が動いた。「手を放しただけ。」と彼女は言った。", 3),
        ("She wrote “你好。” and left.", 2),
    ],
)
def test_stops_of_other_scripts_end_sentences(text: str, count: int) -> None:
    assert len(read_text(text, None).sentences) == count
