"""Corrections travel: over HTTP against the twin, what stands in people's chats is put right."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.model import Draft
from bot.newsroom import Newsroom
from bot.store.outbox import AMEND, count_letters
from bot.store.store import Store
from bot.talk.amending import put_right
from bot.talk.conversation import Conversation
from bot.talk.desks import Job
from bot.talk.plain import render_plain
from bot.talk.replies import Block, BlockKind, Button, Evidence, Incoming, Notice, Reply, Role
from handlers.notices import letters_of
from handlers.rates import Rates
from tests.support.botapi import BotApi, Fault, Group, Person, Seen, running_twin
from tests.support.botapi.bots import bot_in_thread
from tests.support.corrected import ASKED, FERRY, changed, until
from tests.support.talks import Clock, Talk, newsroom_of
from tests.support.ticks import Ticks

OWNER = 6_100_000_009
QUOTED = "what did Ines Roca say about the drill"


@dataclass
class Running:
    """The bot at work over a store, its clock ahead by as much as corrections rest."""

    twin: BotApi
    newsroom: Newsroom
    ahead: timedelta = timedelta()

    def travels(self) -> None:
        """Wait until no change is left to travel and no letter to be sent."""
        until(self._is_sent)
        self.ahead = timedelta(minutes=3)
        until(lambda: not self._left() and self._is_sent())
        self.ahead = timedelta()

    def _left(self) -> int:
        read = self.newsroom.store.read()
        (left,) = read.execute("SELECT count(*) FROM corrections WHERE state = 'new'").fetchone()
        return int(left)

    def _is_sent(self) -> bool:
        with self.newsroom.store.write() as connection:
            return not set(count_letters(connection)) & {"due", "sending", "unsure"}


@contextlib.contextmanager
def bot_over(twin: BotApi, newsroom: Newsroom) -> Iterator[Running]:
    talk = Conversation(newsroom, questions_per_minute=1_000)
    running = Running(twin, newsroom)
    jobs = [
        Job(job.name, 0.02, lambda now, job=job: job.work(now + running.ahead))  # type: ignore[misc]
        for job in talk.jobs
        if job.name == "corrections"
    ]
    rates = Rates(chat_gap_seconds=0.01)
    with bot_in_thread(twin, talk, newsroom.store, admins=[OWNER], rates=rates, jobs=jobs):
        yield running


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    # In a file, as it is used: in memory a job would read what a purge has half done.
    with running_twin() as thread, Store(tmp_path / "news.db") as store:
        newsroom = Newsroom.over(store)
        newsroom.add(FERRY)
        thread.twin.person("Olga", id=OWNER)
        with bot_over(thread.twin, newsroom) as bot:
            yield bot


@pytest.fixture
def ada(running: Running) -> Person:
    return running.twin.person("Ada")


def asked(running: Running, person: Person, text: str) -> Seen:
    """The reply to a message, whatever else has come meanwhile."""
    last = running.twin.last_from_bot(person).message_id
    person.sends(text)
    running.twin.wait_for(lambda: running.twin.last_from_bot(person).message_id > last)
    return running.twin.last_from_bot(person)


def right_after(question: str, article: Draft) -> Reply:
    """The answer to a question, put right when its article has become this."""
    newsroom = newsroom_of(FERRY)
    reply = Conversation(newsroom).handle(Incoming("tg:1", "tg:1", text=question))
    newsroom.add(article)
    return put_right(newsroom.store, reply, date(2025, 3, 19))


def now_in(running: Running, seen: Seen, where: Person | Group) -> Seen:
    """The message as it stands in the chat now."""
    return next(s for s in running.twin.from_bot(where) if s.message_id == seen.message_id)


def test_a_changed_figure_is_put_right_where_it_stands_and_told_once(
    running: Running, ada: Person
) -> None:
    seen = ada.asks(ASKED)
    assert "88 passengers" in seen.text
    running.newsroom.add(changed("88 passengers", "61 passengers"))
    running.travels()
    right = now_in(running, seen, ada)
    day = f"{datetime.now(UTC).day} {datetime.now(UTC):%b %Y}"
    assert f"Corrected {day}: the article now says 61, before 88." in right.text
    (quoted,) = right.marked("blockquote")
    assert quoted.startswith("Rescuers took 61 passengers")
    (struck,) = right.marked("strikethrough")
    assert struck.startswith("Rescuers took 88 passengers")
    assert "Copy" not in right.labels
    told = running.twin.last_from_bot(ada)
    assert told.reply_to == seen.message_id
    assert told.text.startswith("Corrected: the article now says 61, before 88.\n")
    assert len(running.twin.from_bot(ada)) == 2
    running.newsroom.add(changed("two hours", "three hours", changed("88", "61")))
    running.travels()
    assert len(running.twin.from_bot(ada)) == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("two hours", "three hours"),
        ("The ramp on", "Later the town spoke.\n\nThe ramp on"),
        ("on Monday, the harbour", "on Monday the harbour"),
        ("Rescuers took 88 passengers off", "Rescuers  took 88 passengers off"),
    ],
    ids=["another sentence", "a new sentence", "a comma", "spacing"],
)
def test_what_does_not_touch_the_sentence_makes_no_noise(old: str, new: str) -> None:
    reply = right_after(ASKED, changed(old, new))
    assert not any(block.kind is BlockKind.STRUCK for block in reply.blocks)
    assert "Corrected" not in render_plain(reply)


def test_a_new_version_that_leaves_the_sentence_alone_sends_nothing(
    running: Running, ada: Person
) -> None:
    seen = ada.asks(ASKED)
    running.newsroom.add(changed("two hours", "three hours"))
    running.travels()
    assert running.twin.last_from_bot(ada) == seen


@pytest.mark.parametrize(
    ("question", "old", "new", "words"),
    [
        (QUOTED, "said Ines Roca", "said Tomas Heller", "words of Tomas Heller, not of Ines Roca"),
        (QUOTED, "in May", "in June", "the article now says June, before May"),
        (QUOTED, "repeat the", "give up the", "the article now puts it in other words"),
        (ASKED, "Rescuers", "Firefighters", "the article now puts it in other words"),
    ],
    ids=["speaker", "date", "words", "wording"],
)  # fmt: skip
def test_what_has_changed_is_told_in_words(question: str, old: str, new: str, words: str) -> None:
    assert words in render_plain(right_after(question, changed(old, new)))


def test_a_sentence_that_is_gone_is_struck(running: Running, ada: Person) -> None:
    seen = ada.asks(QUOTED)
    sentence = "“We will repeat the drill in May,” said Ines Roca, the harbour master."
    running.newsroom.add(changed(sentence, ""))
    running.travels()
    right = now_in(running, seen, ada)
    assert "the article no longer has this sentence" in right.text
    assert right.marked("strikethrough") == [sentence]
    assert right.marked("blockquote") == []


def test_a_group_sees_its_message_put_right_and_no_other(running: Running, ada: Person) -> None:
    group = running.twin.group("Harbour talk")
    ada.sends(f"/ask {ASKED}", chat=group)
    seen = running.twin.wait_for_reply(group)
    running.newsroom.add(changed("88 passengers", "61 passengers"))
    running.travels()
    assert "61, before 88" in now_in(running, seen, group).text
    assert len(running.twin.from_bot(group)) == 1
    assert running.twin.from_bot(ada) == []


def test_a_removed_article_is_taken_out_of_messages_and_comes_back(
    running: Running, ada: Person
) -> None:
    seen = ada.asks(QUOTED)
    running.newsroom.remove("ferry")
    running.travels()
    right = now_in(running, seen, ada)
    assert "no longer in my store" in right.text
    assert "drill" not in right.text
    assert "Port Courier" not in right.text
    told = running.twin.last_from_bot(ada)
    assert told.text.startswith("An article that I quoted to you has been taken out")
    running.newsroom.restore_article("ferry")
    running.travels()
    assert "“We will repeat the drill in May,”" in now_in(running, seen, ada).text
    assert running.twin.last_from_bot(ada).text.startswith(
        "An article that I quoted to you is back"
    )
    assert len(running.twin.from_bot(ada)) == 3


def test_what_is_purged_vanishes_from_every_message_at_once(running: Running, ada: Person) -> None:
    ada.asks(QUOTED)
    ada.asks(ASKED)
    ada.presses("Context")
    running.twin.wait_for_reply(ada)
    running.newsroom.add(changed("88 passengers", "61 passengers"))
    running.travels()
    running.newsroom.purge("ferry")
    running.travels()
    for seen in running.twin.from_bot(ada):
        assert not {"Halvard", "repeat", "61", "88", "Ferry"} & set(seen.text.split()), seen.text
    assert "deleted for good" in running.twin.last_from_bot(ada).text
    assert "An article has been deleted for good." in asked(running, ada, "/corrections").text


def test_what_is_taken_back_in_time_disturbs_nobody(running: Running, ada: Person) -> None:
    seen = ada.asks(ASKED)
    running.newsroom.remove("ferry")
    running.newsroom.restore_article("ferry")
    running.newsroom.add(changed("88", "61"))
    running.newsroom.add(FERRY)
    running.travels()
    assert running.twin.last_from_bot(ada) == seen
    assert asked(running, ada, "/corrections").text == "Nothing has had to be corrected so far."


def test_an_outlet_corrected_by_hand_is_told(running: Running, ada: Person) -> None:
    seen = ada.asks(QUOTED)
    running.newsroom.edit_fields("ferry", source="Gull Island Post", title="Drill ends")
    running.travels()
    right = now_in(running, seen, ada)
    assert "the article is Gull Island Post’s, not Port Courier’s" in right.text
    assert "Gull Island Post, “Drill ends”" in right.text


def test_deleted_messages_and_closed_chats_are_borne(running: Running, ada: Person) -> None:
    bea, cleo = running.twin.person("Bea"), running.twin.person("Cleo")
    answers = {person: person.asks(ASKED) for person in (ada, bea, cleo)}
    state = running.twin.world.chats[ada.id]
    del state.messages[answers[ada].message_id]
    bea.blocks()
    running.newsroom.add(changed("88 passengers", "61 passengers"))
    running.travels()
    assert "61, before 88" in now_in(running, answers[cleo], cleo).text
    assert [s.text.split("\n")[0] for s in running.twin.from_bot(ada)] == [
        "Corrected: the article now says 61, before 88."
    ]
    assert len(running.twin.from_bot(bea)) == 1


def test_an_editor_puts_a_text_right_with_a_note(running: Running, ada: Person) -> None:
    olga = Person(running.twin, {"id": OWNER, "is_bot": False, "first_name": "Olga"})
    seen = ada.asks(ASKED)
    card = olga.asks("/correct ferry drill")
    assert card.labels == ["New text", "A field", "Note for readers", "Take it out"]
    olga.presses("New text")
    running.twin.wait_for_reply(olga)
    done = olga.asks(changed("88 passengers", "61 passengers").text)
    assert "now #2, version 2" in done.text
    olga.presses("Note for readers")
    running.twin.wait_for_reply(olga)
    noted = olga.asks("We had taken the crew for passengers.")
    assert noted.text.startswith("Noted on #")
    running.travels()
    right = now_in(running, seen, ada)
    assert "We had taken the crew for passengers." in right.text
    assert "We had taken the crew" in running.twin.last_from_bot(ada).text
    listed = asked(running, ada, "/corrections")
    assert listed.text.startswith("1 correction")
    assert "Note: We had taken the crew for passengers." in listed.text
    assert listed.marked("strikethrough")[0].startswith("Rescuers took 88")
    assert "61, before 88" in asked(running, ada, "/corrections ferry drill").text


def test_a_button_of_an_older_answer_shows_what_was_corrected(
    running: Running, ada: Person
) -> None:
    seen = ada.asks(ASKED)
    ada.presses("Context", on=seen)
    running.twin.wait_for_reply(ada)
    running.newsroom.add(changed("88 passengers", "61 passengers"))
    ada.presses("Back")
    back = running.twin.wait_for_reply(ada)
    assert "the article now says 61, before 88" in back.text


def test_a_picture_of_a_corrected_sentence_goes(running: Running, ada: Person) -> None:
    pytest.importorskip("PIL")
    ada.asks(QUOTED)
    card = asked(running, ada, "/card")
    assert card.photo is not None
    running.newsroom.add(changed("repeat the", "give up the"))
    running.travels()
    assert card.message_id not in {s.message_id for s in running.twin.from_bot(ada)}
    assert "give up" in running.twin.last_from_bot(ada).text


def test_a_picture_that_is_too_old_to_be_deleted_is_replaced(
    running: Running, ada: Person
) -> None:
    pytest.importorskip("PIL")
    ada.asks(QUOTED)
    card = asked(running, ada, "/card")
    refusal = "Bad Request: message can't be deleted for everyone"
    running.twin.faults.add(Fault("deleteMessage", status=400, description=refusal))
    running.newsroom.add(changed("repeat the", "give up the"))
    running.travels()
    old = next(s for s in running.twin.from_bot(ada) if s.message_id == card.message_id)
    assert old.photo not in (None, card.photo)
    assert "Corrected" in old.text
    assert "give up the drill" in old.text
    running.newsroom.add(changed("repeat the", "put off the"))
    running.travels()
    old = next(s for s in running.twin.from_bot(ada) if s.message_id == card.message_id)
    assert "put off the drill" in old.text


def test_a_file_comes_as_a_document_with_its_words(running: Running, ada: Person) -> None:
    ada.asks(ASKED)
    seen = asked(running, ada, "/export")
    assert seen.file_name is not None
    assert seen.file_name.endswith(".md")
    assert seen.text.startswith("1 question with its answer")
    asked(running, ada, "/mydata")
    ada.presses("All of it as a file")
    running.twin.wait_for(lambda: "mydata" in (running.twin.last_from_bot(ada).file_name or ""))


def test_an_answer_that_goes_out_after_the_change_is_put_right_then(
    running: Running, ada: Person
) -> None:
    ada.asks("/help")
    running.twin.faults.add(Fault("sendMessage", status=429, retry_after=2, description="slow"))
    ada.sends(ASKED)
    until(lambda: any(call.status == 429 for call in running.twin.calls_of("sendMessage")))
    running.newsroom.add(changed("88 passengers", "61 passengers"))
    running.ahead = timedelta(minutes=3)
    until(lambda: any(s.edits and "61, before 88" in s.text for s in running.twin.from_bot(ada)))


def test_what_a_line_of_source_tells_of_a_figure_goes_and_a_headline_stays() -> None:
    newsroom = newsroom_of(replace(FERRY, title="Ferry drill: 88 taken off"))
    (old,) = newsroom.latest(limit=1)
    sentence = newsroom.get_findings(old).sentences[1]
    evidence = Evidence(old.key, sentence)
    newsroom.add(replace(changed("88 passengers", "61 passengers"), title="Ferry drill: 61 off"))
    place = f"{old.key}:{sentence.start}:{sentence.end}"
    reply = Reply(
        (
            Block(BlockKind.LEAD, "1. Ferry drill: 88 taken off"),
            Block(BlockKind.QUOTE, sentence.of(old.text), evidence=evidence),
            Block(BlockKind.SOURCE, "88 passengers · 18 Mar 2025 · Port Courier"),
        ),
        ((Button("Copy", copy="88"), Button("Context", f"ctx:{place}")),),
    )
    right = put_right(newsroom.store, reply, date(2025, 3, 19))
    kinds = [block.kind for block in right.blocks]
    assert kinds == ["lead", "footer", "quote", "source", "footer", "struck"]
    assert right.blocks[0].text == "1. Ferry drill: 61 off"
    assert right.blocks[3].text == "18 Mar 2025 · Port Courier"
    ((context,),) = right.buttons
    (new,) = newsroom.latest(limit=1)
    assert (context.press or "").startswith(f"ctx:{new.key}:")
    assert put_right(newsroom.store, right, date(2025, 3, 19)) == right


def test_a_digest_that_was_sent_is_put_right(running: Running, ada: Person) -> None:
    digest = ada.asks("/digest Halvard 17 March 2025 to 19 March 2025")
    assert "88 passengers" in digest.text
    running.newsroom.add(changed("88 passengers", "61 passengers"))
    running.travels()
    assert "61, before 88" in now_in(running, digest, ada).text
    assert len(running.twin.from_bot(ada)) == 2


def test_a_terminal_lists_what_was_corrected() -> None:
    ticks = Ticks(newsroom_of(FERRY), Clock(), face="terminal")
    ticks.newsroom.add(changed("88 passengers", "61 passengers"))
    ticks.newsroom.remove("ferry")
    ticks.newsroom.restore_article("ferry")
    (job,) = (job for job in ticks.conversation.jobs if job.name == "list of corrections")
    assert job.quick
    more = True
    while more:
        with ticks.working(job.work(ticks.clock.now)):
            more = ticks._more
    talk = Talk(ticks.conversation, chat="terminal", person="terminal")
    listed = talk.say("/corrections")
    assert "the article now says 61, before 88" in listed
    with ticks.newsroom.store.write() as connection:
        (waiting,) = connection.execute(
            "SELECT count(*) FROM corrections WHERE state = 'new'"
        ).fetchone()
    assert waiting == 3


def test_a_message_without_room_for_both_shows_what_stands_now() -> None:
    long = "drill and " * 190
    article = replace(FERRY, text=f"Ferry\n\nRescuers took 88 passengers off in a {long}more.")
    newsroom = newsroom_of(article)
    (old,) = newsroom.latest(limit=1)
    span = newsroom.get_findings(old).sentences[-1]
    quote = Block(BlockKind.QUOTE, span.of(old.text), evidence=Evidence(old.key, span))
    newsroom.add(changed("88", "61", article))
    reply = Reply((quote, Block(BlockKind.TEXT, "x" * 1_500)), ((Button("Back", "res:1:0"),),))
    right = replace(put_right(newsroom.store, reply, date(2025, 3, 19)), amends=7)
    (letter,) = letters_of([Notice("tg:1", "corr:1", right)])
    assert letter.method == AMEND
    assert "took 61" in letter.payload["plain"]
    assert "took 88" not in letter.payload["plain"]
    assert letter.payload["keyboard"]


def editor_of(newsroom: Newsroom) -> Talk:
    return Talk(Conversation(newsroom, clock=Clock()), Role.OWNER)


def test_a_headline_that_the_new_text_puts_right_is_put_right() -> None:
    newsroom = newsroom_of(FERRY)
    editor = editor_of(newsroom)
    editor.say("/correct ferry drill")
    editor.press_label("New text")
    editor.say(FERRY.text.replace("ends early", "ends late"))
    (article,) = newsroom.latest(limit=1)
    assert article.title == "Ferry drill ends late"


@pytest.mark.parametrize("slip", ["how many passengers were taken off the ferry?", "one moment"])
def test_a_remark_in_place_of_the_new_text_changes_nothing(slip: str) -> None:
    newsroom = newsroom_of(FERRY)
    editor = editor_of(newsroom)
    editor.say("/correct ferry drill")
    editor.press_label("New text")
    assert "nothing was changed" in editor.say(slip)
    (article,) = newsroom.latest(limit=1)
    assert article.text == FERRY.text
    assert editor.say(FERRY.text.replace("88", "61")).startswith("Corrected: ")
