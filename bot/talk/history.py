"""The versions of an article, who did what to it, and what each version changed."""

from __future__ import annotations

from dataclasses import replace

from bot.locales import _, ngettext
from bot.locales.days import spoken_day
from bot.locales.numbers import spoken_number
from bot.model import Article, Change
from bot.newsroom import Newsroom
from bot.store.audit import find_acts
from bot.talk.auditing import act_line
from bot.talk.cards import change_line
from bot.talk.desks import Desk
from bot.talk.lines import article_line
from bot.talk.naming import Naming, is_version
from bot.talk.replies import Block, BlockKind, Button, Evidence, Incoming, Reply, Role, told
from bot.talk.team import Team

VERSIONS_SHOWN = 10
ACTS_SHOWN = 6
CHANGES_A_PAGE = 5


class History:
    """The desk where the team looks back."""

    def __init__(self, newsroom: Newsroom, team: Team) -> None:
        self._newsroom = newsroom
        self._store = newsroom.store
        self._team = team
        self._naming = Naming(newsroom)

    def desk(self) -> Desk:
        """Its commands and buttons."""
        return Desk(
            commands={"history": self.history, "changes": self.changes},
            buttons={
                "hist": self._naming.on_article(Role.VIEWER, self._history),
                "chg": self.press_changes,
            },
        )

    def history(self, incoming: Incoming, typed: str) -> Reply:
        """The versions of an article, newest first, and who did what to it."""
        article = self._naming.named(incoming, typed, "history")
        return article if isinstance(article, Reply) else self._history(incoming, article)

    def _history(self, __: Incoming, article: Article) -> Reply:
        versions = self._newsroom.history(article.id)[::-1]
        lead = f"#{article.key}, {versions_count(len(versions))}"
        if article.removed:
            lead += " · " + _("removed")
        blocks = [
            Block(BlockKind.LEAD, lead),
            Block(BlockKind.TEXT, article_line(article)),
        ]
        buttons: list[Button] = []
        for version in versions[:VERSIONS_SHOWN]:
            came = f"{spoken_day(version.added.date())} {version.added:%H:%M}"
            line = _("Version {n}").format(n=version.version) + f" · {came} · #{version.key}"
            if version.edited:
                line += " · " + _("corrected by hand")
            blocks.append(Block(BlockKind.TEXT, line))
            if version.version > 1 and len(buttons) < ACTS_SHOWN:
                code = f"chg:{article.key}:{version.version}:0"
                label = _("What {version} changed").format(version=version.version)
                buttons.append(Button(label, code))
        if (rest := len(versions) - VERSIONS_SHOWN) > 0:
            blocks.append(Block(BlockKind.TEXT, _("… and {n} older.").format(n=rest)))
        acts = find_acts(self._store, limit=ACTS_SHOWN, target=article.id)
        blocks += [Block(BlockKind.TEXT, act_line(self._team, act, short=True)) for act in acts]
        rows = [tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3)]
        return Reply(tuple(blocks), tuple(rows))

    def changes(self, incoming: Incoming, typed: str) -> Reply:
        """What the newest version of an article changed, or the one that is named after it."""
        words = typed.split()
        version = int(words.pop()) if len(words) > 1 and is_version(words[-1]) else None
        article = self._naming.named(incoming, " ".join(words), "changes")
        if isinstance(article, Reply):
            return article
        return self._changes(article, version or article.version, 0)

    def press_changes(self, incoming: Incoming, code: str) -> Reply | None:
        """A page of what one version changed."""
        parts = code.split(":")
        if len(parts) != 3 or not all(is_version(part) for part in parts[1:]):
            return None
        if (
            not incoming.role.may(Role.VIEWER)
            or (article := self._naming.by_number(parts[0])) is None
        ):
            return None
        return replace(self._changes(article, int(parts[1]), int(parts[2])), edits=True)

    def _changes(self, article: Article, version: int, page: int) -> Reply:
        back = (Button(_("History"), f"hist:{article.key}"),)
        versions = {v.version: v for v in self._newsroom.history(article.id)}
        if version not in versions:
            words = _("#{number} has no version {version}.")
            return told(words.format(number=article.key, version=version), *back)
        earlier = [number for number in versions if number < version]
        if not earlier:
            words = _("#{number} has one version only; nothing has changed.")
            return told(words.format(number=article.key), *back)
        old, new = versions[max(earlier)], versions[version]
        changes = self._newsroom.changes(article.id, old.version, new.version).changes
        last = max((len(changes) - 1) // CHANGES_A_PAGE, 0)
        page = min(page, last)
        lead = _("#{number}: what version {version} changed ({n})").format(
            number=article.key, version=version, n=len(changes)
        )
        blocks = [Block(BlockKind.LEAD, lead)]
        for change in changes[page * CHANGES_A_PAGE : (page + 1) * CHANGES_A_PAGE]:
            blocks += _change_blocks(change, old, new, removed=article.removed is not None)
        code = f"chg:{article.key}:{version}"
        turn = [Button(_("Earlier"), f"{code}:{page - 1}")] if page else []
        turn += [Button(_("More"), f"{code}:{page + 1}")] if page < last else []
        return Reply(tuple(blocks), ((*turn, *back),))


def versions_count(count: int) -> str:
    """How many versions, in words ("3 versions")."""
    return ngettext("{n} version", "{n} versions", count).format(n=spoken_number(count))


def _change_blocks(change: Change, old: Article, new: Article, *, removed: bool) -> list[Block]:
    """One change: what it is, and the sentence as it stands now (or stood, where it is gone)."""
    blocks = [Block(BlockKind.TEXT, change_line(change))]
    version, span = (new, change.new_span) if change.new_span else (old, change.old_span)
    if span is not None and not removed:  # a removed article is quoted to nobody
        quoted = span.of(version.text)
        blocks.append(Block(BlockKind.QUOTE, quoted, evidence=Evidence(version.key, span)))
    return blocks
