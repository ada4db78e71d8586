"""Pages about people and bodies: /person, “who is …”, and the buttons that lead there."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from bot.answer.intents import Intent
from bot.answer.question import PRONOUNS
from bot.answer.result import Answer, Frame, SpokenBy
from bot.link.registry import Done, Profile, Seen, Spoken
from bot.locales import N_, _, ngettext
from bot.locales.days import spoken_day, spoken_days
from bot.locales.numbers import spoken_number
from bot.model import Article, Findings, NameKind, Span
from bot.newsroom import Newsroom
from bot.store.chats import ChatState, get_chat, put_chat
from bot.talk.answer_blocks import answer_blocks
from bot.talk.buttons import MOST_NUMBER, in_rows
from bot.talk.desks import Desk
from bot.talk.examples import Names, example_reply
from bot.talk.frames import dump_frame
from bot.talk.leads import shortened
from bot.talk.lines import article_line
from bot.talk.replies import Block, BlockKind, Button, Evidence, Incoming, Reply, told
from bot.text.names import fold_name
from bot.text.ordinary import ordinary_words
from bot.text.words import STOP_TERMS, find_words, fold

MOST_NAME_WORDS = 4  # of a message that is a name and no more
SHOWN = 3  # quotes or facts on a page
ROLES_SHOWN = 4
SPELLINGS_SHOWN = 8
LONGEST_SHOWN_CHARS = 600  # of a quote with its neighbours; else the one sentence
LONGEST_LABEL_CHARS = 40
OUTWEIGHS = 5
"""Somebody with so many times the articles of the next bearer of the name is meant; the others
are a tap away."""

_STATUS = {
    "agreed": N_("Agreed"),
    "demanded": N_("Demanded"),
    "denied": N_("Denied"),
    "expected": N_("Expected"),
    "happened": N_("Happened"),
    "not_agreed": N_("Not agreed"),
    "not_happened": N_("Not happened"),
    "planned": N_("Planned"),
    "rejected": N_("Rejected"),
    "reported": N_("Reported"),
    "signed": N_("Signed"),
    "suspended": N_("Suspended"),
    "talks": N_("Talks"),
}
"""How a fact stands, in a word."""
_WHO_IS = re.compile(
    r"(?:and |so |ok )?(?:who(?:'?s| is| was| are)|hwo is|who the (?:hell|heck) is|"
    r"(?:tell me|anything|what do you (?:know|have)) (?:about|on)|about) +"
    r"(?P<name>[^?!\n]{2,80}?)[ ?!.]*",
    re.IGNORECASE,
)
_WHAT_IS = re.compile(
    r"(?:and |so |ok )?(?:(?:what|who)(?:'?s| is| are| was)|what kind of (?:company|body) is) +"
    r"(?P<name>[^?!\n]{2,80}?)[ ?!.]*",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|an?) ", re.IGNORECASE)
_CODE = re.compile(
    r"(?P<version>\d{1,19}):(?P<start>\d{1,9})(?::(?P<part>[qfa])(?P<page>\d{1,5}))?"
)


def people_desk(newsroom: Newsroom, names: Names) -> Desk:
    """The desk that tells who somebody is; `names` are for its example."""

    def person(incoming: Incoming, typed: str) -> Reply:
        if not typed.strip():
            return example_reply(_("Who? For example: {example}"), "person", names(), "Lindqvist")
        return _named(newsroom, incoming, typed) or told(
            _("No article here names “{name}”. /search WORDS looks for other words.").format(
                name=typed.strip()[:LONGEST_LABEL_CHARS]
            )
        )

    def words(incoming: Incoming, text: str) -> Reply | None:
        line = " ".join(text[:200].split())
        if incoming.reply_to or incoming.marked or incoming.forwarded:
            return None
        if _is_person(newsroom, line):
            return _named(newsroom, incoming, line)
        return _asked_about(newsroom, incoming, line)

    def press(incoming: Incoming, code: str) -> Reply | None:
        return _pressed(newsroom, incoming, code)

    return Desk(commands={"person": person}, buttons={"per": press}, words=words)


# ----------------------------------------------------------------------------- finding out
def _may_be_name(newsroom: Newsroom, typed: str) -> bool:
    """Whether free words are a name and not the beginning of another question.

    Common words count only where an article has a name of just these ("who is young"): a slip
    for a name is not looked for in them.
    """
    words = find_words(typed)
    if not words or any(w.folded in PRONOUNS or w.folded in ("this", "that") for w in words):
        return False
    if all(w.folded not in ordinary_words() and w.term not in STOP_TERMS for w in words):
        return True
    return any(n.key == fold_name(typed) for n in newsroom.find_names(typed))


def _asked_about(newsroom: Newsroom, incoming: Incoming, line: str) -> Reply | None:
    """The page of the one whom "who is …" or "what is …" asks about; None for another question."""
    match = _WHO_IS.fullmatch(line)
    if match is not None and _may_be_name(newsroom, match["name"]):
        return _named(newsroom, incoming, match["name"])
    match = _WHAT_IS.fullmatch(line)
    if match is None:
        return None
    name = _ARTICLE.sub("", match["name"])
    bodies = [p for p in newsroom.find_people(name) if p.kind is not NameKind.PERSON]
    # A body is asked about by its own name, not by a slip for it: "what is the price".
    exact = name[:1].isupper() and [p for p in bodies if fold_name(name) in p.keys]
    return _named(newsroom, incoming, name) if exact else None


def _is_person(newsroom: Newsroom, typed: str) -> bool:
    """Whether a message is just the name of a person, spelt as the articles do."""
    folded = fold_name(typed)
    if not 0 < len(folded.split()) <= MOST_NAME_WORDS or not typed[0].isupper():
        return False
    if any(word in ordinary_words() for word in folded.split()):
        return False
    names = [n for n in newsroom.find_names(typed) if folded in (n.key, n.key.split()[-1])]
    # A lone word is a person's name where some article prints a full one that ends in it.
    return bool(names) and names[0].kind is NameKind.PERSON and " " in names[0].key


def _named(newsroom: Newsroom, incoming: Incoming, typed: str) -> Reply | None:
    """The page of whoever is called so, or the question which of several; None for nobody."""
    people = newsroom.find_people(typed)
    if not people:
        return None
    first, rest = people[0], people[1:]
    if rest and first.articles < OUTWEIGHS * rest[0].articles:
        return _which(typed, people)
    _lean_on(newsroom, incoming, first, typed)
    reply = _page(newsroom, first, others=rest)
    if not {*fold_name(typed).split()} & {w for key in first.keys for w in key.split()}:
        read = Block(BlockKind.TEXT, _("Read as: {name}").format(name=first.name))
        reply = replace(reply, blocks=(*reply.blocks, read))
    return reply


def _which(typed: str, people: Sequence[Profile]) -> Reply:
    words = {
        2: _("Two are named {name} here: which one?"),
        3: _("Three are named {name} here: which one?"),
        4: _("Four are named {name} here: which one?"),
    }.get(len(people), _("Several are named {name} here: which one?"))
    lead = words.format(name=" ".join(typed.split())[:LONGEST_LABEL_CHARS])
    buttons = tuple((_choice(p, people),) for p in people)
    return Reply((Block(BlockKind.LEAD, lead),), buttons)


def _choice(person: Profile, among: Sequence[Profile] = ()) -> Button:
    """A button for one of several: name and role; days where two would read alike."""
    label = person.name + (f", {person.role}" if person.role else "")
    twins = [
        p for p in among if p is not person and (p.name, p.role) == (person.name, person.role)
    ]
    if twins and person.last is not None:
        label += f", {spoken_day(person.last)}"
    version, start = person.anchor
    return Button(label[: 2 * LONGEST_LABEL_CHARS], f"per:{version}:{start}")


def _pressed(newsroom: Newsroom, incoming: Incoming, code: str) -> Reply | None:
    match = _CODE.fullmatch(code)
    if match is None or int(match["version"]) > MOST_NUMBER:
        return None
    person = newsroom.look_up_person((int(match["version"]), int(match["start"])))
    if person is None:
        return Reply(toast=_("The article with that name has changed. Please ask again."))
    anchor = f"{match['version']}:{match['start']}"
    page = int(match["page"] or 0)
    match match["part"]:
        case "q":
            reply = _quotes_page(newsroom, person, anchor, page)
        case "f":
            reply = _facts_page(newsroom, person, anchor, page)
        case _:
            _lean_on(newsroom, incoming, person, person.name)
            return _page(newsroom, person, anchor=anchor)
    return replace(reply, edits=True)


def _lean_on(newsroom: Newsroom, incoming: Incoming, person: Profile, typed: str) -> None:
    """From now on "he", "she" and "it" mean this one."""
    frame = Frame(
        Intent.WHO,
        words=tuple(fold_name(person.name).split()),
        versions=(person.anchor[0],),
        people=(fold_name(person.name),),
        question=f"who is {person.name}",
    )
    state = get_chat(newsroom.store, incoming.chat)
    put_chat(newsroom.store, incoming.chat, ChatState(dump_frame(frame), state.pending))


# ----------------------------------------------------------------------------------- pages
def _page(
    newsroom: Newsroom,
    person: Profile,
    *,
    others: Sequence[Profile] = (),
    anchor: str | None = None,
) -> Reply:
    """Who it is: the sentence that introduces them, roles, spellings, counts, the newest quote."""
    anchor = anchor or f"{person.anchor[0]}:{person.anchor[1]}"
    lead = person.name + (f", {person.role}" if person.role else "")
    blocks = [Block(BlockKind.LEAD, shortened(lead))]
    if (intro := person.introduction) is not None:
        blocks += _sentence(intro.article, intro.sentence)
    if person.roles and (len(person.roles) > 1 or person.roles[0].count > 1):
        told_roles = " · ".join(_dated(role) for role in person.roles[:ROLES_SHOWN])
        blocks.append(
            Block(BlockKind.TEXT, _("Role as printed: {roles}").format(roles=told_roles))
        )
    folded = fold(person.name)
    spellings = [s for s in person.spellings if fold(s.words) != folded]
    if spellings:
        forms = ", ".join(f"{s.words} ({s.count})" for s in person.spellings[:SPELLINGS_SHOWN])
        blocks.append(Block(BlockKind.TEXT, _("Spelt: {forms}").format(forms=forms)))
    blocks.append(Block(BlockKind.TEXT, _counts(person)))
    if person.quotes:
        newest = person.quotes[0]
        shown = _spoken_span(newest, newsroom.get_findings(newest.article))
        if intro is None or (intro.article.key, intro.sentence) != (newest.article.key, shown):
            blocks.append(Block(BlockKind.TEXT, _("Newest words of theirs:")))
            blocks += _spoken(newsroom, newest, person)
    buttons = []
    if len(person.quotes) > 1:
        n = len(person.quotes)
        buttons.append(
            Button(ngettext("{n} quote", "{n} quotes", n).format(n=n), f"per:{anchor}:q0")
        )
    if person.facts:
        n = len(person.facts)
        buttons.append(
            Button(ngettext("{n} fact", "{n} facts", n).format(n=n), f"per:{anchor}:f0")
        )
    rows = in_rows(buttons)
    rows += tuple((_choice(other, others),) for other in others[:2])
    return Reply(tuple(blocks), rows)


def _quotes_page(newsroom: Newsroom, person: Profile, anchor: str, page: int) -> Reply:
    at = min(page, max(0, (len(person.quotes) - 1) // SHOWN))
    shown = person.quotes[at * SHOWN : (at + 1) * SHOWN]
    blocks = [Block(BlockKind.LEAD, _("What {name} said, newest first").format(name=person.name))]
    for spoken in shown:
        blocks += _spoken(newsroom, spoken, person)
    return Reply(tuple(blocks), _paging(anchor, "q", at, len(person.quotes)))


def _facts_page(newsroom: Newsroom, person: Profile, anchor: str, page: int) -> Reply:
    at = min(page, max(0, (len(person.facts) - 1) // SHOWN))
    blocks = [
        Block(
            BlockKind.LEAD, _("What {name} takes part in, newest first").format(name=person.name)
        )
    ]
    for done in person.facts[at * SHOWN : (at + 1) * SHOWN]:
        blocks += _sentence(done.article, done.fact.span, _status(done))
    return Reply(tuple(blocks), _paging(anchor, "f", at, len(person.facts)))


def _paging(anchor: str, part: str, at: int, count: int) -> tuple[tuple[Button, ...], ...]:
    buttons = []
    if at:
        buttons.append(Button(_("Newer"), f"per:{anchor}:{part}{at - 1}"))
    if (at + 1) * SHOWN < count:
        buttons.append(
            Button(
                _("{n} older").format(n=count - (at + 1) * SHOWN), f"per:{anchor}:{part}{at + 1}"
            )
        )
    buttons.append(Button(_("Who is it?"), f"per:{anchor}"))
    return in_rows(buttons)


def _sentence(article: Article, span: Span, told_first: str = "") -> list[Block]:
    line = " · ".join(part for part in (told_first, article_line(article)) if part)
    return [
        Block(BlockKind.QUOTE, span.of(article.text), evidence=Evidence(article.key, span)),
        Block(BlockKind.SOURCE, line, url=article.url),
    ]


def _spoken(newsroom: Newsroom, spoken: Spoken, person: Profile) -> list[Block]:
    findings = newsroom.get_findings(spoken.article)
    role = spoken.quote.speaker.role if spoken.quote.speaker is not None else None
    answer = Answer(
        spoken.article,
        _spoken_span(spoken, findings),
        1.0,
        speaker=SpokenBy(person.name, role),
        quote=spoken.quote,
    )
    return answer_blocks(answer, _known(findings))


def _known(findings: Findings) -> Callable[[Article], Findings]:
    return lambda _article: findings


def _spoken_span(spoken: Spoken, findings: Findings) -> Span:
    """The sentences that the quote runs over; only the first where that is much."""
    touched = [s for s in findings.sentences if s.overlaps(spoken.quote.span)]
    if not touched:
        return spoken.quote.content[0]
    whole = Span(touched[0].start, touched[-1].end)
    if len(whole) <= LONGEST_SHOWN_CHARS:
        return whole
    first = spoken.quote.content[0]
    return next((s for s in touched if s.overlaps(first)), touched[0])


def _status(done: Done) -> str:
    status = done.fact.status
    return _(_STATUS[status]) if status in _STATUS else status.replace("_", " ").capitalize()


# ------------------------------------------------------------------------------- small print
def _counts(person: Profile) -> str:
    n, m = person.mentions, person.articles
    times = ngettext("{n} time", "{n} times", n).format(n=spoken_number(n))
    named = ngettext("Named {times} in {n} article", "Named {times} in {n} articles", m)
    return named.format(times=times, n=spoken_number(m)) + _between(person.first, person.last)


def _between(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return ""
    return f", {spoken_days(first, last)}"


def _dated(seen: Seen) -> str:
    return (
        seen.words
        + _between(seen.first, seen.last).replace(", ", " (", 1)
        + (")" if seen.first is not None else "")
    )
