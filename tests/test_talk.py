"""The conversation: roles, limits, parts of long texts, and the gate that holds forgeries back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import VerbatimError
from bot.intake.files import read_path
from bot.model import Span
from bot.newsroom import Newsroom
from bot.samples import sample_articles
from bot.store import articles as shelf
from bot.store.chats import get_chat
from bot.store.store import Store
from bot.talk.buttons import PRESS_BYTES
from bot.talk.commands import COMMANDS, Command
from bot.talk.conversation import Conversation
from bot.talk.plain import render_plain
from bot.talk.replies import Block, BlockKind, Evidence, Incoming, IncomingFile, Reply, Role
from tests.support.stores import TEXT, draft, put, short_articles

NOW = datetime(2025, 3, 20, 8, tzinfo=UTC)
PART_CHARS = 4_096  # where Telegram cuts a long text


@dataclass
class Clock:
    """A clock that a test sets."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Talk:
    """One person's talk with the bot."""

    conversation: Conversation
    role: Role = Role.READER
    person: str = "tg:1"
    seen: list[Reply] = field(default_factory=list)

    def say(self, text: str, *, reply_to: str | None = None, message: int | None = None) -> str:
        return self._handle(self._incoming(text=text, reply_to=reply_to, message=message))

    def press(self, code: str) -> str:
        return self._handle(self._incoming(button=code))

    def press_label(self, label: str) -> str:
        buttons = (button for row in self.seen[-1].buttons for button in row)
        return self.press(next(b.press or "" for b in buttons if b.label.startswith(label)))

    def send(self, name: str, data: bytes) -> str:
        return self._handle(self._incoming(file=IncomingFile(name, data)))

    def _incoming(self, **what: object) -> Incoming:
        return Incoming(f"chat of {self.person}", self.person, self.role, **what)  # type: ignore[arg-type]

    def _handle(self, incoming: Incoming) -> str:
        self.seen.append(self.conversation.handle(incoming))
        return render_plain(self.seen[-1])


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with Store(None) as store:
        newsroom = Newsroom.over(store)
        newsroom.add(draft())
        yield newsroom


@pytest.fixture(scope="module")
def sample_newsroom() -> Iterator[Newsroom]:
    with Store(None) as store:
        newsroom = Newsroom.over(store)
        for row in read_path(sample_articles()):
            assert row.draft is not None
            newsroom.add(row.draft, sample=True)
        yield newsroom


@pytest.fixture
def conversation(newsroom: Newsroom, clock: Clock) -> Conversation:
    return Conversation(newsroom, questions_per_minute=3, clock=clock)


@pytest.fixture
def reader(conversation: Conversation) -> Talk:
    return Talk(conversation)


@pytest.fixture
def editor(conversation: Conversation) -> Talk:
    return Talk(conversation, Role.EDITOR, "tg:2")


def ids_in(newsroom: Newsroom) -> list[str]:
    return [article.id for article in shelf.all_articles(newsroom.store)]


# --------------------------------------------------------------------------------- start
def test_each_suggested_question_has_an_answer(sample_newsroom: Newsroom) -> None:
    someone = Talk(Conversation(sample_newsroom, clock=lambda: NOW))
    assert "I do not guess" in someone.say("/start")
    buttons = [button for row in someone.seen[-1].buttons for button in row]
    assert len(buttons) == 3
    assert len({button.label for button in buttons}) == 3
    for button in buttons:
        assert button.press is not None
        assert len(button.press.encode()) <= PRESS_BYTES
        someone.press(button.press)
        assert any(block.kind is BlockKind.QUOTE for block in someone.seen[-1].blocks)
        assert "I am not sure" not in render_plain(someone.seen[-1])


def test_start_over_an_empty_store_tells_an_editor_how_to_begin() -> None:
    with Store(None) as store:
        conversation = Conversation(Newsroom.over(store))
        assert "no article yet" in Talk(conversation).say("/start")
        assert "/add" not in Talk(conversation).say("/start")
        assert "/add" in Talk(conversation, Role.EDITOR).say("/start")
        assert "no article yet" in Talk(conversation).say("who resigned?")


