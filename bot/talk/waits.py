"""What is said to somebody who asks more than the limit allows."""

from __future__ import annotations

from bot.locales import ngettext
from bot.talk.limits import QuestionLimit, Wait


def wait_words(wait: Wait, limit: QuestionLimit, *, may_queue: bool, is_shared: bool) -> str:
    """The sentences that tell of `wait`: that the question is kept, or is to be asked again.

    `is_shared` says that the limit is a group's.
    """
    if wait.kept:
        words = _kept_of_all(limit.per_minute) if is_shared else _kept(limit.per_minute)
    elif may_queue:
        words = _full(limit.most_waiting)
    else:
        words = _again_of_all(limit.per_minute) if is_shared else _again(limit.per_minute)
    return words.format(n=limit.per_minute, most=limit.most_waiting, seconds=wait.seconds)


def _kept(n: int) -> str:
    return ngettext(
        "That is more than {n} question a minute. I keep it, with what you ask meanwhile, and "
        "answer in {seconds} s.",
        "That is more than {n} questions a minute. I keep it, with what you ask meanwhile, and "
        "answer in {seconds} s.",
        n,
    )


def _kept_of_all(n: int) -> str:
    return ngettext(
        "All of you together may ask {n} question a minute here. I keep this one, and answer in "
        "{seconds} s; in private it goes faster.",
        "All of you together may ask {n} questions a minute here. I keep this one, and answer in "
        "{seconds} s; in private it goes faster.",
        n,
    )


def _full(most: int) -> str:
    return ngettext(
        "{most} question waits for its answer already, and I keep no more than that. Please ask "
        "this one again in {seconds} s.",
        "{most} questions wait for their answers already, and I keep no more than that. Please "
        "ask this one again in {seconds} s.",
        most,
    )


def _again(n: int) -> str:
    return ngettext(
        "That is more than {n} question a minute. Please ask again in {seconds} s.",
        "That is more than {n} questions a minute. Please ask again in {seconds} s.",
        n,
    )


def _again_of_all(n: int) -> str:
    return ngettext(
        "All of you together may ask {n} question a minute here. Please ask again in "
        "{seconds} s, or in private.",
        "All of you together may ask {n} questions a minute here. Please ask again in "
        "{seconds} s, or in private.",
        n,
    )
