"""Which sentences of a story are told: the lead of its fullest article, then only what is new."""

from __future__ import annotations

from collections.abc import Hashable, Sequence, Set
from dataclasses import dataclass, field
from datetime import date

from bot.digest.interest import Condition, InterestKind, Seen, is_about
from bot.digest.result import Line, LineKind, parse_told, words_mark
from bot.digest.sentences import Told as Sentence
from bot.digest.sentences import read_sentences
from bot.digest.window import Paper
from bot.model import Article, Span
from bot.text.names import fold_name
from bot.text.novelty import Told, overlap, telling_terms

TOLD_AT = 0.7
"""A sentence whose telling terms stand to this share in one told before tells nothing new."""
REPEAT_WEIGHT = 1.0
"""What a full repetition takes from a sentence's worth (maximal marginal relevance, Carbonell &
Goldstein 1998)."""
PAPERS_READ = 12
"""Articles of one story whose sentences are read, the fullest; more tell the same."""
LEAST_WORTH = 0.3
"""Sentences worth less are background."""
PLACE_DECAY = 0.015
"""What each sentence further down loses: a news story tells the news first."""
LEAD_LOOKED_AT = 12
"""Sentences from which the lead is taken. Most often it is the first; where that is a scene or a
teaser, it is the one that speaks of what the headline does."""
LEAD_HEADLINE = 1.5
"""What it counts for a lead to hold the headline's telling terms, all of them."""
LEAD_WORTH = 0.4
"""What it counts for a lead to tell something that was found."""
FIRST_LEAD = 0.3
"""What the first sentence has ahead when it holds two telling terms of the headline. With these
weights 62 of the 86 articles in the development store are led by their first sentence."""
FIRST_LEAD_TERMS = 2
LEAD_DECAY = 0.08
"""What each sentence further down loses as a lead."""
SHORT_LEAD_CHARS = 50
"""A shorter sentence is a teaser more often than the news."""
SHORT_LEAD = 0.4
BACKGROUND_LEAD = 0.25
"""What a sentence loses that says what "had" been before."""
BACKGROUND_WORDS = 6
NEW_LEAD_AT = 0.5
"""A sentence of which nothing was found leads an update when less of it than this was told, and
it stands among the first."""
NEW_LEAD_PLACE = 3
LEAD_OF_OTHER = 0.7
"""What a lead from the next fullest article loses."""
LEAD_A_DAY_OLD = 0.12
LEAD_OLD = 0.6
"""What a lead loses for each day that it is older than the newest article, and at most."""
SPEAKER_AGAIN = 0.25
"""What the second sentence of one speaker loses: who said what, not who said most."""


@dataclass(slots=True)
class Memory:
    """What a reader was told: by place, by words, by what it said."""

    marks: set[str] = field(default_factory=set)
    told: Told = field(default_factory=Told)
    news: set[Hashable] = field(default_factory=set)

    @classmethod
    def of(cls, keys: Set[str], articles: dict[int, Article]) -> Memory:
        """What the told `keys` hold, with the texts of those in `articles`."""
        memory = cls()
        for key in keys:
            parsed = parse_told(key)
            if parsed is None:
                continue
            version, span, mark = parsed
            if not len(span):
                continue  # an article that was told by another one's words
            memory.marks.add(mark)
            if article := articles.get(version):
                memory.told.add(telling_terms(span.of(article.text)))
        return memory

    def knows(self, sentence: Sentence, share: float | None = None) -> bool:
        """Whether the sentence, or one that tells as much, was told; `share` of it, when known."""
        return self.knows_words(sentence.text, sentence.terms, share)

    def knows_words(self, text: str, terms: frozenset[str], share: float | None = None) -> bool:
        """The same for words alone. Another number in the same words is new."""
        if words_mark(text) in self.marks:
            return True
        share = self.told.share(terms) if share is None else share
        return share >= TOLD_AT and not self.told.has_new_number(terms)

    def holds(self, text: str) -> bool:
        """Whether just these words were told."""
        return words_mark(text) in self.marks

    def add(self, sentence: Sentence) -> None:
        self.marks.add(words_mark(sentence.text))
        self.told.add(sentence.terms)
        self.news |= sentence.news

    def add_words(self, text: str) -> None:
        """Remember a sentence of which nothing was found."""
        self.marks.add(words_mark(text))
        self.told.add(telling_terms(text))


