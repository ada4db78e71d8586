"""An editor's whole day on a phone, over HTTP against the twin: every step as it is seen there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from bot.newsroom import Newsroom
from bot.store.store import Store
from bot.talk.commands import menu_for
from bot.talk.conversation import Conversation
from bot.talk.replies import Role
from handlers.rates import Rates
from tests.support.botapi import BotApi, Person, running_twin
from tests.support.botapi.bots import bot_in_thread
from tests.support.botapi.world import Seen
from tests.support.documents import ARTICLE, HEADLINE, PARAGRAPHS, archive, docx, pdf
from tests.support.sites import Answer, Site, fetcher, serving
from tests.support.texts import html_page

OWNER = 6_000_000_003
FLOOD = (
    "Flood in Orsa eases\n\n12 June 2025\n\n"
    "The flood in Orsa eased on Thursday, the county said. About 1,200 people were moved from the "
    "valley, the mayor, Ida Holm, told reporters.\n\n"
    "“The river is back in its bed,” Holm said. “We will open the bridge on Monday.”\n\n"
)
LONG_TAIL = "The water stood in the cellars of the old town for nine days and a night. " * 130
PAGE = html_page(
    title="Ferry to Tarvin sails again",
    paragraphs=(
        "The ferry to Tarvin sailed again on Monday after eleven days in port, its owner said.",
        "“The sea has let us go,” said Bo Lind, who owns it. “We lost two weeks of bookings.”",
        "The county paid 40,000 crowns for a new ramp, which opens in May, Lind told reporters.",
    ),
)


@dataclass
class Editor:
    """Somebody at a phone: writes and taps, and reads what comes."""

    person: Person
    twin: BotApi

    def writes(self, text: str, **more: object) -> Seen:
        return self.person.asks(text, **more)  # type: ignore[arg-type]

    def taps(self, label: str, *, on: Seen | None = None) -> Seen:
        """What stands in the chat after the tap; a card is edited in place."""
        before = on or self.twin.last_from_bot(self.person)
        self.person.presses(label, on=before)
        after = self.reads()
        assert after.message_id == before.message_id
        return after

    def reads(self) -> Seen:
        return self.twin.wait_for_reply(self.person)

    def sends_file(self, name: str, data: bytes) -> Seen:
        self.person.sends_document(name, data)
        return self.reads()

    def cards(self) -> int:
        return len(self.twin.from_bot(self.person))


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving({"/ferry": Answer(PAGE)}) as site:
        yield site


@pytest.fixture(scope="module")
def twin(site: Site) -> Iterator[BotApi]:
    with running_twin() as running, Store(None) as store:
        newsroom = replace(Newsroom.over(store), web=lambda: fetcher(ports=(site.port,)))
        talk = Conversation(newsroom, questions_per_minute=100, admins=[OWNER])
        running.twin.person("Olga", id=OWNER)
        rates = Rates(chat_gap_seconds=0.02)
        with bot_in_thread(running.twin, talk, store, admins=[OWNER], rates=rates, jobs=talk.jobs):
            yield running.twin


@pytest.fixture
def olga(twin: BotApi) -> Editor:
    state = twin.world.chats[OWNER]
    state.read = len(state.said)  # nothing unread of an earlier test
    return Editor(Person(twin, twin.world.people[OWNER]), twin)


def number_of(seen: Seen) -> str:
    """The article's number in "Published as #12"."""
    return "#" + seen.text.partition("#")[2].split()[0].rstrip(",")


