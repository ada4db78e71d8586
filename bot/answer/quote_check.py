"""Whether certain words stand in the articles: who said them, where first, and how they differ."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.answer.intents import Intent
from bot.answer.question import PRONOUNS
from bot.answer.result import Answer, Frame, Match, MatchKind, Response, SpokenBy, State, Witness
from bot.locales import _, ngettext
from bot.locales.numbers import spoken_share
from bot.model import Article, Findings, Quote, QuoteKind, Span
from bot.store.articles import get_coverage, get_versions
from bot.store.findings import get_findings_of
from bot.store.lookups import get_uses
from bot.store.packing import TermPage
from bot.store.search import each_page, find_versions_with, search_articles, search_wording
from bot.store.store import Store
from bot.text.wording import DifferenceKind, Given, Wording, find_wording, read_given
from bot.text.words import STOP_TERMS, fold

MOST_CHARS = 4_000  # of what is given; a message is no longer
FEWEST_WORDS = 3  # a shorter phrase stands in many articles by chance

PAIRS = 12  # of neighbouring telling words that are searched for
PAIR_PLACES = 20_000  # where the rarer words of these pairs may stand, all together
SINGLES = 6  # rare words that are searched for by themselves
SINGLE_PLACES = 3_000  # where these may stand; a word that is commoner finds too much
ARTICLES = 40  # whose terms are compared, the best of each search
READ = 12  # that are compared word by word, the likeliest first
NEARLY = 0.4  # of what speaks for the likeliest article; less is not read
FEW_TERMS = 3  # with so few telling words, every article that holds them all is looked through
LOOKED_THROUGH = 400  # at most, the newest

FOUND_AT = 0.62
"""Share of the words given (telling ones count more) from which they are the article's, changed:
with one word in six replaced, 98 % of excerpts of ten words and more reach it, and of quotes of
other articles on the same subjects one in 200."""
CLOSE_AT = 0.5
"""From here on it is shown as the nearest, without a claim that it is the same."""
FEWEST_RUN = 3
"""Words one after another that are the same, where words were changed; fewer of a few words."""
REPEATS_AT = 0.85  # of the best likeness: below, it is another saying
QUOTED_CREDIT = 0.05  # that a quote has before a reporter's own words, as a share of the words
LONGEST_CHARS = 600  # of an answer, and …
MOST_SENTENCES = 3  # … the sentences that it may run over


@dataclass(frozen=True, slots=True)
class _Hit:
    """An article that holds the words, with what they are compared to there."""

    article: Article
    findings: Findings
    wording: Wording


def check_quote(
    text: str, store: Store, *, claimed: str | None = None, limit: int = 10
) -> Response:
    """Where the words `text` stand in the articles, best first, then the earliest first.

    `claimed` is who is taken to have said them. Capitals, marks and punctuation do not count.
    """
    began = time.perf_counter()
    given = read_given(text[:MOST_CHARS])
    terms = [word.term for word in given.words]
    versions = _candidates(store, terms) if len(terms) >= FEWEST_WORDS else []
    hits = _compared(store, given, versions)
    hits.sort(
        key=lambda hit: (-round(hit.wording.share, 2), _moment(hit.article), hit.article.key)
    )
    best = hits[0].wording if hits else None
    state = _state(best, given)
    floor = best.share * REPEATS_AT if best is not None else 1.0
    same = [hit for hit in hits if hit.wording.share >= floor]
    answers = tuple(_answer(hit, given) for hit in same[:limit])
    if len(answers) > 1:
        also = tuple(Witness(a.article.id, a.span) for a in answers[1:])
        first = answers[0]
        answers = (_replaced(first, also=also), *answers[1:])
    coverage = get_coverage(store)
    is_nothing = state is State.NOTHING
    return Response(
        question=text,
        intent=Intent.QUOTE_CHECK,
        state=state,
        answers=() if is_nothing else answers,
        nearest=answers[:1] if is_nothing and best and best.share >= CLOSE_AT else (),
        frame=_frame(text, () if is_nothing else answers),
        articles=coverage.articles,
        newest=coverage.newest,
        elapsed_ms=round((time.perf_counter() - began) * 1000, 1),
        explanation=tuple(_explained(given, len(versions), hits, state)),
        claimed=claimed,
    )


def _worth(hit: _Hit) -> float:
    """How well a hit answers: what is quoted goes before what a reporter wrote nearly so."""
    quoted = quote_at(hit.findings, hit.wording.span) is not None
    return round(hit.wording.share, 2) + (QUOTED_CREDIT if quoted else 0.0)


def _replaced(answer: Answer, **changes: object) -> Answer:
    from dataclasses import replace

    return replace(answer, **changes)  # type: ignore[arg-type]


def _moment(article: Article) -> str:
    """When an article was published, as text that sorts; one without a day comes last."""
    return article.published.isoformat() if article.published is not None else "9999"


def _state(best: Wording | None, given: Given) -> State:
    """Whether the words were found, something close to them, or nothing."""
    if best is None or best.share < CLOSE_AT:
        return State.NOTHING
    if best.share >= 0.999:
        return State.FOUND
    if best.run < min(FEWEST_RUN, max(2, len(given.words) // 2)):
        return State.NOTHING
    return State.FOUND if best.share >= FOUND_AT else State.NOTHING


# ----------------------------------------------------------------------------- candidates
def _candidates(store: Store, terms: Sequence[str]) -> list[int]:
    """The versions most likely to hold the words, likeliest first: looked for by pairs of telling
    words that follow one another, by rare words, and, of few words, by all of them."""
    telling = [t for t in terms if t not in STOP_TERMS]
    if not telling:
        return []
    uses = get_uses(store, list(dict.fromkeys(telling)))
    found: dict[int, None] = {}
    pairs = sorted(
        (min(uses[a], uses[b]), a, b)
        for a, b in dict.fromkeys(pairwise(telling))
        if uses[a] and uses[b]
    )
    for hit in search_wording(store, _within(pairs, PAIRS, PAIR_PLACES), limit=ARTICLES):
        found[hit.row] = None
    rare = sorted((uses[t], t) for t in dict.fromkeys(telling) if uses[t])
    singles = [run[0] for run in _within(rare, SINGLES, SINGLE_PLACES)]
    for hit in search_articles(store, singles, limit=ARTICLES // 2):
        found[hit.row] = None
    if len(rare) <= FEW_TERMS and all(uses.values()):
        everywhere = find_versions_with(store, [t for _uses, t in rare])
        found |= dict.fromkeys(sorted(everywhere, reverse=True)[:LOOKED_THROUGH])
    scored = sorted((-_rough(terms, page), key) for key, page in each_page(store, list(found)))
    floor = scored[0][0] * NEARLY if scored else 0.0
    return [key for score, key in scored if score < 0 and score <= floor][:READ]


def _within(
    ranked: Sequence[tuple[int, str] | tuple[int, str, str]], most: int, places: int
) -> list[tuple[str, ...]]:
    """The terms of the first of `ranked`, as many as stand in few enough places together."""
    chosen: list[tuple[str, ...]] = []
    left = places
    for uses, *run in ranked[:most]:
        left -= int(uses)
        if left < 0:
            break
        chosen.append(tuple(map(str, run)))
    return chosen


def _rough(terms: Sequence[str], page: TermPage) -> float:
    """How much speaks for the words being on a page: neighbours that are neighbours there."""
    text = "\n".join(page.lines)
    pairs = sum(f" {a} {b} " in text for a, b in pairwise(terms))
    return pairs + sum(
        0.5 for t in dict.fromkeys(terms) if t not in STOP_TERMS and f" {t} " in text
    )


def _compared(store: Store, given: Given, versions: Sequence[int]) -> list[_Hit]:
    """The articles of `versions` that hold enough of the words to be looked at, with the place."""
    if not versions:
        return []
    articles = get_versions(store, versions)
    placed = {
        key: wording
        for key in versions
        if key in articles and (wording := find_wording(given, articles[key].text)) is not None
    }
    top = max((wording.share for wording in placed.values()), default=0.0)
    kept = [key for key, wording in placed.items() if wording.share >= top * REPEATS_AT]
    findings = get_findings_of(store, kept) if kept else {}
    return [_Hit(articles[key], findings[key], placed[key]) for key in kept]


# -------------------------------------------------------------------------------- answers
def _answer(hit: _Hit, given: Given) -> Answer:
    article, wording = hit.article, hit.wording
    quote = quote_at(hit.findings, wording.span)
    speaker = None
    if quote is not None and quote.speaker is not None:
        name = quote.speaker.name or quote.speaker.span.of(article.text)
        if fold(name) not in PRONOUNS:
            speaker = SpokenBy(name, quote.speaker.role)
    return Answer(
        article=article,
        span=_span(hit.findings, wording.span),
        score=round(min(1.0, wording.share), 4),
        speaker=speaker,
        quote=quote,
        match=_match(hit, quote),
    )


def quote_at(findings: Findings, place: Span) -> Quote | None:
    """The quote whose content most of `place` belongs to; the shorter one where two tie."""
    touched = [
        (sum(_overlap(content, place) for content in quote.content), -len(quote.span), n)
        for n, quote in enumerate(findings.quotes)
    ]
    most = max(touched, default=(0, 0, 0))
    return findings.quotes[most[2]] if most[0] else None


def _overlap(a: Span, b: Span) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def _span(findings: Findings, place: Span) -> Span:
    """The sentences that hold `place`; of many, those in which it begins."""
    held = [s for s in findings.sentences if s.overlaps(place)]
    for count in range(min(len(held), MOST_SENTENCES), 0, -1):
        span = Span(held[0].start, held[count - 1].end)
        if len(span) <= LONGEST_CHARS:
            return span
    return Span(place.start, min(place.end, place.start + LONGEST_CHARS))


def _match(hit: _Hit, quote: Quote | None) -> Match:
    """How the words agree: what stands between two quoted parts is the reporter's, and leaving it
    out no difference."""
    wording = hit.wording
    content = quote.content if quote is not None else ()
    is_quoted = quote is not None and quote.kind is not QuoteKind.INDIRECT
    parts = [c for q in hit.findings.quotes for c in q.content] if is_quoted else []
    real = tuple(
        d
        for d in wording.differences
        if not (
            parts
            and d.kind is DifferenceKind.DROPPED
            and d.printed is not None
            and not any(c.overlaps(d.printed) for c in parts)
        )
    )
    if any(d.kind is not DifferenceKind.OMITTED for d in real):
        kind = MatchKind.CHANGED
    elif not real and _is_whole(hit, content):
        kind = MatchKind.EXACT
    else:
        kind = MatchKind.PART
    return Match(kind, wording.span, round(wording.share, 4), real)


def _without_marks(span: Span, text: str) -> Span:
    """`span` less what is no letter or digit at its ends."""
    start, end = span.start, span.end
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return Span(start, end)


def _is_whole(hit: _Hit, content: Sequence[Span]) -> bool:
    """Whether the words are all that is quoted there, or whole sentences."""
    text, place = hit.article.text, hit.wording.span

    def is_covered(span: Span) -> bool:
        return place.covers(_without_marks(span, text))

    if content and all(map(is_covered, content)):
        return True
    held = [s for s in hit.findings.sentences if s.overlaps(place)]
    return bool(held) and all(map(is_covered, held))


def _frame(text: str, answers: Sequence[Answer]) -> Frame:
    """What the next question may lean on."""
    people = [fold(a.speaker.name) for a in answers[:1] if a.speaker is not None]
    return Frame(
        intent=Intent.QUOTE_CHECK,
        versions=tuple(dict.fromkeys(a.article.key for a in answers[:3])),
        people=tuple(people),
        question=text,
        answered=(answers[0].article.key, answers[0].span) if answers else None,
    )


def _explained(given: Given, read: int, hits: Sequence[_Hit], state: State) -> list[str]:
    """How the words were looked for, in plain words."""
    compared = ngettext(
        "Compared {words} words with the one likely article, word by word; capitals, marks and "
        "punctuation do not count.",
        "Compared {words} words with the {n} likeliest articles, word by word; capitals, marks "
        "and punctuation do not count.",
        read,
    )
    lines = [
        _("Read as words to be checked, not as a question."),
        compared.format(words=len(given.words), n=read),
    ]
    for place, hit in enumerate(hits[:3], 1):
        wording = hit.wording
        lines.append(
            _(
                "{place}. {share} of the words stand in {outlet} ({id}), {run} of them one after "
                "another, places that differ: {differences}."
            ).format(
                place=place,
                share=spoken_share(wording.share),
                outlet=hit.article.source or _("it"),
                id=hit.article.id,
                run=wording.run,
                differences=len(wording.differences),
            )
        )
    if state is State.NOTHING:
        words = _("Taken for the same words from {share} on.")
        lines.append(words.format(share=spoken_share(FOUND_AT)))
    return lines