@dataclass(frozen=True, slots=True)
class Brief:
    """What is to be told about: the new articles of one story, the fullest first, and of them only
    what meets the interest."""

    papers: Sequence[Paper]
    condition: Condition
    people: Set[str] = frozenset()
    """The folded full names that mean the person who is followed."""
    answers: Sequence[tuple[int, Span]] = ()
    """The places that answer a saved question."""
    is_update: bool = False
    """Of an update only what is worth a line of its own is told."""


def find_fitting(brief: Brief) -> list[Sentence]:
    """The sentences of the story that meet the interest, article by article; of a story that very
    many articles tell, those of the fullest."""
    found = []
    for paper in brief.papers[:PAPERS_READ]:
        allowed = _allowed(paper, brief)
        found += [s for s in read_sentences(paper) if allowed is None or s.n in allowed]
    return found


def choose_lead(brief: Brief, fitting: Sequence[Sentence], memory: Memory) -> Line | None:
    """The line that says best what the story is, or of an update what is new in it; None where
    all has been told. `memory` learns it."""
    lead = _find_lead(brief.papers[:PAPERS_READ], fitting, memory, is_update=brief.is_update)
    if lead is None:
        return None
    memory.add(lead)
    return _line(lead, brief.papers, LineKind.LEAD)


def choose_more(
    brief: Brief, fitting: Sequence[Sentence], memory: Memory, told: Sequence[Line], *, most: int
) -> list[Line]:
    """At most so many further lines that add to `told`, in order of publication; `memory` learns
    them."""
    left = {n: memory.told.share(s.terms) for n, s in enumerate(fitting) if most > 0}
    chosen: list[Line] = []
    speakers = [fold_name(line.speaker) for line in told if line.speaker]
    while len(chosen) < most:
        best, worth = None, LEAST_WORTH
        for n, share in left.items():
            sentence = fitting[n]
            value = _value(sentence, share, speakers)
            if value <= worth or not sentence.news - memory.news or memory.knows(sentence, share):
                continue
            best, worth = n, value
        if best is None:
            break
        sentence = fitting[best]
        chosen.append(_line(sentence, brief.papers, _kind(sentence)))
        memory.add(sentence)
        speakers.append(_speaker(sentence))
        del left[best]
        for n, share in left.items():
            left[n] = max(share, overlap(fitting[n].terms, sentence.terms))
    return sorted(chosen, key=_as_told)


def _as_told(line: Line) -> tuple[str, int, int]:
    """In order of publication, and as they stand in their article."""
    moment = line.article.published or line.article.added
    return moment.isoformat(), line.article.key, line.span.start


def _value(sentence: Sentence, share: float, speakers: Sequence[str] = ()) -> float:
    """What a sentence is worth of which this share was told."""
    value = sentence.worth - REPEAT_WEIGHT * share * sentence.worth
    value -= PLACE_DECAY * sentence.n
    if (speaker := _speaker(sentence)) and speaker in speakers:
        value -= SPEAKER_AGAIN
    return value


def _find_lead(
    papers: Sequence[Paper], fitting: Sequence[Sentence], memory: Memory, *, is_update: bool
) -> Sentence | None:
    """The sentence that says best what the story is, of the fullest article if it was not told;
    of a story that was told before, what is new in it."""
    best, worth = None, 0.0
    newest = max(map(_day, papers))
    for rank, paper in enumerate(papers):
        head = telling_terms(paper.article.title or "")
        for place, sentence in enumerate(
            [s for s in fitting if s.paper is paper][:LEAD_LOOKED_AT]
        ):
            share = memory.told.share(sentence.terms)
            if memory.knows(sentence, share):
                continue
            if is_update and not _is_new(sentence, memory, share, place):
                continue
            value = _lead_value(sentence, head, place) - LEAD_OF_OTHER * rank
            value -= min(LEAD_A_DAY_OLD * (newest - _day(paper)).days, LEAD_OLD)
            if best is None or value > worth:
                best, worth = sentence, value
    return best


def _day(paper: Paper) -> date:
    return paper.article.day or paper.article.added.date()


