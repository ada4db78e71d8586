"""Findings and responses as the JSON that scripts rely on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from bot.answer.result import Answer, Match, Response, State
from bot.link.stances import Turn
from bot.model import Article, Draft, Fact, Findings, Quote, Span
from bot.talk.answers import reply_to_question
from bot.talk.plain import render_plain
from bot.talk.selecting import FindingsOf


def moment(value: date | datetime | None) -> str | None:
    """A day or a time in ISO 8601."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value.isoformat() if value else None


def version_as_json(version: Article) -> dict[str, Any]:
    """One line of `newsbot export`: the article as it came in, then what the store knows of it."""
    line: dict[str, Any] = {
        "id": version.id,
        "url": version.url,
        "title": version.title,
        "source": version.source,
        "author": version.author,
        "published": moment(version.published),
        "section": version.section,
        "standfirst": version.standfirst,
        "text": version.text,
        "version": version.version,
        "added": moment(version.added),
    }
    if version.published_given is not None:
        line["published_given"] = moment(version.published_given)
    if version.modified is not None:
        line["modified"] = moment(version.modified)
    if version.removed is not None:
        line["removed"] = moment(version.removed)
    return line | {name: True for name in ("edited", "sample") if getattr(version, name)}


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def extraction_as_json(article_id: str, draft: Draft, findings: Findings) -> dict[str, Any]:
    """One line of `newsbot extract --json`."""
    text = draft.text
    line: dict[str, Any] = {
        "id": article_id,
        "title": draft.title,
        "source": draft.source,
        "author": draft.author,
        "published": moment(draft.published),
        "section": draft.section,
        "standfirst": draft.standfirst,
        "url": draft.url,
    }
    if not draft.text_was_given:
        line["text"] = text
    sentences = findings.sentences
    line["sentences"] = [_pair(s) for s in sentences]
    line["quotes"] = [_quote(q, text, sentences) for q in findings.quotes]
    line["facts"] = [_fact(f, findings) for f in findings.facts]
    line["dates"] = [
        {
            "text": d.span.of(text),
            "start": d.span.start,
            "end": d.span.end,
            "value": d.value,
            "grain": d.grain.value,
            "how": d.how,
        }
        for d in findings.dates
    ]
    line["names"] = [
        {
            "text": m.span.of(text),
            "start": m.span.start,
            "end": m.span.end,
            "name": m.name,
            "kind": m.kind.value,
            **({"role": m.role} if m.role else {}),
        }
        for m in findings.names
    ]
    if findings.read_chars < len(text):
        line["read_chars"] = findings.read_chars
    return line


def _quote(quote: Quote, text: str, sentences: tuple[Span, ...]) -> dict[str, Any]:
    speaker, cue = quote.speaker, quote.cue
    shape: dict[str, Any] = {
        "kind": quote.kind.value,
        "speaker": None,
        "cue": None,
        "polarity": quote.polarity.value,
        "content": [_pair(s) for s in quote.content],
        "sentences": [
            n for n, s in enumerate(sentences) if any(s.overlaps(c) for c in quote.content)
        ],
        "confidence": round(quote.confidence, 3),
    }
    if speaker is not None:
        span = speaker.span
        shape["speaker"] = {"text": span.of(text), "start": span.start, "end": span.end}
        if speaker.name:
            shape["speaker"]["name"] = speaker.name
        if speaker.role:
            shape["speaker"]["role"] = speaker.role
    if cue is not None:
        shape["cue"] = {
            "text": cue.span.of(text),
            "start": cue.span.start,
            "end": cue.span.end,
            "class": cue.cue_class,
        }
    if quote.relay is not None:
        shape["relay"] = {
            "text": quote.relay.of(text),
            "start": quote.relay.start,
            "end": quote.relay.end,
        }
    if quote.unnamed:
        shape["unnamed"] = True
    return shape


