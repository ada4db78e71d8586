"""What an answer is about, to be followed: who speaks in it, or what the question names."""

from __future__ import annotations

from bot.answer.result import Answer, Response, State
from bot.digest import Interest, InterestKind, make_interest
from bot.errors import InterestError
from bot.locales import _
from bot.model import NameKind
from bot.talk.selecting import FindingsOf
from bot.text.names import fold_name
from bot.text.words import fold, terms_of

LABEL_CHARS = 24  # of a name on a button; clients cut what is longer


def subject_of(response: Response, findings_of: FindingsOf | None) -> Interest | None:
    """The person who speaks in the first answer, else a name that question and answer share;
    None where there is neither."""
    if response.state is not State.FOUND or not response.answers:
        return None
    best = response.answers[0]
    speaker = best.speaker
    name = (speaker.person or speaker.name) if speaker is not None else ""
    if len(fold_name(name).split()) > 1 and name.split()[-1][:1].isupper():
        return _made(InterestKind.PERSON, name)  # "the county rescue service" is no name
    return _named(response, best, findings_of) if findings_of is not None else None


def _named(response: Response, best: Answer, findings_of: FindingsOf) -> Interest | None:
    asked = set(terms_of(response.question))
    for mention in findings_of(best.article).names:
        if not best.span.covers(mention.span):
            continue
        words = terms_of(mention.name)
        if words and asked.issuperset(terms_of(mention.span.of(best.article.text))):
            person = mention.kind is NameKind.PERSON and len(words) > 1
            return _made(InterestKind.PERSON if person else InterestKind.TOPIC, mention.name)
    return None


def _made(kind: InterestKind, name: str) -> Interest | None:
    try:
        return make_interest(kind, name)
    except InterestError:
        return None


def follow_label(interest: Interest) -> str:
    """The words of a button that follows `interest` ("Follow Lindqvist")."""
    name = interest.text
    if interest.kind is InterestKind.PERSON:
        last = name.split()[-1]
        name = last if len(last) > 2 and fold(last).isalpha() else name
    if len(name) > LABEL_CHARS:
        name = name[: LABEL_CHARS - 1].rstrip() + "…"
    return _("Follow {name}").format(name=name)