def _lead_value(sentence: Sentence, head: frozenset[str], place: int) -> float:
    shared = len(sentence.terms & head) / len(head) if head else 0.0
    value = LEAD_HEADLINE * shared + LEAD_WORTH * min(sentence.worth, 1.0) - LEAD_DECAY * place
    if len(sentence.span) < SHORT_LEAD_CHARS:
        value -= SHORT_LEAD
    elif not place and len(sentence.terms & head) >= FIRST_LEAD_TERMS:
        value += FIRST_LEAD
    if "had" in sentence.text.split()[:BACKGROUND_WORDS]:
        value -= BACKGROUND_LEAD
    return value * sentence.alone if value > 0 else value


def _is_new(sentence: Sentence, memory: Memory, share: float, place: int) -> bool:
    """Whether a sentence has something for somebody who was told of the story before."""
    if sentence.news - memory.news and _value(sentence, share) >= LEAST_WORTH:
        return True
    return place < NEW_LEAD_PLACE and share < NEW_LEAD_AT


def _allowed(paper: Paper, brief: Brief) -> set[int] | None:
    """The numbers of the sentences that meet the interest; None where the article is all about
    it."""
    condition = brief.condition
    if condition.kind is InterestKind.QUESTION:
        places = [span for key, span in brief.answers if key == paper.article.key]
        sentences = enumerate(paper.findings.sentences)
        return {n for n, s in sentences if any(s.overlaps(place) for place in places)}
    if condition.kind is InterestKind.PERSON:
        return _sentences_of_person(paper, brief.people, condition.terms)
    if condition.phrase:
        return paper.seen.sentences_with_phrase(condition.phrase)
    if not condition.terms or is_about(condition, paper.seen):
        return None
    return paper.seen.sentences_with(condition.terms)


def _sentences_of_person(paper: Paper, people: Set[str], about: Sequence[str]) -> set[int]:
    """Where the person speaks or is named; on the topic, where one is asked for."""
    places: list[Span] = []
    for quote in paper.findings.quotes:
        if quote.speaker is not None and fold_name(quote.speaker.name or "") in people:
            places += [*quote.content, quote.speaker.span]
    places += [m.span for m in paper.findings.names if fold_name(m.name) in people]
    found = {
        n
        for n, sentence in enumerate(paper.findings.sentences)
        if any(sentence.overlaps(place) for place in places)
    }
    if about and not paper.seen.head.issuperset(about):
        found &= {n for n in found if set(about) <= set(_terms(paper.seen, n))}
    return found


def _terms(seen: Seen, n: int) -> Sequence[str]:
    return seen.sentences[n] if n < len(seen.sentences) else ()


def _kind(sentence: Sentence) -> LineKind:
    if sentence.fact is not None:
        return LineKind.FACT
    if sentence.quote is not None:
        return LineKind.QUOTE
    return LineKind.FIGURE if sentence.figure is not None else LineKind.DATE


def _line(sentence: Sentence, papers: Sequence[Paper], kind: LineKind) -> Line:
    article = sentence.paper.article
    speaker = role = None
    if (quote := sentence.quote) is not None and quote.speaker is not None:
        name = quote.speaker.name or quote.speaker.span.of(article.text)
        if _is_worth_naming(name, sentence, kind):
            speaker, role = name, quote.speaker.role
    also = tuple(
        p.article
        for p in papers
        if p is not sentence.paper
        and any(
            len(sentence.terms & frozenset(terms)) >= TOLD_AT * len(sentence.terms)
            for terms in p.seen.sentences
        )
    )
    return Line(article, sentence.span, kind, speaker, role, also=also)


def _is_worth_naming(name: str, sentence: Sentence, kind: LineKind) -> bool:
    """Whether to name who speaks beside the sentence.

    Whoever "agrees" or "rejects" in a lead need not be speaking, but a person does; "the company"
    says nothing that the sentence does not.
    """
    if name in sentence.paper.seen.people:
        return True
    is_name = name[:1].isupper() and name != sentence.paper.article.source
    return kind is LineKind.QUOTE and is_name


def _speaker(sentence: Sentence) -> str:
    if sentence.quote is None or sentence.quote.speaker is None:
        return ""
    return fold_name(sentence.quote.speaker.name or "")
