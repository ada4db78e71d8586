"""A subscription as the conversation reads it: what is followed, when, how long; and its lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.digest import Interest, InterestKind, Length, dump_interest, load_interest
from bot.errors import InterestError
from bot.locales import _, nearest_language, ngettext, pgettext
from bot.locales.days import listed
from bot.store.settings import get_settings
from bot.store.store import Store
from bot.store.subscriptions import Subscription, SubscriptionState
from bot.talk.rhythm import (
    AT_ONCE,
    DEFAULT_QUIET,
    QuietHours,
    Rhythm,
    dump_rhythm,
    load_rhythm,
    next_time,
    next_times,
    spoken_time,
)
from bot.talk.zones import get_zone, spoken_zone

NEXT_SHOWN = 3
UNREADABLE = Interest(InterestKind.EVERYTHING)


# -------------------------------------------------------------------------------- settings
@dataclass(frozen=True, slots=True)
class ChatSettings:
    """How a chat wants to be told.

    `holds` says what quiet hours do: hold back until they end, or send without sound.
    """

    zone: str | None = None
    quiet: QuietHours | None = DEFAULT_QUIET
    holds: bool = True
    silent: bool = False
    length: Length = Length.MEDIUM
    tells_empty: bool = False
    broadcasts: bool = True
    language: str | None = None
    """The code of the language that was chosen; `app_language` is the one that the person's app
    told, which holds until one is chosen."""
    app_language: str | None = None
    pictures: bool = True
    """Whether digests of several days bring a picture of them."""
    dark: bool = False
    """Whether pictures are dark."""
    knows_english: bool = False
    """Whether it was told, spoken to in another language, why questions to tap are English."""

    @property
    def spoken(self) -> str:
        """The code of the language in which the chat is spoken to."""
        return nearest_language(self.language or self.app_language)

    @property
    def clock(self) -> ZoneInfo:
        return get_zone(self.zone or "UTC")

    @property
    def city(self) -> str:
        """The zone as people call it ("Stockholm")."""
        return spoken_zone(self.zone) if self.zone else "UTC"


def load_settings(store: Store, chat: str) -> ChatSettings:
    """What was set for the place of `chat`, over the defaults."""
    return settings_from(get_settings(store, chat))


def settings_from(raw: Mapping[str, Any]) -> ChatSettings:
    """What `dump_settings` gave; what is missing or cannot be read is as usual."""
    usual = ChatSettings()
    quiet = usual.quiet
    if "quiet" in raw:
        times = raw["quiet"]
        quiet = QuietHours(*(_time(t) for t in times)) if times else None
    try:
        length = Length(raw.get("length", usual.length))
    except ValueError:
        length = usual.length
    return ChatSettings(
        zone=raw.get("zone"),
        quiet=quiet,
        holds=bool(raw.get("holds", usual.holds)),
        silent=bool(raw.get("silent", usual.silent)),
        length=length,
        tells_empty=bool(raw.get("tells_empty", usual.tells_empty)),
        broadcasts=bool(raw.get("broadcasts", usual.broadcasts)),
        language=raw.get("language"),
        app_language=raw.get("app_language"),
        pictures=bool(raw.get("pictures", usual.pictures)),
        dark=bool(raw.get("dark", usual.dark)),
        knows_english=bool(raw.get("knows_english", usual.knows_english)),
    )


def dump_settings(settings: ChatSettings) -> dict[str, Any]:
    """`settings` as JSON values."""
    quiet = settings.quiet
    return {
        "zone": settings.zone,
        "quiet": [f"{quiet.start:%H:%M}", f"{quiet.end:%H:%M}"] if quiet else None,
        "holds": settings.holds,
        "silent": settings.silent,
        "length": settings.length.value,
        "tells_empty": settings.tells_empty,
        "broadcasts": settings.broadcasts,
        "language": settings.language,
        "app_language": settings.app_language,
        "pictures": settings.pictures,
        "dark": settings.dark,
        "knows_english": settings.knows_english,
    }


def _time(text: str) -> Any:
    from datetime import time

    return time.fromisoformat(text)


# ---------------------------------------------------------------------------- subscriptions
def interest_of(it: Subscription) -> Interest:
    """What is followed."""
    try:
        return load_interest(it.data["interest"])
    except (KeyError, InterestError):
        return UNREADABLE


def rhythm_of(it: Subscription) -> Rhythm | None:
    """When it is told; None where that was not said yet."""
    raw = it.data.get("rhythm")
    return load_rhythm(raw) if raw else None


def length_of(it: Subscription, settings: ChatSettings) -> Length:
    """How long its digests are: its own length, else that of its chat."""
    raw = it.data.get("length")
    return Length(raw) if raw else settings.length


def is_silent(it: Subscription, settings: ChatSettings) -> bool:
    """Whether it comes without sound: its own choice, else that of its chat."""
    own = it.data.get("silent")
    return settings.silent if own is None else bool(own)


def with_interest(it: Subscription, interest: Interest) -> Subscription:
    return replace(it, data={**it.data, "interest": dump_interest(interest)})


def with_rhythm(
    it: Subscription, rhythm: Rhythm, settings: ChatSettings, now: datetime
) -> Subscription:
    """`it` in another rhythm, due at its next time."""
    changed = replace(it, data={**it.data, "rhythm": dump_rhythm(rhythm)})
    return replace(changed, due=next_due(changed, settings, now))


def next_due(it: Subscription, settings: ChatSettings, now: datetime) -> datetime | None:
    """The next time of its rhythm; None where it waits for something to come in."""
    return next_time(rhythm_of(it) or AT_ONCE, settings.clock, now)


def resumed(it: Subscription, settings: ChatSettings, now: datetime) -> Subscription:
    """`it` active again; what came meanwhile is told the next time."""
    active = replace(it, state=SubscriptionState.ACTIVE, paused_until=None)
    due = next_due(active, settings, now)
    rhythm = rhythm_of(active)
    return replace(active, due=now if rhythm is not None and rhythm.at_once else due)


def dump_subscription(it: Subscription) -> dict[str, Any]:
    """`it` as JSON values, for Undo."""
    return {
        "id": it.id,
        "chat": it.chat,
        "person": it.person,
        "data": it.data,
        "state": it.state.value,
        "since": it.since.isoformat(),
        "made": it.made.isoformat(),
        "paused_until": it.paused_until.isoformat() if it.paused_until else None,
    }


def load_subscription(raw: Mapping[str, Any]) -> Subscription:
    """What `dump_subscription` gave; nothing of it is due."""
    until = raw["paused_until"]
    return Subscription(
        id=raw["id"],
        chat=raw["chat"],
        person=raw["person"],
        data=raw["data"],
        state=SubscriptionState(raw["state"]),
        since=datetime.fromisoformat(raw["since"]),
        made=datetime.fromisoformat(raw["made"]),
        paused_until=datetime.fromisoformat(until) if until else None,
    )


# ------------------------------------------------------------------------------------ lines
def spoken_length(length: Length) -> str:
    """A length of digests in words ("medium")."""
    return {
        Length.SHORT: pgettext("length of digests", "short"),
        Length.MEDIUM: pgettext("length of digests", "medium"),
        Length.LONG: pgettext("length of digests", "long"),
    }[length]


def titled(it: Subscription) -> str:
    """What is followed, as the head of a line."""
    title = interest_of(it).title
    if interest_of(it).kind is InterestKind.QUESTION:
        title = _("“{words}”").format(words=title)
    return title[:1].upper() + title[1:]


def when_line(it: Subscription, settings: ChatSettings) -> str:
    """When it is told ("daily at 07:30, Stockholm")."""
    rhythm = rhythm_of(it)
    if rhythm is None:
        return _("not set up to the end")
    if rhythm.at_once and interest_of(it).kind is InterestKind.QUESTION:
        return _("when the answer changes, at most {most} a day").format(most=rhythm.most)
    return rhythm.title if rhythm.at_once else f"{rhythm.title}, {settings.city}"


def state_line(it: Subscription, settings: ChatSettings, now: datetime) -> str:
    """Whether it is paused, and until when; empty for one that is not."""
    if it.state is not SubscriptionState.PAUSED:
        return ""
    if it.paused_until is None:
        return _("paused until you resume it")
    when = spoken_time(it.paused_until, settings.clock, now=now)
    return _("paused until {when}").format(when=when)


def next_line(it: Subscription, settings: ChatSettings, now: datetime) -> str:
    """The next three times ("Next: Tue 25 Mar 07:30, …"); empty for one at once or paused."""
    rhythm = rhythm_of(it)
    if rhythm is None or rhythm.at_once or it.state is SubscriptionState.PAUSED:
        return ""
    times = next_times(rhythm, settings.clock, now, NEXT_SHOWN)
    shown = ", ".join(spoken_time(t, settings.clock, now=now) for t in times)
    return _("Next: {times}.").format(times=shown)


def quiet_line(settings: ChatSettings) -> str:
    """The quiet hours in a sentence ("Quiet 22:00–07:00."); empty where there are none."""
    if settings.quiet is None:
        return ""
    words = _("Quiet {hours}.") if settings.holds else _("Quiet {hours} (then without sound).")
    return words.format(hours=settings.quiet.title)


def count_line(count: int) -> str:
    """How many items there would have been this week, in a sentence."""
    if not count:
        return _("This week it would have held nothing.")
    return ngettext(
        "This week it would have held {n} item.", "This week it would have held {n} items.", count
    ).format(n=count)


def within_quiet(it: Subscription, settings: ChatSettings) -> str:
    """The times of its rhythm within the quiet hours, in a sentence; empty where none are."""
    rhythm, quiet = rhythm_of(it), settings.quiet
    if rhythm is None or quiet is None:
        return ""
    over = quiet.start > quiet.end
    inside = [
        f"{t:%H:%M}"
        for t in rhythm.times
        if (t >= quiet.start or t < quiet.end if over else quiet.start <= t < quiet.end)
    ]
    if not inside:
        return ""
    return ngettext(
        "{times} lies in your quiet hours: it comes then, without sound.",
        "{times} lie in your quiet hours: it comes then, without sound.",
        len(inside),
    ).format(times=listed(inside))
