"""What somebody said on a subject, day by day, and where their word turns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.answer.families import relatives_of
from bot.answer.result import Answer, Entry, SpokenBy
from bot.link.counts import MATTERS, Count, find_counts
from bot.link.matters import Telling, telling_of, told_by
from bot.link.registry import Profile
from bot.link.stances import Turn, find_stance, find_turn
from bot.model import Article, Findings, Quote, QuoteKind, Span
from bot.store.findings import get_findings_of
from bot.store.store import Store
from bot.text.words import STOP_TERMS, find_words, terms_of

MOST_ENTRIES = 8
OF_ONE_ARTICLE = 2
LONGEST_CHARS = 400  # of an entry; a longer quote is told by the sentence in which it begins
MOST_SENTENCES = 3
NEARBY = 0.5
"""What a word of the subject is worth in the headline or a sentence beside, where it is worth 1 in
the saying itself."""
RELATED = 0.8  # what a word of the same family is worth
ENOUGH = 0.6  # of the best entry's share of the subject's words, to be on the subject
STANCE_CREDIT = 0.25
"""What a yes or no is worth beside that, since it is what a timeline is asked for; one that is
only told again is worth as much less."""
_OF_SAYING = frozenset(
    terms_of("add note remark say said tell told state reply comment mention speak spoke announce")
)
"""“She added” stands beside any subject; “observers” is of its family, as is “observed”."""
_KINDS = {QuoteKind.DIRECT: 2, QuoteKind.MIXED: 1, QuoteKind.INDIRECT: 0}


def timeline_of(profile: Profile, topic: str, store: Store) -> list[Entry]:
    """What the one of `profile` said on `topic` (anything, where it is empty), the oldest first,
    at most eight sayings."""
    keys = list(dict.fromkeys(s.article.key for s in profile.quotes))
    findings = get_findings_of(store, keys) if keys else {}
    entries = []
    for spoken in profile.quotes:
        article, found = spoken.article, findings[spoken.article.key]
        span = _span(spoken.quote, found)
        if span is None or span.of(article.text).strip() == (article.title or "").strip():
            continue
        role = spoken.quote.speaker.role if spoken.quote.speaker is not None else None
        answer = Answer(article, span, 1.0, SpokenBy(profile.name, role), spoken.quote)
        telling = told_by(telling_of(article, found, span), spoken.quote, found)
        entries.append(Entry(answer, telling))
    return with_turns(_chosen(_on_topic(entries, topic, findings)))


def entries_of(answers: Iterable[Answer], store: Store) -> list[Entry]:
    """Answers of any kind, one of each article, the oldest first, with where they turn."""
    chosen: dict[int, Answer] = {}
    for answer in answers:
        chosen.setdefault(answer.article.key, answer)
    findings = get_findings_of(store, list(chosen)) if chosen else {}
    entries = [Entry(a, _telling(a, findings[key]), a.score) for key, a in chosen.items()]
    return with_turns(sorted(entries[:MOST_ENTRIES], key=_place))


def _telling(answer: Answer, findings: Findings) -> Telling:
    return told_by(telling_of(answer.article, findings, answer.span), answer.quote, findings)


def counted_entries(answers: Iterable[Answer], topic: str, store: Store) -> list[Entry]:
    """Where `topic` asks for a count (the moved, the dead, trains that stopped): the sentence of
    each article that gives it, a correction first, the oldest first; else empty."""
    matters = {name for name, words in MATTERS.items() if words.search(topic)}
    articles = {a.article.key: a.article for a in answers}
    if not matters or not articles:
        return []
    findings = get_findings_of(store, list(articles))
    counts = [
        count
        for key, article in articles.items()
        for count in find_counts(article, findings[key])
        if count.matter in matters
    ]
    asked = set(terms_of(topic))
    common = Counter(count.noun for count in counts)
    nouns = sorted(common, key=lambda noun: (noun not in asked, -common[noun], noun))
    kept: dict[int, Count] = {}
    for count in sorted(counts, key=lambda c: not c.replaces):
        if count.noun == nouns[0]:
            kept.setdefault(count.article.key, count)
    entries = [
        Entry(
            Answer(c.article, c.sentence, 1.0),
            telling_of(c.article, findings[c.article.key], c.sentence),
            count=c,
        )
        for c in kept.values()
    ]
    return _with_changes(sorted(entries, key=_place)[-MOST_ENTRIES:])


def _with_changes(entries: Sequence[Entry]) -> list[Entry]:
    """Counts of one thing, oldest first, each with how it differs from the one before it."""
    found: list[Entry] = []
    for entry in entries:
        before = found[-1] if found else None
        if before is not None and (turn := changed_count(before, entry)) is not None:
            entry = replace(entry, turn=turn, turned_from=before.answer)
        found.append(entry)
    return found


def changed_count(before: Entry, after: Entry) -> Turn | None:
    """How two counts of one thing differ."""
    one, two = before.count, after.count
    if one is None or two is None or one.value == two.value:
        return None
    return Turn(None, one.words, two.words)


def with_turns(entries: Sequence[Entry]) -> list[Entry]:
    """`entries`, oldest first, each with how it turns from the one before it that it has most
    words in common with."""
    found: list[Entry] = []
    for entry in entries:
        turns = [
            (len(before.telling.terms & entry.telling.terms), n, turn)
            for n, before in enumerate(found)
            if before.answer.article.key != entry.answer.article.key
            and (turn := find_turn(before.telling, entry.telling)) is not None
        ]
        turns = [t for t in turns if not any(_is_told(t[2], e) for e in found[t[1] + 1 :])]
        if turns:
            _, n, turn = max(turns, key=lambda item: item[:2])
            entry = replace(entry, turn=turn, turned_from=found[n].answer)
        found.append(entry)
    return found


def _is_told(turn: Turn, between: Entry) -> bool:
    """Whether an entry that lies between has turned the same way already, or tells the same
    figure."""
    if between.turn is None or between.turn.kind is not turn.kind:
        return False
    return turn.kind is not None or between.turn.later == turn.later


def _place(entry: Entry) -> tuple[str, int, int]:
    article = entry.answer.article
    moment = article.published.isoformat() if article.published is not None else "9999"
    return moment, article.key, entry.answer.span.start


def _span(quote: Quote, findings: Findings) -> Span | None:
    """The sentences that hold a quote with its speaker; of many, those in which it begins."""
    held = [s for s in findings.sentences if s.overlaps(quote.span)]
    for count in range(min(len(held), MOST_SENTENCES), 0, -1):
        span = Span(held[0].start, held[count - 1].end)
        if len(span) <= LONGEST_CHARS or count == 1:
            return span
    return None


def _on_topic(entries: Sequence[Entry], topic: str, findings: dict[int, Findings]) -> list[Entry]:
    """The entries that tell of `topic`, each with how well it does; all, where there is none."""
    wanted = topic_terms(topic)
    scored = []
    for entry in entries:
        article, span = entry.answer.article, entry.answer.span
        share = _share(wanted, article, span, findings[article.key]) if wanted else 1.0
        stance = find_stance(entry.telling.text, entry.telling.others)
        if share and stance is not None and stance.is_firm:
            share += -STANCE_CREDIT if stance.is_recalled else STANCE_CREDIT
        scored.append(replace(entry, score=share))
    top = max((entry.score for entry in scored), default=0.0)
    return [entry for entry in scored if entry.score and entry.score >= top * ENOUGH]


def topic_terms(topic: str) -> list[dict[str, float]]:
    """For each telling word of `topic`, its term and those of its family, with their worth; not
    those that say no more than that something was said."""
    return [
        {word.term: 1.0} | dict.fromkeys(relatives_of(word.term) - _OF_SAYING, RELATED)
        for word in find_words(topic)
        if word.term not in STOP_TERMS
    ]


def _share(
    wanted: Sequence[dict[str, float]], article: Article, span: Span, findings: Findings
) -> float:
    """The share of the subject's words that a saying holds, or what stands beside it."""
    own = set(terms_of(span.of(article.text)))
    at = [n for n, s in enumerate(findings.sentences) if s.overlaps(span)]
    around = [findings.sentences[n] for n in (at[0] - 1, at[-1] + 1) if at and _is_in(n, findings)]
    near = {t for s in around for t in terms_of(s.of(article.text))}
    near |= set(terms_of(article.title or ""))
    held = 0.0
    for family in wanted:
        inside = max((worth for term, worth in family.items() if term in own), default=0.0)
        beside = max((worth for term, worth in family.items() if term in near), default=0.0)
        held += max(inside, NEARBY * beside)
    return held / len(wanted)


def _is_in(n: int, findings: Findings) -> bool:
    return 0 <= n < len(findings.sentences)


def _chosen(entries: Sequence[Entry]) -> list[Entry]:
    """The best eight, two of each article, no sentence twice; the oldest first."""
    kept: list[Entry] = []

    def order(entry: Entry) -> tuple[float, int, tuple[str, int, int]]:
        quote = entry.answer.quote
        return -round(entry.score, 2), -_KINDS[quote.kind] if quote else 0, _place(entry)

    for entry in sorted(entries, key=order):
        answer = entry.answer
        same = [e for e in kept if e.answer.article.key == answer.article.key]
        if len(same) >= OF_ONE_ARTICLE or any(e.answer.span.overlaps(answer.span) for e in same):
            continue
        kept.append(entry)
        if len(kept) == MOST_ENTRIES:
            break
    return sorted(kept, key=_place)