def test_a_whole_day(olga: Editor, twin: BotApi, site: Site) -> None:
    # Morning: a long text, which the app cuts in parts; one card comes when all are there.
    parts = olga.person.sends(f"/add {FLOOD}{LONG_TAIL}")
    assert len(parts) == 3
    card = olga.reads()
    assert card.marked("bold") == ["Preview, not yet public: Flood in Orsa eases"]
    assert "12 Jun 2025" in card.text
    assert "quotes" in card.text
    assert "Quoted: Ida Holm." in card.text
    assert "Unsure: no outlet found." in card.text
    assert card.labels == ["Publish", "Edit a field", "See quotes", "Discard"]
    ada = twin.person("Ada")
    assert "nothing" in ada.asks("what did Ida Holm say?").text  # it is not public yet

    # The date is wrong and the outlet is missing: both are corrected on the card.
    quotes = olga.taps("See quotes").text
    assert "Ida Holm: “The river is back in its bed, … We will open" in quotes
    assert "Ida Holm, reported: About 1,200 people were moved from the valley" in quotes
    olga.taps("Back")
    olga.taps("Edit a field")
    assert "Send me the new date" in olga.taps("Date").text
    olga.person.sends("the day before never")
    assert "I cannot read that as a day" in olga.reads().text
    olga.person.sends("11 June 2025")
    fixed = olga.reads()
    assert (fixed.message_id, "Date is now: 11 Jun 2025." in fixed.text) == (card.message_id, True)
    olga.person.sends("outlet: Harbour Post", reply_to=fixed)
    fixed = olga.reads()
    assert fixed.message_id == card.message_id
    assert "Harbour Post · 11 Jun 2025" in fixed.text
    published = olga.taps("Publish", on=fixed)
    flood = number_of(published)
    assert published.labels == ["Undo", "Open it"]
    assert "The river is back in its bed" in ada.asks("what did Ida Holm say?").text

    # Too soon: undo, then after all.
    assert f"Undone: {flood} is removed" in olga.taps("Undo", on=published).text
    assert "nothing" in ada.asks("what did Ida Holm say?").text
    assert f"{flood} is back" in olga.writes(f"/restore {flood}").text
    assert "The river is back" in ada.asks("what did Ida Holm say?").text

    # Forwards: a post whose link is hidden under its last words, alone and as an album.
    before = olga.cards()
    olga.person.forwards(
        "The ferry sails again. Read more", links={"Read more": site.url("/ferry")}
    )
    card = olga.reads()
    assert card.text.startswith("Preview, not yet public: Ferry to Tarvin sails again")
    assert "Read from the link in the post." in card.text
    ferry = number_of(olga.taps("Publish"))
    olga.person.forwards_album(
        ["", "The ferry sails again. More here", ""],
        origin="Harbour Post",
        links={"More here": site.url("/ferry")},
    )
    told = olga.reads()
    assert f"The link is stored already as {ferry}" in told.text
    assert "Nothing has changed." in told.text
    assert olga.cards() == before + 2
    assert "Stored already, word for word" in olga.taps("Read the page again").text

    # Files: a PDF, a Word document that says the same, and an archive.
    lines = [HEADLINE, "", *[line for p in PARAGRAPHS for line in (p, "")]]
    card = olga.sends_file("mill.pdf", pdf([lines]))
    assert card.text.startswith(f"Preview, not yet public: {HEADLINE}")
    olga.taps("Publish")
    again = olga.sends_file("mill.docx", docx([HEADLINE, *PARAGRAPHS]))
    assert "Stored already" in again.text
    olga.taps(again.labels[-1])
    zipped = archive(
        {
            "bridge.txt": b"Bridge to Lund opens\n\n3 May 2025\n\nThe bridge to Lund is open, Ann "
            b"Lee said on Saturday.\n",
            "tram.txt": b"Tram to Lund stops\n\n4 May 2025\n\nThe tram to Lund has stopped, Kim "
            b"Dahl said on Sunday.\n",
            "broken.pdf": b"%PDF-1.4 nothing",
        }
    )
    card = olga.sends_file("may.zip", zipped)
    assert card.text.startswith("Preview, not yet public: 2 articles in may.zip")
    assert "1 row refused" in card.text
    assert "broken.pdf" in olga.taps("See refused rows").text
    olga.taps("Back")
    olga.taps("Publish all")
    done = olga.reads()
    assert done.text.startswith("Published may.zip")
    assert "2 new, 1 refused." in done.text
    assert "The tram to Lund has stopped" in ada.asks("what did Kim Dahl say?").text

    # A reader doubts an answer: the card comes at once, without a name; the outcome goes back.
    ada.asks("what did Ann Lee say?")
    ada.presses("Wrong?")
    twin.wait_for_reply(ada)
    ada.presses("Wrong date")
    assert "I will tell you what comes of it." in twin.wait_for_reply(ada).text
    report = olga.reads()
    assert report.text.startswith("Report 1: wrong date")
    assert "The bridge to Lund is open" in report.marked("blockquote")[0]
    assert "Ada" not in report.text
    olga.person.presses("Edit article", on=report)
    fields = olga.reads()
    assert fields.message_id != report.message_id
    olga.taps("Date", on=fields)
    olga.person.sends("2 May 2025")
    assert "Date is now: 2 May 2025" in olga.reads().text
    assert "it is corrected" in olga.taps("Right, corrected", on=report).text
    assert "Report 1 (“what did Ann Lee say?”): you were right" in twin.wait_for_reply(ada).text
    bridge = number_of(olga.writes("/history bridge to lund"))
    changed = olga.taps("What 2 changed")
    assert "Date: 3 May 2025 → 2 May 2025" in changed.text
    assert f"{bridge}: what version 2 changed" in changed.text

    # Help is invited, and its right taken away again.
    olga.writes("/invite editor")
    invitation = twin.last_from_bot(olga.person)
    link = next(b["copy_text"]["text"] for b in invitation.buttons[0] if "copy_text" in b)
    assert f"https://t.me/{twin.world.bot['username']}?start=i_" in link
    mia = Editor(twin.person("Mia"), twin)
    assert mia.writes("/add").text.startswith("Only editors")
    assert "you are an editor now" in mia.writes(f"/start {link.partition('start=')[2]}").text
    assert "Mia has taken invitation 1" in olga.reads().text
    names = {c.name for c in menu_for(Role.EDITOR)}
    twin.wait_for(lambda: _menu_names(twin, mia.person.id) == names)
    assert mia.writes("/add Rain in Lund\n\nIt rained in Lund, Kim Dahl said.").labels
    mia.taps("Discard")
    olga.writes("/roles")
    olga.taps("Take Mia out")
    assert "no longer in the team" in mia.reads().text
    assert mia.writes("/add").text.startswith("Only editors")
    twin.wait_for(lambda: _menu_names(twin, mia.person.id) is None)

    # A demand to take an article down: the owner deletes it for good.
    asked = olga.writes(f"/purge {flood}")
    assert "This cannot be undone" in asked.text
    assert "is deleted for good" in olga.taps("Yes, delete it for good").text
    assert "nothing" in ada.asks("what did Ida Holm say?").text
    assert "I have no article" in olga.writes(f"/restore {flood}").text

    # And the audit tells all of it.
    audit = olga.writes("/audit").text
    for act in ("deleted", "changed the role of Mia", "joined", "settled report 1", "corrected"):
        assert act in audit
    assert "Olga" in audit


def _menu_names(twin: BotApi, person: int) -> set[str] | None:
    """The commands in the menu of one person's private chat; None where it has none of its own."""
    for key, commands in twin.world.settings.items():
        if key.startswith("commands") and str(person) in key and commands:
            return {entry["command"] for entry in commands}
    return None


def test_what_was_handed_in_twice_is_decided_once(olga: Editor, twin: BotApi) -> None:
    card = olga.writes(f"/add {ARTICLE.replace('Ostrow', 'Velm')}")
    first, second = (olga.person.presses(card.labels[0], on=card) for _ in range(2))
    assert olga.reads().text.startswith("Published as #")
    assert twin.wait_for_answer(second)["text"] == "That is decided already."
    assert not twin.wait_for_answer(first)["text"]
    assert olga.writes("/latest").text.count("Tide mill at Velm") == 1