# ------------------------------------------------------------------------------ commands
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
@pytest.mark.parametrize("role", list(Role))
def test_each_command_says_something_to_each_role(
    command: Command, role: Role, conversation: Conversation
) -> None:
    assert Talk(conversation, role).say(f"/{command.name}").strip()


def test_help_lists_what_a_person_may_use(reader: Talk, editor: Talk) -> None:
    for command in COMMANDS:
        allowed = Role.EDITOR.may(command.role)
        assert (f"/{command.name} " in editor.say("/help all")) == allowed
        assert (f"/{command.name} " in reader.say("/help all")) == (command.role is Role.READER)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/lates", "Did you mean /latest?"),
        ("/HELP", "Ask about the news"),
        ("/help@newsbot", "Ask about the news"),
        ("/weather", "I do not know the command /weather"),
        ("/", "I do not know the command /"),
        ("/" + "x" * 500, "I do not know the command /"),
        ("/article", "words of its headline"),
        ("/article nobody", "no article with the id, link or headline “nobody”"),
        ("/article ferry", "Quoted here: Ines Roca"),
        ("/latest Nordwire", "No outlet is called “Nordwire”"),
        ("/latest the port courier", "Ferry to Gull Island sails again"),
        ("/sources", "The Port Courier: 1"),
        ("/ask", "What would you like to know?"),
        ("/ask what did Ines Roca say?", "The sea has let us go"),
        ("/new", "fresh start"),
        ("", "send me a question"),
        ("  \n ", "send me a question"),
    ],
    ids=lambda value: value[:24].strip() or "nothing",
)
def test_a_command_is_answered(typed: str, answer: str, reader: Talk) -> None:
    assert answer in reader.say(typed)


@given(
    st.text(st.characters(exclude_categories=[]), max_size=60), st.sampled_from(["", "/", "/add "])
)
@settings(max_examples=60)
def test_no_message_and_no_button_raise(text: str, before: str) -> None:
    with Store(None) as store:
        newsroom = Newsroom.over(store)
        put(store, draft())
        someone = Talk(Conversation(newsroom), Role.OWNER)
        someone.say(before + text)
        someone.press(before + text)
        someone.press(f"ctx:{text}")


# --------------------------------------------------------------------------------- roles
@pytest.mark.parametrize(
    "act",
    [
        lambda talk: talk.say(f"/add {TEXT}"),
        lambda talk: talk.say("/add", reply_to=TEXT),
        lambda talk: talk.send("mill.txt", b"A mill burned, said Bo Lind."),
        lambda talk: talk.say("/done"),
    ],
    ids=["text", "reply", "file", "done"],
)
def test_a_reader_adds_nothing(
    act: Callable[[Talk], str], reader: Talk, newsroom: Newsroom
) -> None:
    assert "Only editors" in act(reader)
    assert ids_in(newsroom) == ["ferry"]


def test_an_editor_adds_by_text_reply_and_file(editor: Talk, newsroom: Newsroom) -> None:
    article = "Mill burns\n\nA mill burned on Monday, said Bo Lind."
    assert editor.say(f"/add {article}").startswith("Preview, not yet public: Mill burns")
    assert ids_in(newsroom) == ["ferry"]
    assert editor.press_label("Publish").startswith("Published as #2")
    assert "word for word" in editor.say("/add", reply_to=article)
    assert editor.send("b.txt", b"Bridge closed\n\nIt is closed.").startswith("Preview")
    editor.press_label("Publish")
    told = editor.send("c.jsonl", b'{"id": "c", "text": "It rains."}\n{broken\n')
    assert "1 article in c.jsonl" in told
    assert "1 row refused" in told
    assert "c.jsonl, row 2: " in editor.press_label("See refused rows")
    editor.press_label("Back")
    assert "1 new, 1 refused." in editor.press_label("Publish all")
    assert len(ids_in(newsroom)) == 4


