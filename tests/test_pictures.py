"""Quote cards and plots: whatever is to be drawn stands whole within the picture, in letters that
the fonts have, in the right order; or it is not drawn."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageColor

from bot.pictures import (
    Group,
    Lane,
    Plot,
    QuoteCard,
    Recipe,
    Theme,
    Undrawable,
    Withdrawn,
    draw,
    dump_recipe,
    find_fault,
    load_recipe,
)
from bot.pictures.card import SIZES
from bot.pictures.draw import lay_out
from bot.pictures.letters import drawable, font_of
from bot.pictures.lines import prepare, set_lines
from bot.pictures.plot import centre_of
from bot.pictures.sheet import COLOURS, MOST_HEIGHT, PAGE, WIDTH, Ink, Sheet
from bot.pictures.studio import Studio
from tests.support.picture_quotes import DRAWN, NEVER, SHORT_CHARS, Sentence, sentences
from tests.support.program import ROOT
from tools.draw_pictures import DRAWN as SHOWN

PAGE_OF_PICTURES = (ROOT / "docs" / "pictures.md").read_text(encoding="utf-8")
SAID = "“We will mend the bridge by Friday,” said Mayor Ada Holm."
CARD = QuoteCard(
    SAID,
    source="Harbour Post · 12 Mar 2025",
    speaker="Ada Holm",
    role="mayor of Orsa",
    headline="“Bridge to be mended”",
    note="sample",
)
PLOT = Plot(
    "Bridge of Orsa",
    "3–12 Mar 2025 · 14 articles",
    "Articles a day",
    tuple((f"{day} Mar", day % 4) for day in range(3, 13)),
    (
        Group("Who was quoted", (Lane("Ada Holm, mayor", (0, 3)), Lane("Tomas Berg", (9,)))),
        Group("Figures differ", (Lane("900 people · Valley Radio", (2,)),), stands_out=True),
    ),
)
EDGE = 24  # letters and marks keep so many pixels from every edge


def assert_all_within(sheet: Sheet) -> None:
    """Every line of letters and every mark stands within the picture, and no two lines touch."""
    assert sheet.width == WIDTH
    for text in sheet.texts:
        left, top, right, bottom = font_of(text.size, bold=text.bold).getbbox(text.shown)
        assert text.x + left >= EDGE, text
        assert text.x + right <= sheet.width - EDGE, text
        assert text.y + top >= EDGE, text
        assert text.y + bottom <= sheet.height - EDGE, text
        assert set(text.shown) <= drawable(), text
    for mark in sheet.marks:
        assert mark.x - mark.radius >= EDGE
        assert mark.x + mark.radius <= sheet.width - EDGE
        assert mark.y + mark.radius <= sheet.height - EDGE
    for box in sheet.boxes:
        assert 0 <= box.x <= box.x + box.width <= sheet.width
        assert box.y + box.height <= sheet.height
    boxes = [
        (t.x, t.y + top, t.x + right, t.y + bottom)
        for t in sheet.texts
        for _l, top, right, bottom in [font_of(t.size, bold=t.bold).getbbox(t.shown)]
    ]
    for number, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[number + 1 :]:
            apart = right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
            assert apart, (sheet.texts[number], other)


def letters_of(text: str) -> str:
    """The text without blanks and what nobody sees."""
    return re.sub(r"[\s\u00ad\u200b\u2060\ufeff]", "", unicodedata.normalize("NFC", text))


# ---------------------------------------------------------------------------------- cards
def test_five_hundred_sentences_stand_whole_on_their_cards_or_on_none() -> None:
    drawn: dict[str, int] = dict.fromkeys(DRAWN | NEVER, 0)
    for sentence in sentences(500):
        card = QuoteCard(sentence.text, "Harbour Post · 12 Mar 2025", "Ada Holm")
        sheet = fault = None
        try:
            sheet = lay_out(card)
        except Undrawable as error:
            fault = error.reason
        if sheet is None:
            assert sentence.kind not in DRAWN or len(sentence.text) > SHORT_CHARS, sentence
            assert fault == _expected_fault(sentence), sentence
            continue
        drawn[sentence.kind] += 1
        assert sheet.height <= MOST_HEIGHT
        assert_all_within(sheet)
        lines = [t for t in sheet.texts if t.size in SIZES and not t.bold and t.ink is Ink.TEXT]
        said = "".join(letters_of(line.said) for line in lines)
        if sentence.kind == "arabic":  # letters are joined: each has other signs for its places
            said, shown = (unicodedata.normalize("NFKC", text) for text in (said, sentence.text))
            assert said == letters_of(shown)
        else:
            assert said == letters_of(sentence.text), sentence
    assert all(drawn[kind] >= 10 for kind in DRAWN), drawn
    assert not any(drawn[kind] for kind in NEVER), drawn


def _expected_fault(sentence: Sentence) -> str:
    long = sentence.kind in ("endless", "unbroken") or sentence.kind in DRAWN
    return "length" if long else "script"


def test_no_line_begins_with_a_sign_that_ends_words() -> None:
    sentence = " ".join(["le ministre a dénoncé « une manœuvre » de l’armée ; et alors ?"] * 4)
    lines = [text.shown for text in lay_out(replace(CARD, quote=sentence)).texts]
    assert not [line for line in lines if line[0] in "»;?" or line.endswith("«")]
    assert find_fault(replace(CARD, quote=sentence)) is None


def test_a_longer_sentence_is_smaller_and_stays_whole() -> None:
    sizes = []
    for count in (1, 4, 8):
        sheet = lay_out(replace(CARD, quote=" ".join([SAID] * count)))
        sizes.append(sheet.texts[1].size)
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1]
    assert find_fault(replace(CARD, quote=(SAID * 20)[:850])) is None
    assert find_fault(replace(CARD, quote=" ".join([SAID] * 20))) == "length"


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        pytest.param({"speaker": "王小明"}, "script", id="speaker-without-letters"),
        pytest.param({"source": "朝日 · 12 Mar"}, "script", id="outlet-without-letters"),
        pytest.param({"headline": "“🚢 is back”"}, None, id="headline-is-left-out"),
        pytest.param({"headline": "“" + "very long " * 60 + "”"}, None, id="headline-is-cut"),
        pytest.param({"quote": ""}, "script", id="no-sentence"),
        pytest.param({"speaker": "", "role": "", "headline": "", "note": ""}, None, id="bare"),
    ],
)
def test_what_a_card_cannot_go_without(fields: dict[str, str], fault: str | None) -> None:
    card = replace(CARD, **fields)  # type: ignore[arg-type]
    assert find_fault(card) == fault
    if fault is None:
        assert_all_within(lay_out(card))


# -------------------------------------------------------------------------- right to left
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("אב גד", ["דג בא"], id="hebrew"),
        pytest.param("אב (גד) 12, הו.", [".וה ,12 (דג) בא"], id="brackets-and-figures"),
        pytest.param("a אב b", ["a בא b"], id="a-word-within-english"),
        pytest.param("he said “אב גד” twice", ["he said “דג בא” twice"], id="quoted-within"),
        pytest.param("«אב»", ["«בא»"], id="guillemets-open-to-the-right"),
        pytest.param("לא 10-20 כן", ["ןכ 10-20 אל"], id="a-range"),
    ],
)
def test_letters_stand_in_the_order_of_their_script(text: str, shown: list[str]) -> None:
    lines = set_lines(prepare(text), 10_000, len)
    assert lines is not None
    assert [line.shown for line in lines] == shown


def test_arabic_letters_are_joined_and_run_to_the_left() -> None:
    (line,) = set_lines(prepare("سلام"), 100, len) or []
    assert [unicodedata.name(letter) for letter in line.shown] == [
        "ARABIC LETTER MEEM ISOLATED FORM",
        "ARABIC LIGATURE LAM WITH ALEF FINAL FORM",
        "ARABIC LETTER SEEN INITIAL FORM",
    ]


def test_a_figure_at_the_end_of_a_line_knows_what_stands_after_it() -> None:
    """In Arabic a range of figures runs to the left, also where its line has no letter."""
    whole = set_lines(prepare("من 10-20 من"), 100, len)
    apart = set_lines(prepare("من 10-20 من"), 5, len)
    assert whole is not None
    assert apart is not None
    assert "20-10" in whole[0].shown
    assert apart[1].shown == "20-10"


# ---------------------------------------------------------------------------------- plots
def plots() -> Iterator[Plot]:
    for count in (1, 2, 7, 12, 31):
        columns = tuple((f"{n + 1} Mar", (7 * n) % 5 * 1_000) for n in range(count))
        yield replace(PLOT, columns=columns, groups=())
        lanes = tuple(
            Lane("Hieronymus Featherstonehaugh, deputy under-secretary " * times, (0, count - 1))
            for times in (1, 3)
        )
        groups = (Group("Who was quoted", lanes), Group("Figures differ", lanes, stands_out=True))
        yield replace(PLOT, columns=columns, groups=groups, title="A title " * 30)


@pytest.mark.parametrize("plot", list(plots()), ids=lambda p: f"{len(p.columns)}-{len(p.groups)}")
def test_a_plot_stands_within_its_picture(plot: Plot) -> None:
    sheet = lay_out(plot)
    assert_all_within(sheet)
    labels = {label for label, _count in plot.columns}
    assert {t.said for t in sheet.texts} & labels, "no day is told"
    assert sheet.height <= MOST_HEIGHT


def test_marks_stand_under_their_columns_and_differ_in_shape() -> None:
    sheet = lay_out(PLOT)
    assert [round(mark.x) for mark in sheet.marks] == [
        round(centre_of(PLOT, column)) for column in (0, 3, 9, 2)
    ]
    quoted, differing = sheet.marks[0], sheet.marks[-1]
    assert quoted.shape is not differing.shape
    assert quoted.ink is not differing.ink


# -------------------------------------------------------------------------------- drawing
@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("ink", [ink for ink in Ink if ink is not Ink.FAINT])
def test_every_ink_with_a_meaning_stands_out_from_its_page(theme: Theme, ink: Ink) -> None:
    """WCAG 2.2, success criterion 1.4.3."""
    light, dark = sorted((_luminance(COLOURS[theme][ink]), _luminance(PAGE[theme])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(
        weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )


@pytest.mark.parametrize(
    "recipe",
    [CARD, replace(CARD, theme=Theme.DARK), PLOT, Withdrawn("This card has been taken back.")],
)
def test_the_same_recipe_gives_the_same_png_after_the_outbox(recipe: Recipe) -> None:
    kept = load_recipe(json.loads(json.dumps(dump_recipe(recipe))))
    assert kept == recipe
    png = draw(recipe)
    assert png == draw(kept)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
    sheet = lay_out(recipe)
    assert (width, height) == (sheet.width, sheet.height)
    assert len(png) < 60_000


@pytest.mark.parametrize("theme", Theme)
def test_colours_are_drawn_as_they_are_named(theme: Theme) -> None:
    image = Image.open(BytesIO(draw(replace(PLOT, theme=theme)))).convert("RGB")
    drawn = {"#{:02x}{:02x}{:02x}".format(*colour) for _n, colour in image.getcolors(1_000)}  # type: ignore[str-format, misc]
    assert {PAGE[theme], *COLOURS[theme].values()} <= drawn
    assert image.getpixel((1, 1)) == ImageColor.getrgb(PAGE[theme])


@pytest.mark.parametrize("raw", [{}, {"kind": "card"}, {"kind": "map", "theme": "light"}])
def test_what_is_no_recipe_is_none(raw: dict[str, object]) -> None:
    assert load_recipe(raw) is None


def test_the_studio_draws_apart_and_gives_none_where_it_cannot() -> None:
    studio = Studio()
    try:
        assert studio.draw(dump_recipe(CARD)) == draw(CARD)
        assert studio.draw(dump_recipe(replace(CARD, quote="部长说"))) is None
        assert studio.draw({"kind": "map"}) is None
    finally:
        studio.close()


def test_a_studio_without_time_gives_no_picture() -> None:
    studio = Studio(deadline_seconds=0.0)
    try:
        assert studio.draw(dump_recipe(CARD)) is None
    finally:
        studio.close()


def test_the_pictures_in_the_documents_are_there_and_small() -> None:
    shown = re.findall(r'src="(pictures/[^"]+)" width="\d+" alt="[^"]{20,}"', PAGE_OF_PICTURES)
    assert len(shown) == len(SHOWN)
    for name in shown:
        png = (ROOT / "docs" / name).read_bytes()
        assert png.startswith(b"\x89PNG")
        assert len(png) < 60_000