def _fact(fact: Fact, findings: Findings) -> dict[str, Any]:
    first = next((n for n, s in enumerate(findings.sentences) if s.overlaps(fact.span)), None)
    shape: dict[str, Any] = {
        "kind": fact.kind,
        "status": fact.status,
        "parties": [{"name": p.name, "part": p.part} for p in fact.parties],
        "start": fact.span.start,
        "end": fact.span.end,
        "sentence": first,
        "dates": [n for n, d in enumerate(findings.dates) if d.span in fact.dates],
        "confidence": round(fact.confidence, 3),
    }
    for name in ("object", "made", "effective", "source"):
        if (value := getattr(fact, name)) is not None:
            shape[name] = value
    if fact.figure is not None:
        figure = fact.figure
        shape["figure"] = {
            "value": figure.value,
            "unit": figure.unit,
            "of": figure.of,
            "hedge": figure.hedge,
        }
    return shape


def response_as_json(
    response: Response, findings_of: FindingsOf | None = None, question_id: str | None = None
) -> dict[str, Any]:
    """One line of `newsbot ask --json`; the message is as full as `findings_of` makes it."""
    line: dict[str, Any] = {"id": question_id} if question_id is not None else {}
    line |= {
        "question": response.question,
        "intent": response.intent.value,
        "state": response.state.value,
        "answered": response.state is State.FOUND,
        "answers": [_answer(a) for a in response.answers],
        "nearest": [_answer(a) for a in response.nearest],
    }
    if response.sequel:
        line["sequel"] = [_answer(a) for a in response.sequel]
    if response.claimed:
        line["claimed"] = response.claimed
    if response.accounts:
        line |= _accounts(response)
    if response.lead:
        line["lead"] = response.lead
    line["message"] = render_plain(reply_to_question(response, findings_of))
    line["covers"] = {"articles": response.articles, "newest": moment(response.newest)}
    line["elapsed_ms"] = response.elapsed_ms
    return line


def _accounts(response: Response) -> dict[str, Any]:
    """Whose sayings a timeline or comparison holds, and where a word turns; answers are meant by
    their place in "answers"."""
    accounts, turns, place = [], [], 0
    places = {id(a): n for n, a in enumerate(response.answers)}
    for account in response.accounts:
        shape: dict[str, Any] = {"name": account.name}
        if account.role:
            shape["role"] = account.role
        accounts.append(shape | {"answers": [place, place + len(account.entries)]})
        for entry in account.entries:
            if entry.turn is not None and entry.turned_from is not None:
                before = places.get(id(entry.turned_from))
                turns.append({"answer": place, "before": before} | _turn(entry.turn))
            place += 1
    found: dict[str, Any] = {"topic": response.topic, "accounts": accounts, "turns": turns}
    if response.difference is not None:
        found["difference"] = _turn(response.difference)
    return found


def _turn(turn: Turn) -> dict[str, Any]:
    kind = turn.kind.value if turn.kind is not None else "figure"
    return {"kind": kind, "earlier": turn.earlier, "later": turn.later}


def _answer(answer: Answer) -> dict[str, Any]:
    article = answer.article
    shape: dict[str, Any] = {
        "text": answer.text,
        "article_id": article.id,
        "version": article.version,
        "sha256": article.sha256,
        "title": article.title,
        "source": article.source,
        "url": article.url,
        "published": moment(article.published),
        "start": answer.span.start,
        "end": answer.span.end,
        "score": answer.score,
    }
    if answer.speaker is not None:
        shape["speaker"] = {"name": answer.speaker.name}
        if answer.speaker.role:
            shape["speaker"]["role"] = answer.speaker.role
        if answer.speaker.person:
            shape["speaker"]["person"] = answer.speaker.person
    if answer.when is not None:
        shape["when"] = answer.when
    if answer.match is not None:
        shape["match"] = _match(answer.match, article)
    if answer.also:
        shape["also"] = [
            {"article_id": w.article_id, "start": w.span.start, "end": w.span.end}
            for w in answer.also
        ]
    return shape


def _match(match: Match, article: Article) -> dict[str, Any]:
    """How given words agree with the article's: `given` is null where words were left out,
    `printed` (with its place) where they were added."""
    differences = []
    for difference in match.differences:
        printed = difference.printed
        place = {"start": printed.start, "end": printed.end} if printed else {}
        differences.append(
            {
                "kind": difference.kind.value,
                "given": difference.given or None,
                "printed": printed.of(article.text) if printed else None,
                **place,
            }
        )
    return {
        "kind": match.kind.value,
        "start": match.span.start,
        "end": match.span.end,
        "likeness": match.likeness,
        "diff": differences,
    }