def test_a_role_that_was_taken_away_ends_what_it_began(
    conversation: Conversation, newsroom: Newsroom
) -> None:
    Talk(conversation, Role.EDITOR).say("/add")
    Talk(conversation, Role.READER).say("A mill burned on Monday, said Bo Lind.")
    assert ids_in(newsroom) == ["ferry"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("http://127.0.0.1/ferry", "private network"),
        ("file:///etc/passwd", "Only addresses that begin with http:// or https:// are fetched."),
        ("\0\0", "NUL"),
        ("x" * 1_000_001, "1,000,000"),
    ],
    ids=["link", "file on this machine", "binary", "too long"],
)
def test_what_cannot_be_added_is_told(
    text: str, words: str, editor: Talk, newsroom: Newsroom
) -> None:
    editor.say("/add")
    told = editor.say(text) + editor.say("/done")
    assert words in told
    assert ids_in(newsroom) == ["ferry"]


# --------------------------------------------------------------------------------- parts
def test_a_long_paste_in_parts_becomes_one_article(editor: Talk, newsroom: Newsroom) -> None:
    sentences = [f"On day {n} the mill was repaired, said Bo Lind." for n in range(240)]
    article = "Mill repaired\n\n" + " ".join(sentences)
    parts = cut(f"/add {article}")
    assert len(parts) > 2
    for number, part in enumerate(parts, 1):
        assert editor.say(part, message=number) == ""
    assert editor.say("/done").startswith("Preview, not yet public: Mill repaired")
    editor.press_label("Publish")
    (added,) = set(ids_in(newsroom)) - {"ferry"}
    stored = newsroom.get_article(added).text
    assert " ".join(stored.split()) == " ".join(article.split())


def test_a_paste_that_ends_at_the_cut_is_completed_by_done(
    editor: Talk, newsroom: Newsroom
) -> None:
    text = "Mill repaired\n\n" + "It was repaired again. " * 178
    editor.say("/add")
    assert editor.say(text, message=1) == ""
    assert editor.say("/done").startswith("Preview, not yet public: Mill repaired")
    assert ids_in(newsroom) == ["ferry"]
    assert editor.say("/done").startswith("There is nothing to complete")


def test_cancel_drops_the_parts(editor: Talk, newsroom: Newsroom) -> None:
    editor.say("/add")
    editor.say("It was repaired again. " * 178, message=1)
    assert editor.say("/cancel") == "Stopped. Nothing was changed."
    assert "nothing to stop" in editor.say("/cancel")
    assert ids_in(newsroom) == ["ferry"]


def test_parts_wait_through_a_restart(newsroom: Newsroom) -> None:
    Talk(Conversation(newsroom), Role.EDITOR).say("/add")
    told = Talk(Conversation(newsroom), Role.EDITOR).say("Mill burns\n\nA mill burned.")
    assert told.startswith("Preview, not yet public: Mill burns")


def cut(text: str) -> list[str]:
    """`text` in parts as a client sends them: cut at the last space, which is dropped."""
    parts = []
    while len(text) > PART_CHARS:
        end = text.rindex(" ", 0, PART_CHARS)
        parts.append(text[:end])
        text = text[end + 1 :]
    return [*parts, text]


# -------------------------------------------------------------------------------- limits
def test_too_many_questions_wait_for_the_minute(reader: Talk, clock: Clock) -> None:
    for _ in range(3):
        assert "questions a minute" not in reader.say("what did Ines Roca say?")
        clock.now += timedelta(seconds=10)
    told = reader.say("what did Ines Roca say?")
    assert told == "That is more than 3 questions a minute. Please ask again in 30 s."
    clock.now += timedelta(seconds=30)
    assert "The sea has let us go" in reader.say("what did Ines Roca say?")


def test_the_limit_is_each_readers_own_and_not_for_editors(
    reader: Talk, editor: Talk, conversation: Conversation
) -> None:
    for _ in range(4):
        last = reader.say("what did Ines Roca say?")
        assert "The sea has let us go" in editor.say("what did Ines Roca say?")
    assert "questions a minute" in last
    other = Talk(conversation, person="tg:3")
    assert "The sea has let us go" in other.say("what did Ines Roca say?")
    assert "Outlets" in reader.say("/sources")


