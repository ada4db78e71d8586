"""A response, to and from what the store keeps of it, so that its buttons work after a restart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from bot.answer.intents import Intent
from bot.answer.result import Answer, Match, MatchKind, Response, SpokenBy, State, Witness
from bot.model import Article, Quote, Span
from bot.newsroom import Newsroom
from bot.talk.frames import dump_frame, load_frame
from bot.text.wording import Difference, DifferenceKind


@dataclass(frozen=True, slots=True)
class Result:
    """A response as it was given: with the questions that were suggested after it, and the people
    to choose from where a surname was several people's."""

    response: Response
    suggestions: tuple[str, ...] = ()
    people: tuple[SpokenBy, ...] = ()


def dump_result(result: Result) -> dict[str, Any]:
    """`result` as JSON values; the sentences themselves stay in their articles."""
    response = result.response
    return {
        "question": response.question,
        "intent": response.intent.value,
        "state": response.state.value,
        "answers": [_dumped(answer) for answer in response.answers],
        "nearest": [_dumped(answer) for answer in response.nearest],
        "read_as": [list(pair) for pair in response.read_as],
        "missing": list(response.missing),
        "frame": dump_frame(response.frame),
        "explanation": list(response.explanation),
        "suggestions": list(result.suggestions),
        "claimed": response.claimed,
        "premise": response.premise,
        "sequel": [_dumped(answer) for answer in response.sequel],
        "reports": response.reports,
        "spelt": response.spelt,
        "speechless": response.speechless,
        "people": [[person.name, person.role] for person in result.people],
    }


def load_result(newsroom: Newsroom, raw: dict[str, Any]) -> Result | None:
    """What `dump_result` gave; None where an article is gone or it cannot be read."""
    try:
        answers = [_loaded(newsroom, item) for item in raw["answers"]]
        nearest = [_loaded(newsroom, item) for item in raw["nearest"]]
        sequel = [_loaded(newsroom, item) for item in raw.get("sequel", ())]
        coverage = newsroom.coverage()
        response = Response(
            question=raw["question"],
            intent=Intent(raw["intent"]),
            state=State(raw["state"]),
            answers=tuple(a for a in answers if a is not None),
            nearest=tuple(a for a in nearest if a is not None),
            read_as=tuple((typed, read) for typed, read in raw["read_as"]),
            missing=tuple(raw["missing"]),
            frame=load_frame(raw["frame"]),
            articles=coverage.articles,
            newest=coverage.newest,
            explanation=tuple(raw["explanation"]),
            claimed=raw.get("claimed"),
            premise=raw.get("premise"),
            sequel=tuple(a for a in sequel if a is not None),
            reports=bool(raw.get("reports")),
            spelt=raw.get("spelt", ""),
            speechless=raw.get("speechless"),
        )
        if None in answers or None in nearest:
            return None
        people = tuple(SpokenBy(name, role) for name, role in raw["people"])
        return Result(response, tuple(raw["suggestions"]), people)
    except (KeyError, IndexError, TypeError, ValueError):
        return None


def holds(raw: dict[str, Any], version: int, span: Span) -> bool:
    """Whether the kept result `raw` showed something of `span` in that version."""
    return any(
        item["at"][0] == version and span.overlaps(Span(item["at"][1], item["at"][2]))
        for item in [*raw.get("answers", ()), *raw.get("nearest", ())]
    )


def _dumped(answer: Answer) -> dict[str, Any]:
    quote, speaker = answer.quote, answer.speaker
    dumped = {
        "at": [answer.article.key, answer.span.start, answer.span.end],
        "score": answer.score,
        "speaker": [speaker.name, speaker.role, speaker.person] if speaker else None,
        "quote": [quote.span.start, quote.span.end] if quote else None,
        "when": [answer.when, answer.when_words] if answer.when else None,
        "also": [[w.article_id, w.span.start, w.span.end, w.source] for w in answer.also],
    }
    if answer.match is not None:
        dumped["match"] = _dumped_match(answer.match)
    return dumped


def _dumped_match(match: Match) -> list[Any]:
    """Kind, place, likeness and differences, each with its kind, what was given, and its place."""
    places = [
        [d.kind.value, d.given, *((d.printed.start, d.printed.end) if d.printed else ())]
        for d in match.differences
    ]
    return [match.kind.value, match.span.start, match.span.end, match.likeness, places]


def _loaded_match(raw: list[Any]) -> Match:
    kind, start, end, likeness, places = raw
    differences = tuple(
        Difference(DifferenceKind(what), given, Span(*place) if place else None)
        for what, given, *place in places
    )
    return Match(MatchKind(kind), Span(start, end), likeness, differences)


def _loaded(newsroom: Newsroom, raw: dict[str, Any]) -> Answer | None:
    key, start, end = raw["at"]
    article = newsroom.look_up_version(key)
    if article is None or not 0 <= start < end <= len(article.text):
        return None
    answer = Answer(
        article,
        Span(start, end),
        raw["score"],
        also=tuple(Witness(w[0], Span(w[1], w[2]), *w[3:]) for w in raw["also"]),
    )
    if raw["speaker"]:
        answer = replace(answer, speaker=SpokenBy(*raw["speaker"]))
    if raw["when"]:
        answer = replace(answer, when=raw["when"][0], when_words=raw["when"][1])
    if raw.get("match"):
        answer = replace(answer, match=_loaded_match(raw["match"]))
    if raw["quote"]:
        answer = replace(answer, quote=_quote_at(newsroom, article, Span(*raw["quote"])))
    return answer


def _quote_at(newsroom: Newsroom, article: Article, span: Span) -> Quote | None:
    """The quote that stands at `span`; a newer extractor may have found another one there."""
    quotes = newsroom.get_findings(article).quotes
    return next((quote for quote in quotes if quote.span == span), None)
