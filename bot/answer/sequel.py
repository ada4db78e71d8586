"""What later articles tell of a plan or promise, where a question asks whether it came true."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.answer.result import Answer, Response, State
from bot.link.matters import telling_of
from bot.link.outcomes import follow_up, is_plan
from bot.store.findings import get_findings
from bot.store.store import Store

MOST_TOLD = 2  # the newest; who wants all of them asks for the timeline
_WHETHER = re.compile(
    r"(?:(?:and|so|but|ok|well),? )*(?:did|has|have|had|was|were|is|are)\b"
    r"(?!['’]?t? (?:that|this|there|it true)\b)",
    re.IGNORECASE,
)


def with_sequel(response: Response, store: Store) -> Response:
    """`response` with what came of it, where it is asked whether something happened and the first
    answer only announces it: whoever asks if the money was paid is not helped by the promise."""
    if response.state is not State.FOUND or not _WHETHER.match(response.question):
        return response
    first = response.answers[0]
    findings = get_findings(store, first.article.key)
    if not is_plan(telling_of(first.article, findings, first.span)):
        return response
    followed = follow_up(store, first.article, findings, first.span)
    told = followed.outcomes[-MOST_TOLD:]
    return replace(response, sequel=tuple(Answer(t.article, t.span, first.score) for t in told))