def test_a_group_has_a_limit_that_all_its_members_share(newsroom: Newsroom, clock: Clock) -> None:
    talk = Conversation(
        newsroom, questions_per_minute=2, group_questions_per_minute=3, clock=clock
    )

    def asks(person: int, chat: str, role: Role = Role.READER) -> str:
        asked = Incoming(chat, f"tg:{person}", role, text="what did Ines Roca say?")
        return render_plain(talk.handle(asked))

    for person in (1, 2, 3):
        assert "The sea has let us go" in asks(person, f"tg:-100:{person}")  # in several topics
    told = asks(4, "tg:-100")
    assert told.startswith("All of you together may ask 3 questions a minute here.")
    assert asks(5, "tg:-100") == ""  # once is enough
    assert "The sea has let us go" in asks(5, "tg:-200")
    assert "The sea has let us go" in asks(6, "tg:6")
    assert "The sea has let us go" in asks(7, "tg:-100", Role.EDITOR)
    clock.now += timedelta(minutes=1)
    assert "The sea has let us go" in asks(4, "tg:-100")


def test_buttons_count_as_questions(reader: Talk) -> None:
    told = [reader.press("ask:what did Ines Roca say?") for _ in range(4)]
    assert "questions a minute" in told[-1]


# ------------------------------------------------------------------------------- buttons
@pytest.mark.parametrize(
    "code",
    [
        *("", "1", "old:1", "ctx", "ctx:", "ctx:a:b:c", "ctx:1:2", "ctx:1:0:9:9"),
        *("ctx:999:0:5", "ctx:1:9000:9001", "ctx:1:-9:-3", f"ctx:{10**30}:0:1"),
    ],
)
def test_a_button_that_leads_nowhere_says_so(code: str, reader: Talk) -> None:
    assert "no longer works" in reader.press(code)


def test_context_of_an_older_version_stays_reachable(reader: Talk, newsroom: Newsroom) -> None:
    reader.say("what did Ines Roca say?")
    code = reader.seen[-1].buttons[0][0].press or ""
    newsroom.add(draft("The ferry stays in port."))
    assert "The sea has let us go" in reader.press(code)


def test_new_forgets_the_talk(reader: Talk, newsroom: Newsroom) -> None:
    reader.say("what did Ines Roca say?")
    assert get_chat(newsroom.store, "chat of tg:1").frame
    reader.say("/new")
    assert get_chat(newsroom.store, "chat of tg:1").frame is None


# ------------------------------------------------------------------------------ the gate
class Forger(Conversation):
    """A conversation whose inside is faulty: it hands a given block to the gate."""

    def __init__(self, newsroom: Newsroom, block: Block) -> None:
        super().__init__(newsroom)
        self._forged = block

    def _answer(self, incoming: Incoming) -> Reply:
        kept = Block(BlockKind.TEXT, "All is well.")
        return Reply((kept, self._forged, kept))


def genuine(newsroom: Newsroom, start: int = 34, end: int = 105) -> Block:
    """A quote block with the characters that are stored from `start` to `end`."""
    span = Span(start, end)
    key = newsroom.get_article("ferry").key
    return Block(BlockKind.QUOTE, span.of(TEXT), evidence=Evidence(key, span))


def sent(newsroom: Newsroom, block: Block) -> Reply:
    return Forger(newsroom, block).handle(Incoming("tg:1", "tg:1", text="hello"))


def test_a_genuine_sentence_passes_the_gate(newsroom: Newsroom) -> None:
    block = genuine(newsroom)
    assert block.text.startswith("“The sea has let us go,”")
    assert block in sent(newsroom, block).blocks


