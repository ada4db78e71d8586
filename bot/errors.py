"""The exception tree of the bot; catch by class, never by words.

    BotError
    ├── ConfigError                 the configuration is wrong; `faults` holds every fault
    ├── IntakeError                 an article cannot be read; `reason` says why, in a sentence
    │   └── FetchError              an address cannot be fetched; `status`, `retry_seconds`
    ├── StoreError                  the store cannot be used
    │   ├── StoreUnavailableError   it cannot be opened, read or written (rights, disk, corruption)
    │   ├── StoreTooNewError        its schema is newer than this program
    │   ├── StoreRefusedError       what should be stored is not allowed (a gate said no)
    │   └── ArticleNotFoundError    no such article; `article_id`
    ├── InterestError               what somebody wants to follow names nothing to look for
    └── VerbatimError               a text that is not the bytes of a stored article was to be sent

Each message is a full sentence that a person can act on, and never holds a secret.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.locales.said import say


class BotError(Exception):
    """Anything that the bot can explain."""


class ConfigError(BotError):
    """The configuration is wrong."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class IntakeError(BotError):
    """An article cannot be read or is refused; `line` is the row's number in its file, from 1."""

    def __init__(self, reason: str, *, line: int | None = None) -> None:
        self.reason = reason
        self.line = line
        super().__init__(reason)


class FetchError(IntakeError):
    """What stands at an address cannot be had, or must not be asked for.

    `status` is the server's number where it gave one, `retry_seconds` how long it asks to wait;
    `unreached` tells that it did not answer at all, whatever was asked.
    """

    def __init__(
        self,
        reason: str,
        *,
        status: int | None = None,
        retry_seconds: float | None = None,
        unreached: bool = False,
    ) -> None:
        self.status = status
        self.retry_seconds = retry_seconds
        self.unreached = unreached
        super().__init__(reason)


class StoreError(BotError):
    """The store cannot do what was asked."""


class StoreUnavailableError(StoreError):
    """The store cannot be opened, read or written."""


class StoreTooNewError(StoreError):
    """The store was written by a newer program."""


class StoreRefusedError(StoreError):
    """The store does not take this."""


class ArticleNotFoundError(StoreError):
    """No article has this id."""

    def __init__(self, article_id: str) -> None:
        self.article_id = article_id
        super().__init__(say("There is no article with the id “{words}”.", words=article_id))


class VerbatimError(BotError):
    """A text that is not the stored bytes at its place was to be sent."""


class InterestError(BotError):
    """What somebody wants to follow cannot be looked for."""
