"""Cards of articles that are not public yet: parts, albums, forwards, files, decisions."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Draft, Kept
from bot.newsroom import Newsroom
from bot.store.drafts import DONE, OPEN, dump_draft, find_cards, load_draft
from bot.store.store import Store
from bot.talk.adding import KEPT
from bot.talk.conversation import Conversation
from bot.talk.desks import Outgoing
from bot.talk.parts import LATE, PART_UTF16, QUIET, QUIET_AFTER_CUT
from bot.talk.replies import IncomingFile, Origin, Reply, Role
from tests.support.stores import draft
from tests.support.talks import Clock, Talk, newsroom_of

SENTENCES = [f"On day {n} the mill in Velm was repaired, said Bo Lind." for n in range(200)]
LONG = "Mill repaired in Velm\n\n" + " ".join(SENTENCES)


@dataclass
class Phone(Talk):
    """An editor at a phone: each message has a number, and jobs run when time passes."""

    clock: Clock = field(default_factory=Clock)
    number: int = 0

    def sends(self, text: str, number: int = 0, **more: object) -> str:
        self.number = number or self.number + 1
        return self.say(text, message=self.number, **more)

    def waits(self, pause: timedelta) -> list[Reply]:
        """What comes by itself within this time."""
        self.clock.now += pause
        came: list[Reply] = []
        for job in self.conversation.jobs:
            if job.name in ("drafts", "publishing"):
                came += self._run(job.work)
        if came:
            self.seen.append(came[-1])
        return came

    def _run(self, work: object) -> list[Reply]:
        assert callable(work)
        came: list[Reply] = []
        while True:
            outgoing: Outgoing = work(self.clock.now)
            came += [notice.reply for notice in outgoing.notices]
            if outgoing.settle is not None:
                with self.store.write() as connection:
                    outgoing.settle(connection)
            if not outgoing.more:
                return came

    @property
    def store(self) -> Store:
        return self.conversation._newsroom.store


@pytest.fixture
def newsroom() -> Newsroom:
    return newsroom_of(draft())


@pytest.fixture
def phone(newsroom: Newsroom) -> Phone:
    clock = Clock()
    conversation = Conversation(newsroom, clock=clock, arrived=clock)
    return Phone(conversation, Role.EDITOR, clock=clock)


def cut(text: str) -> list[str]:
    """`text` in parts as a client sends them: cut at the last space, which is dropped."""
    parts = []
    while len(text) > PART_UTF16 + 150:
        end = text.rindex(" ", 0, PART_UTF16 + 150)
        parts.append(text[:end])
        text = text[end + 1 :]
    return [*parts, text]


# --------------------------------------------------------------------------------- parts
@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_parts_are_joined_in_the_order_in_which_they_were_sent(
    order: tuple[int, ...], phone: Phone, newsroom: Newsroom
) -> None:
    parts = cut(LONG)
    phone.sends("/add", 10)
    for place in order:
        phone.sends(parts[place], 11 + place)
    assert phone.waits(timedelta(seconds=0.5)) == []
    (card,) = phone.waits(QUIET_AFTER_CUT)
    assert card.blocks[0].text == "Preview, not yet public: Mill repaired in Velm"
    phone.press_label("Publish")
    texts = [" ".join(article.text.split()) for article in newsroom.latest(limit=9)]
    assert len(texts) == 2
    assert " ".join(LONG.split()) in texts


def test_the_rest_that_comes_late_joins_the_card_that_is_shown(phone: Phone) -> None:
    first, second, third = cut(LONG)
    assert phone.sends(f"/add {first}") == ""
    assert phone.waits(QUIET) == []  # a part that was cut has a longer wait
    (card,) = phone.waits(QUIET_AFTER_CUT)
    words = card.blocks[2].text
    assert phone.sends(second) == ""
    assert phone.sends(third) == ""
    (whole,) = phone.waits(QUIET)
    assert whole.blocks[2].text != words
    assert whole.blocks[-1].text == card.blocks[-1].text  # the same draft
    assert len(find_cards(phone.store, OPEN)) == 1


def test_parts_and_cards_wait_through_a_restart(phone: Phone, newsroom: Newsroom) -> None:
    phone.sends(f"/add {cut(LONG)[0]}")
    again = replace(
        phone, conversation=Conversation(newsroom, clock=phone.clock, arrived=phone.clock)
    )
    for part in cut(LONG)[1:]:
        assert again.sends(part) == ""
    drafts_job = next(job for job in again.conversation.jobs if job.name == "drafts")
    unfiled = drafts_job.work(again.clock.now + QUIET)  # the program ends before it is filed
    assert unfiled.notices
    assert find_cards(phone.store, OPEN) == []
    (card,) = again.waits(QUIET)
    assert card == unfiled.notices[0].reply
    assert again.press_label("Publish").startswith("Published as #")


def test_a_question_after_a_long_text_is_a_question(phone: Phone) -> None:
    phone.sends(f"/add {cut(LONG)[0]}")
    phone.waits(QUIET_AFTER_CUT)
    assert "The sea has let us go" in phone.sends("what did Ines Roca say?")
    phone.clock.now += LATE
    assert phone.sends("Ines Roca on the sea") != ""


def test_a_part_after_a_card_was_decided_begins_nothing(phone: Phone) -> None:
    first, second, _ = cut(LONG)
    phone.sends(f"/add {first}")
    phone.waits(QUIET_AFTER_CUT)
    phone.press_label("Discard")
    assert phone.sends(second) != ""
    assert find_cards(phone.store, OPEN) == []


def test_a_short_text_has_its_card_at_once(phone: Phone) -> None:
    assert phone.sends("/add Mill burns\n\nA mill burned, said Bo Lind.").startswith("Preview")
    assert phone.waits(QUIET) == []


def test_a_card_that_nobody_decides_is_dropped_after_a_month(phone: Phone) -> None:
    phone.sends("/add Mill burns\n\nA mill burned, said Bo Lind.")
    code = phone.button("Publish").press or ""
    phone.waits(KEPT + timedelta(days=1))
    assert phone.press(code).startswith("This card is too old")


# -------------------------------------------------------------------------------- albums
def test_the_files_of_an_album_have_one_card(phone: Phone) -> None:
    for number, name in enumerate(("Asta", "Bror"), 1):
        text = f"{name} opens a bakery\n\n“Bread is back,” said {name} Lund in street {number}."
        file = IncomingFile(f"{name}.txt", text.encode())
        assert phone._handle(file=file, album="a1", message=number) == ""
    (card,) = phone.waits(QUIET)
    assert card.blocks[0].text == "Preview, not yet public: 2 articles in 2 files"
    assert "2 new" in phone.press_label("Publish all")


def test_captions_of_an_album_are_one_text(phone: Phone) -> None:
    post = "Mill burns in Velm\n\nA mill burned in Velm on Monday, said Bo Lind, its owner. " * 3
    phone.sends(post, album="a2", forwarded=True, origin=Origin("Velm Post", is_channel=True))
    (card,) = phone.waits(QUIET)
    assert "Velm Post" in card.blocks[1].text


# ------------------------------------------------------------------------------ forwards
WRITTEN = datetime(2025, 3, 20, 9, 30, tzinfo=UTC)
POST = (
    "Ferry stops at Velm\n\nThe ferry to Velm has stopped for the winter, the operator said on "
    "Thursday. “The quay is not safe,” said Bo Lind, who runs it. “We come back in May when the "
    "ice has gone from the sound,” he told reporters."
)


def test_a_forwarded_post_brings_its_channel_day_and_address(phone: Phone) -> None:
    origin = Origin("Velm Post", WRITTEN, "https://t.me/velmpost/42", is_channel=True)
    told = phone.sends(POST, forwarded=True, origin=origin)
    assert told.startswith("Preview, not yet public: Ferry stops at Velm")
    assert "Velm Post · 20 Mar 2025, 09:30 UTC · https://t.me/velmpost/42" in told
    assert "Forwarded from Velm Post." in told


def test_words_of_a_stored_article_that_are_forwarded_are_a_question(phone: Phone) -> None:
    told = phone.sends("“The sea has let us go,” we hear.", forwarded=True)
    assert "Ines Roca" in told
    assert find_cards(phone.store, OPEN) == []


def test_a_long_text_without_a_command_is_an_article_not_a_question(phone: Phone) -> None:
    text = "Mill repaired in Velm\n\n" + " ".join(SENTENCES[:30])
    assert phone.sends(text).startswith("Preview, not yet public: Mill repaired in Velm")
    reader = replace(phone, role=Role.READER, seen=[])
    assert not reader.sends(text).startswith("Preview")


def test_what_a_reader_forwards_is_never_an_article(phone: Phone) -> None:
    reader = replace(phone, role=Role.READER, seen=[])
    reader.sends(POST, forwarded=True)
    assert find_cards(phone.store, OPEN) == []


# --------------------------------------------------------------------------------- files
def jsonl(count: int) -> bytes:
    rows = [
        {"id": f"row-{n}", "text": f"Road {n} in Velm is closed, said Kim Dahl.", "source": "Post"}
        for n in range(count)
    ]
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def test_a_file_is_published_row_by_row_in_one_message(phone: Phone, newsroom: Newsroom) -> None:
    phone._handle(file=IncomingFile("roads.jsonl", jsonl(5) + b"{\n"), message=1)
    assert "5 articles in roads.jsonl" in phone.lead
    phone._handle(button=phone.button("Publish all").press, message=2)
    assert phone.lead == "Publishing roads.jsonl"
    assert phone.labels == ["Stop"]
    *progress, done = phone.waits(timedelta(seconds=1))
    assert all(reply.replaces == 2 for reply in (*progress, done))
    assert done.blocks[1].text == "5 new, 1 refused."
    assert "roads.jsonl, row 6" in phone.press_label("See refused rows")
    assert "5 new" in phone.press_label("Back")
    assert "5 articles removed" in phone.press_label("Undo")
    assert [article.id for article in newsroom.latest(limit=9)] == ["ferry"]
    assert find_cards(phone.store, DONE)


def test_a_file_that_is_stopped_keeps_what_is_published(
    phone: Phone, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.talk.publishing.CHUNK_SECONDS", 0.001)  # a row at a time
    phone._handle(file=IncomingFile("roads.jsonl", jsonl(4)), message=1)
    phone._handle(button=phone.button("Publish all").press, message=2)
    job = next(job for job in phone.conversation.jobs if job.name == "publishing")
    (told,) = job.work(phone.clock.now).notices
    assert told.reply.blocks[1].text.startswith("1 of 4 done")
    phone.press_label("Stop")
    assert phone.last.toast == "Stopped. What is published stays."
    assert phone.labels == ["Publish the rest", "Leave out the rest"]
    assert phone.waits(timedelta(seconds=1)) == []
    assert "1 new." in phone.press_label("Leave out the rest")
    assert len(newsroom.latest(limit=9)) == 2
    assert "1 article removed" in phone.press_label("Undo")
    assert len(newsroom.latest(limit=9)) == 1


def test_the_same_file_again_changes_nothing(phone: Phone) -> None:
    for told in ("3 new.", "3 stored already."):
        phone._handle(file=IncomingFile("roads.jsonl", jsonl(3)))
        assert told in phone.press_label("Publish all")
    assert "Undo" not in phone.labels


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.txt", b"", "empty"),
        ("a.jsonl", b"{\n{\n", "2 rows refused"),
        ("a.pdf", b"%PDF-1.4 nothing", "cannot be read"),
        ("a.exe", b"MZ", "cannot be read"),
    ],
)
def test_a_file_without_an_article_says_why(
    name: str, data: bytes, words: str, phone: Phone
) -> None:
    assert words in phone._handle(file=IncomingFile(name, data))


# ------------------------------------------------------------------------------ deciding
def test_keep_both_makes_an_article_of_its_own(phone: Phone, newsroom: Newsroom) -> None:
    for text in (
        "Mill burns\n\nA mill burned, said Bo Lind.",
        "Mill burns\n\nIt burned, he said.",
    ):
        phone.sends(f"/add {text}")
        phone.press_label("Keep both" if "Keep both" in phone.labels else "Publish")
    assert phone.lead.startswith("Published as #")
    assert len(newsroom.latest(limit=9)) == 3


def test_a_card_is_pressed_only_in_its_own_chat(phone: Phone) -> None:
    phone.sends("/add Mill burns\n\nA mill burned, said Bo Lind.")
    other = replace(phone, chat="tg:-5", seen=[])
    assert other.press(phone.button("Publish").press or "").startswith("This card is too old")


def test_a_field_is_corrected_in_reply_to_the_card(phone: Phone) -> None:
    card = phone.sends("/add Mill burns\n\nA mill burned, said Bo Lind.")
    assert "The fields are headline" in phone.sends("it is wrong", reply_to=card)
    phone.sends("date: 3 March 2025", reply_to=card, reply_to_message=77)
    assert phone.last.replaces == 77
    card = phone.sends("outlet: Post", reply_to=card)
    assert "Outlet is now: Post." in card
    assert "Post · 3 Mar 2025" in card
    phone.press_label("Publish")
    assert "decided already" in phone.sends("outlet: Post", reply_to=card)


# ----------------------------------------------------------------------------- the store
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
days = st.dates(date(1990, 1, 1), date(2030, 1, 1))
moments = st.integers(0, 2_000_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))


@given(
    st.builds(
        Draft,
        text=texts,
        id=st.none() | texts,
        title=st.none() | texts,
        published=st.none() | days | moments,
        published_given=st.none() | days,
        text_was_given=st.booleans(),
        kept=st.none() | st.builds(Kept, st.integers(0, 9), st.none() | moments, st.booleans()),
    )
)
def test_a_draft_comes_out_of_the_store_as_it_went_in(given_draft: Draft) -> None:
    assert load_draft(dump_draft(given_draft)) == given_draft


@pytest.mark.parametrize("text", ["", "/", "\0", "x" * 5_000, "https://", "http://[::1"])
def test_no_forwarded_message_breaks_adding(text: str, phone: Phone) -> None:
    assert phone.sends(text, forwarded=True) or phone.waits(QUIET_AFTER_CUT)