FORGERIES: list[tuple[str, Callable[[Block], Block]]] = [
    ("another word", lambda b: replace(b, text=b.text.replace("sea", "sky"))),
    ("a letter less", lambda b: replace(b, text=b.text[:-1])),
    ("a space more", lambda b: replace(b, text=b.text + " ")),
    ("straight marks", lambda b: replace(b, text=b.text.replace("“", '"').replace("”", '"'))),
    ("other case", lambda b: replace(b, text=b.text.upper())),
    ("nothing", lambda b: replace(b, text="")),
    ("nothing at nothing", lambda b: Block(b.kind, "", evidence=Evidence(1, Span(5, 5)))),
    ("no evidence", lambda b: replace(b, evidence=None)),
    ("span moved", lambda b: moved(b, 1, 1)),
    ("span longer", lambda b: moved(b, 0, 1)),
    ("span backwards", lambda b: replace(b, evidence=Evidence(1, Span(105, 34)))),
    ("span beyond the text", lambda b: replace(b, evidence=Evidence(1, Span(34, 10**9)))),
    ("span from the end", lambda b: moved(b, -len(TEXT), -len(TEXT))),
    ("no such version", lambda b: replace(b, evidence=Evidence(99, Span(34, 105)))),
    ("another article", lambda b: replace(b, evidence=Evidence(2, Span(34, 105)))),
]


def moved(block: Block, start: int, end: int) -> Block:
    """`block` with its evidence's span moved by `start` and `end`."""
    assert block.evidence is not None
    span = block.evidence.span
    return replace(
        block,
        evidence=Evidence(block.evidence.version, Span(span.start + start, span.end + end)),
    )


@pytest.mark.parametrize(
    "forge", [forge for _, forge in FORGERIES], ids=[name for name, _ in FORGERIES]
)
def test_a_forged_sentence_is_held_back(
    forge: Callable[[Block], Block], newsroom: Newsroom
) -> None:
    newsroom.add(short_articles(1)[0])
    with pytest.raises(VerbatimError):
        sent(newsroom, forge(genuine(newsroom)))


@given(
    start=st.integers(-300, 300),
    end=st.integers(-300, 300),
    text=st.one_of(
        st.text(max_size=80),
        st.tuples(st.integers(0, 250), st.integers(0, 250)).map(lambda p: TEXT[min(p) : max(p)]),
    ),
    version=st.integers(-1, 3),
)
def test_only_the_stored_bytes_at_their_place_pass(
    start: int, end: int, text: str, version: int
) -> None:
    with Store(None) as store:
        newsroom = Newsroom.over(store, reader=lambda _, __: pytest.fail("nothing is read here"))
        put(store, draft())
        block = Block(BlockKind.QUOTE, text, evidence=Evidence(version, Span(start, end)))
        is_there = version == 1 and 0 <= start < end <= len(TEXT) and TEXT[start:end] == text
        if is_there:
            assert block in sent(newsroom, block).blocks
        else:
            with pytest.raises(VerbatimError):
                sent(newsroom, block)


@given(start=st.integers(0, len(TEXT) - 1), length=st.integers(1, 80), at=st.integers(0, 79))
def test_one_changed_character_is_enough_to_be_held_back(start: int, length: int, at: int) -> None:
    with Store(None) as store:
        newsroom = Newsroom.over(store)
        put(store, draft())
        block = genuine(newsroom, start, min(start + length, len(TEXT)))
        assert block in sent(newsroom, block).blocks
        place = at % len(block.text)
        other = "y" if block.text[place] == "x" else "x"
        changed = block.text[:place] + other + block.text[place + 1 :]
        with pytest.raises(VerbatimError):
            sent(newsroom, replace(block, text=changed))


def test_every_quote_of_every_reply_over_the_samples_is_stored(
    sample_newsroom: Newsroom,
) -> None:
    someone = Talk(Conversation(sample_newsroom, clock=lambda: NOW), Role.OWNER)
    for name, _ in sample_newsroom.sources():
        someone.say(f"/latest {name}")
        someone.say(f"latest on {name}")
    for article in sample_newsroom.latest(limit=100):
        someone.say(f"/article {article.id}")
        someone.say(article.title or "")
    quotes = [b for reply in someone.seen for b in reply.blocks if b.kind is BlockKind.QUOTE]
    assert len(quotes) > 50
    for block in quotes:
        assert block.evidence is not None
        stored = sample_newsroom.look_up_version(block.evidence.version)
        assert stored is not None
        assert block.text == block.evidence.span.of(stored.text)
        assert stored.day is None or stored.day >= date(2025, 3, 1)
