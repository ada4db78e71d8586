"""What somebody said by day, two side by side, and where a word turns, told in exact sentences."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from bot.cli.json_shapes import response_as_json
from bot.intake.records import read_record
from bot.link.matters import telling_of
from bot.link.stances import Side, find_stance, find_turn
from bot.model import Draft, Span
from bot.newsroom import Newsroom
from bot.samples import sample_articles
from bot.store.store import Store
from bot.talk.conversation import Conversation
from bot.talk.replies import BlockKind
from tests.support.talks import Clock, Talk, newsroom_of, talk_over

NOW = datetime(2025, 4, 20, 12, tzinfo=UTC)


def told(text: str, day: int, source: str = "Nordwire", title: str = "Ferry talks") -> Draft:
    return Draft(
        text=f"{title}\n\n{text}",
        id=f"{source}-{day}",
        title=title,
        source=source,
        published=date(2025, 4, day),
    )


NO = told("“We will not sell the Tarn ferry to anybody,” the mayor Ida Quist said.", 2)
YES = told("The mayor Ida Quist said that she was open to a sale of the Tarn ferry.", 9)
BACK = told("“I was wrong about the ferry,” the mayor Ida Quist said. “We sell.”", 12)
ELSE = told("The skipper Olav Brenn said that he would buy the Tarn ferry himself.", 10)


# -------------------------------------------------------------------------------- stances
@pytest.mark.parametrize(
    ("text", "side", "words"),
    [
        ("We will not sell the ferry.", Side.NO, "will not"),
        ("She ruled out a sale.", Side.NO, "ruled out"),
        ("He denied that a plan existed.", Side.NO, "denied"),
        ("She is open to a sale.", Side.YES, "open to"),
        ("He confirmed the sale.", Side.YES, "confirmed"),
        ("We will sell it, not lease it.", Side.YES, "will"),
        ("I said there was no plan. I am sorry.", Side.BACK, "I am sorry"),
        ("The ferry is white.", None, ""),
    ],
)
def test_which_way_a_sentence_points(text: str, side: Side | None, words: str) -> None:
    stance = find_stance(text)
    assert (stance.side, stance.words) == (side, words) if stance else side is None


@pytest.mark.parametrize(
    "text",
    [
        "She had ruled out a sale of the ferry.",
        "She ruled out last week that the ferry was for sale.",
        "I said we would not sell.",
    ],
)
def test_an_earlier_word_told_again_is_known_as_such(text: str) -> None:
    stance = find_stance(text)
    assert stance is not None
    assert stance.is_recalled


def _turn(one: Draft, two: Draft) -> object:
    newsroom = newsroom_of(one, two)
    tellings = []
    for draft in (one, two):
        article = newsroom.get_article(str(draft.id))
        start = article.text.index("\n\n") + 2
        span = Span(start, len(article.text))
        tellings.append(telling_of(article, newsroom.get_findings(article), span))
    return find_turn(*tellings)


def test_a_turn_needs_one_matter_and_two_sides() -> None:
    assert _turn(NO, YES) is not None
    assert _turn(NO, told("“We will not sell the Tarn ferry,” Ida Quist said again.", 5)) is None
    other = told("Ida Quist is open to a new bakery.", 9, title="Bread")
    assert _turn(NO, other) is None


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (
            "“I will support the harbour tunnel,” the mayor Ida Quist said.",
            "The mayor Ida Quist said that Olav Brenn would never support the harbour tunnel.",
        ),
        (
            "The mayor Ida Quist vowed to clear the harbour of wrecks before the winter.",
            "The mayor Ida Quist said that a judge would not see the harbour inquiry as hers.",
        ),
        (
            "“We will not close the harbour school,” the mayor Ida Quist said.",
            "The mayor Ida Quist promised free ice cream beside the harbour on Sundays.",
        ),
        (
            "The mayor Ida Quist rejected a debate on the harbour with Olav Brenn.",
            "“I am sad that Olav Brenn has backed out of the harbour debate,” Ida Quist said.",
        ),
    ],
    ids=["somebody else", "another object", "another matter", "another sense"],
)
def test_a_yes_and_a_no_of_different_things_are_no_turn(one: str, two: str) -> None:
    talk = talk_over(told(one, 2, title="Harbour"), told(two, 9, title="Quist speaks"))
    said = talk.say("/timeline Quist on the harbour")
    assert talk.lead.startswith("Ida Quist on the harbour: 2 times")
    assert "⇄" not in said


# ------------------------------------------------------------------------- as it is read
@pytest.fixture
def reader() -> Talk:
    return talk_over(NO, YES, BACK, ELSE)


def test_a_timeline_tells_each_saying_and_its_turns(reader: Talk) -> None:
    said = reader.say("/timeline Quist on the ferry")
    assert reader.lead == (
        "Ida Quist on the ferry: 3 times, 2–12 Apr 2025; turns on 9 Apr 2025 and 12 Apr 2025"
    )
    assert [q.text for q in reader.quotes] == [
        "“We will not sell the Tarn ferry to anybody,” the mayor Ida Quist said.",
        "The mayor Ida Quist said that she was open to a sale of the Tarn ferry.",
        "“I was wrong about the ferry,” the mayor Ida Quist said. “We sell.”",
    ]
    assert "⇄ Here it turns: “will not” on 2 Apr 2025, “open to” now." in said
    assert "⇄ Taken back: “will not” on 2 Apr 2025, “I was wrong” now." in said


@pytest.mark.parametrize(
    "asked",
    ["timeline of Quist on the ferry", "did Ida Quist change her mind about the ferry?"],
)
def test_a_timeline_can_be_asked_in_words(asked: str, reader: Talk) -> None:
    reader.say(asked)
    assert reader.lead.startswith("Ida Quist on the ferry: 3 times")


def test_two_people_side_by_side(reader: Talk) -> None:
    reader.say("/compare Quist and Brenn on the ferry")
    texts = [b.text for b in reader.last.blocks]
    ida, olav = texts.index("Ida Quist, mayor:"), texts.index("Olav Brenn:")
    brenn = "The skipper Olav Brenn said that he would buy the Tarn ferry himself."
    assert ida < olav < texts.index(brenn)


@pytest.mark.parametrize(
    ("asked", "reply"),
    [
        ("/timeline Quist on cheese", "I have nothing that Ida Quist said on “cheese”."),
        ("/timeline Zzyzx", "I have no sayings of “Zzyzx”."),
        ("/compare Aa and Bb on tea", "I have nothing of “Aa” and “Bb” on tea."),
    ],
)
def test_what_cannot_be_told_gets_a_sentence(asked: str, reply: str, reader: Talk) -> None:
    assert reader.say(asked) == reply


@pytest.mark.parametrize(
    ("asked", "example"),
    [
        ("/timeline", "/timeline Ida Quist"),
        ("/person", "/person Ida Quist"),
        ("/said", "/said Ida Quist"),
        ("/compare", "/compare Ida Quist and Olav Brenn"),
        ("/compare Quist", "/compare Ida Quist and Olav Brenn"),
    ],
)
def test_an_example_names_people_of_the_store_and_can_be_tapped(
    asked: str, example: str, reader: Talk
) -> None:
    assert example in reader.say(asked)
    assert reader.buttons[0].press == f"cmd:{example}"
    reader.press(f"cmd:{example}")
    assert reader.quotes


@pytest.mark.parametrize("asked", ["/timeline", "/person", "/said", "/compare"])
def test_without_people_an_example_is_made_up(asked: str) -> None:
    talk = talk_over(Draft(text="The bridge is open again.\n\nIt was shut for a day.", id="b"))
    assert f"{asked} Lindqvist" in talk.say(asked)
    assert not talk.buttons


def test_an_answer_tells_that_the_word_turned_later(reader: Talk) -> None:
    said = reader.say("what did Ida Quist say about a sale of the ferry?")
    assert "⇄" in said
    assert "“will not”" in said


def test_of_two_with_one_name_the_one_who_spoke_of_it_is_meant() -> None:
    other = told("“The bakery is sold,” the baker Emil Quist said on the ferry.", 3, title="Bread")
    talk = talk_over(NO, YES, other)
    talk.say("/timeline Quist on a sale of the ferry")
    assert talk.lead.startswith("Ida Quist on")


def test_scripts_are_told_whose_sayings_they_are_and_where_a_word_turns() -> None:
    newsroom = newsroom_of(NO, YES, BACK, ELSE)
    asked = "compare Ida Quist and Olav Brenn on the ferry"
    line = response_as_json(newsroom.ask(asked, NOW), newsroom.get_findings)
    assert (line["intent"], line["state"], line["topic"]) == ("compare", "found", "the ferry")
    ida, olav = line["accounts"]
    assert (ida["name"], ida["answers"], olav["answers"]) == ("Ida Quist", [0, 2], [2, 3])
    assert [a["article_id"] for a in line["answers"]][2] == ELSE.id
    line = response_as_json(newsroom.ask("timeline of Quist on the ferry", NOW))
    assert line["intent"] == "timeline"
    assert line["turns"] == [
        {"answer": 1, "before": 0, "kind": "yes", "earlier": "will not", "later": "open to"},
        {
            "answer": 2,
            "before": 0,
            "kind": "taken back",
            "earlier": "will not",
            "later": "I was wrong",
        },
    ]


# ------------------------------------------------------------------------ the sample news
@pytest.fixture(scope="module")
def samples() -> Iterator[Talk]:
    with Store(None) as store:
        newsroom = Newsroom.over(store)
        for line in sample_articles().read_text(encoding="utf-8").splitlines():
            newsroom.add(read_record(json.loads(line)))
        yield Talk(Conversation(newsroom, questions_per_minute=1000, clock=Clock()))


def _lines(talk: Talk) -> list[str]:
    return [b.text for b in talk.last.blocks if b.kind is not BlockKind.SOURCE]


def test_the_changed_position(samples: Talk) -> None:
    samples.say("/timeline Brandvold on observers")
    lines = _lines(samples)
    turn = "⇄ Here it turns: “ruled out” on 12 Mar 2025, “could” now."
    at = lines.index(turn)
    assert "her country could provide observers" in lines[at - 1]
    assert lines[1].startswith("Foreign Minister Ilse Brandvold has ruled out sending Marland’s")
    samples.say("what did Brandvold say about observers?")
    assert "⇄ It turns: “ruled out” on 12 Mar 2025, “could” on 20 Mar 2025." in _lines(samples)
    samples.say("did Brandvold say “Marland will send someone”?")
    assert samples.lead.startswith("Not quite: Ilse Brandvold")


def test_the_denial_and_that_it_was_taken_back(samples: Talk) -> None:
    samples.say("/timeline Oakley on the Malva line")
    lines = _lines(samples)
    assert lines[1].startswith('"There is no such plan and there has been no such plan,"')
    assert lines[-1] == (
        "⇄ Taken back: “There is no such” on 20 Mar 2025, “That is not what I said” now."
    )
    samples.say("/check there has been no such plan")
    assert samples.lead == "Sigrid Oakley, chief executive: word for word"


def test_the_promise_kept(samples: Talk) -> None:
    opened = "Kvern Bridge is open again, a day early"
    samples.say("/timeline Marit Halden on the bridge")
    lines = _lines(samples)
    promised = "“The Kvern Bridge will be open again by Sunday evening, the twenty-third,” she"
    assert lines[1].startswith(promised)
    assert opened in lines[lines.index("What came of it, as later articles tell:") :]
    samples.say("did the Kvern bridge reopening happen?")
    assert opened in _lines(samples)
    samples.say("did the Kvern Bridge open as promised?")
    lines = _lines(samples)
    assert lines[lines.index("What later articles tell:") + 1] == opened
    samples.say("/timeline Kvern Bridge")
    assert "At noon today the first car rolled across the Kvern Bridge." in _lines(samples)


def test_the_promise_missed(samples: Talk) -> None:
    missed = "Not one crown: flood aid misses the minister’s deadline"
    samples.say("/timeline Skoglund on flood aid")
    lines = _lines(samples)
    assert "by Friday, the twenty-first of March" in lines[1]
    assert missed in lines
    samples.say("did Skoglund keep his promise of flood money?")
    assert missed in _lines(samples)
    samples.say("did Skoglund pay the flood money by Friday?")
    lines = _lines(samples)
    assert lines[lines.index("What later articles tell:") + 1] == missed
    samples.say("/check I promised Friday and it was Friday")
    assert "– yours leaves out “not”" in "\n".join(_lines(samples))


def test_the_differing_figures_and_the_correction(samples: Talk) -> None:
    samples.say("/timeline people evacuated from Orsval")
    lines = _lines(samples)
    assert "⇄ The figure changes: “Some 900 people” on 15 Mar 2025, “1,200” now." in lines
    assert lines[-2] == (
        "The county rescue service on Wednesday put the number of those evacuated at 1,150 and "
        "withdrew its earlier figure of 1,200."
    )
    samples.say("/timeline how many trains were cancelled")
    corrected = "⇄ The figure changes: “340 of its 520 daily trains” on 17 Mar 2025, "
    assert _lines(samples)[-1] == f"{corrected}“312 services” now."
    samples.say("/compare Valley Radio and Ledger & Trade on cancelled trains")
    assert _lines(samples)[-1] == (
        "⇄ The figures differ: “280 trains” (Valley Radio), “312 services” (Ledger & Trade)."
    )


@pytest.mark.parametrize(
    ("outlets", "topic", "figures"),
    [
        ("Nordwire and Malva Courier", "evacuated", "“1,200” (Nordwire), “1,150” (Malva Courier)"),
        (
            "Valley Radio and The Harbour Post",
            "people evacuated",
            "“Some 900 people” (Valley Radio), "
            "“About 1,200 of the town’s 9,000 inhabitants” (The Harbour Post)",
        ),
        (
            "Nordwire and Malva Courier",
            "damaged houses",
            "“At least 310 houses” (Nordwire), “286 houses” (Malva Courier)",
        ),
    ],
)
def test_outlets_count_one_thing_in_other_words(
    samples: Talk, outlets: str, topic: str, figures: str
) -> None:
    samples.say(f"/compare {outlets} on {topic}")
    assert _lines(samples)[-1] == f"⇄ The figures differ: {figures}."


def test_what_was_merely_added_is_on_no_topic(samples: Talk) -> None:
    said = samples.say("/timeline Thorsen on observers")
    assert said.startswith("I have nothing that Rikke Thorsen said on “observers”.")


def test_an_outlet_without_the_topic_is_not_given_another(samples: Talk) -> None:
    said = samples.say("/compare Nordwire and Valley Radio on gas prices")
    assert said.startswith("I have nothing of")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("did the strike happen?", "as the first national rail strike for nine years bit harder"),
        ("did the vote happen?", "The Assembly voted on Monday evening by 88 to 61"),
        ("did the merger go ahead?", "I find no report that it happened."),
    ],
)
def test_what_happened_is_not_taken_for_a_plan(samples: Talk, asked: str, told: str) -> None:
    assert told in samples.say(asked)
