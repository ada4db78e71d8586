"""Who said a phrase that somebody marked, a message that they answer, or a post they forward."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.answer.question import PRONOUNS
from bot.answer.result import Answer, SpokenBy
from bot.locales import _
from bot.model import Article, Quote, QuoteKind, Span
from bot.newsroom import Newsroom
from bot.store.search import search_phrase
from bot.talk.answer_blocks import answer_blocks
from bot.talk.buttons import context_buttons, copy_button, in_rows, share_button
from bot.talk.leads import outlet_and_day
from bot.talk.lines import named
from bot.talk.replies import Block, BlockKind, Button, Reply
from bot.text.sentences import find_sentences
from bot.text.words import find_words, fold

LONGEST_READ_CHARS = 4_000  # a message is no longer
LONGEST_PHRASE_CHARS = 300
PHRASES_TRIED = 8  # of each kind
FEWEST_WORDS = 3  # a shorter line ("sample", a name) stands in many articles
HITS_LOOKED_AT = 8

WHO_SAID_THIS = re.compile(
    r"(?:and |so |but )?(?:who(?:'s|s| is| was| has)?|hwo) (?:said|says|saying|say|told|wrote|"
    r"claimed|quoted)(?: (?:this|that|it|these words|so))?(?: words?)?[ ?!.]*|says who[ ?!.]*|"
    r"(?:who|whose) (?:is|was|are|were) (?:this|that|it|these)(?: (?:quote|words?))?[ ?!.]*|"
    r"whose (?:words|quote)(?: (?:is|are|was|were) (?:this|that|these|it))?[ ?!.]*|"
    r"(?:source|who|by whom)[ ?!.]*",
    re.IGNORECASE,
)
_IN_MARKS = re.compile('“[^”]*”?|"[^"]*"?|(?<!\\w)‘.*?’(?!\\w)', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Found:
    """Where a phrase stands: the article, the sentence, and the phrase itself in it."""

    article: Article
    sentence: Span
    phrase: Span


def find_phrase(newsroom: Newsroom, phrase: str, *, beside: str = "") -> Found | None:
    """The sentence of a current article that holds the words of `phrase` one after another.

    One that also stands in the text `beside` (the message in which it was marked) goes first.
    """
    words = phrase[:LONGEST_PHRASE_CHARS]
    hits = search_phrase(newsroom.store, words, limit=HITS_LOOKED_AT)
    found: list[Found] = []
    for hit in hits:
        article = newsroom.look_up_version(hit.version)
        if article is None:
            continue
        found.append(Found(article, hit.span, _place(article.text, hit.span, words)))
    beside = fold(beside)
    return next(
        (f for f in found if beside and fold(f.sentence.of(f.article.text)) in beside),
        found[0] if found else None,
    )


def _place(text: str, sentence: Span, phrase: str) -> Span:
    """Where the words of `phrase` stand in the sentence; the whole sentence if that is unclear."""
    wanted = [word.term for word in find_words(phrase)]
    words = find_words(sentence.of(text))
    terms = [word.term for word in words]
    for at in range(len(terms) - len(wanted) + 1):
        if wanted and terms[at : at + len(wanted)] == wanted:
            first, last = words[at].span, words[at + len(wanted) - 1].span
            return Span(sentence.start + first.start, sentence.start + last.end)
    return sentence


def find_in_message(newsroom: Newsroom, message: str) -> Found | None:
    """The sentence of an article that stands in `message` (an answer of ours, a post), or that
    holds what stands there in quotation marks; the longest first."""
    quoted, sentences = phrases_in(message)
    for phrases in (sentences, quoted):
        long = [phrase for phrase in phrases if len(find_words(phrase)) >= FEWEST_WORDS]
        for phrase in long[:PHRASES_TRIED]:
            found = find_phrase(newsroom, phrase, beside=message)
            if found is not None:
                return found
    return None


def phrases_in(message: str) -> tuple[list[str], list[str]]:
    """What stands in quotation marks in a message, and its sentences; the longest first."""
    message = message[:LONGEST_READ_CHARS]
    sentences = [s.of(message).strip(" |\n") for s in find_sentences(message)]
    quoted = [match.group().strip('“”‘’"') for match in _IN_MARKS.finditer(message)]
    return sorted(quoted, key=len, reverse=True), sorted(sentences, key=len, reverse=True)


def answer_at(newsroom: Newsroom, article: Article, place: Span) -> Answer | None:
    """The whole sentences at a place, with who said them where they are a quote; None where no
    sentence stands there."""
    held = [s for s in newsroom.get_findings(article).sentences if s.overlaps(place)]
    if not held:
        return None
    sentences = Span(held[0].start, held[-1].end)
    return answer_of(newsroom, Found(article, sentences, place))


def quote_page(newsroom: Newsroom, found: Found) -> Reply:
    """The sentence that a link leads to; who said it where it is a quote, else where it stood."""
    quote = _quote_of(newsroom, found)
    if quote is not None:
        return speaker_reply(newsroom, found)
    answer = Answer(found.article, found.sentence, 1.0)
    lead = Block(BlockKind.LEAD, outlet_and_day(answer) or _("An article of ours"))
    blocks = (lead, *answer_blocks(answer, newsroom.get_findings))
    return Reply(blocks, _around(answer))


def _around(answer: Answer) -> tuple[tuple[Button, ...], ...]:
    return in_rows(
        [*context_buttons([answer]), *copy_button(answer, _("Copy")), share_button(answer)]
    )


def answer_of(newsroom: Newsroom, found: Found) -> Answer:
    """The sentence that was found, with who says it where it is a quote."""
    quote = _quote_of(newsroom, found)
    return Answer(found.article, found.sentence, 1.0, _speaker(quote, found.article), quote)


def speaker_reply(newsroom: Newsroom, found: Found) -> Reply:
    """Who said the phrase that was found, whether in these very words, and the sentence."""
    answer = answer_of(newsroom, found)
    quote = answer.quote
    outlet = found.article.source or _("the article")
    lead = _("{name}, as reported by {outlet}")
    if quote is None:
        lead = _("Nobody is quoted with these words.")
        told = _("They are {outlet}’s own report.")
    elif answer.speaker is None:
        lead = _("The article does not name who said this.")
        told = _("It stands as a quote in {outlet}.")
    elif quote.kind is QuoteKind.INDIRECT:
        told = _("The wording is the reporter’s, not a direct quote.")
    elif _is_word_for_word(quote, found):
        lead = "{name}"
        told = _("Quoted word for word by {outlet}.")
    else:
        told = _("Part of it is a direct quote; the rest is the reporter’s wording.")
    blocks = [
        Block(BlockKind.LEAD, lead.format(name=named(answer), outlet=outlet)),
        *answer_blocks(answer, newsroom.get_findings),
        Block(BlockKind.TEXT, told.format(outlet=outlet)),
    ]
    return Reply(tuple(blocks), _around(answer))


def _quote_of(newsroom: Newsroom, found: Found) -> Quote | None:
    """The quote whose content the phrase touches most; the shorter one where they tie."""
    quotes = [
        (touched, -len(quote.span), quote)
        for quote in newsroom.get_findings(found.article).quotes
        if (touched := _touched(quote, found.phrase))
    ]
    return max(quotes, key=lambda item: item[:2])[2] if quotes else None


def _touched(quote: Quote, phrase: Span) -> int:
    return sum(
        max(0, min(content.end, phrase.end) - max(content.start, phrase.start))
        for content in quote.content
    )


def _is_word_for_word(quote: Quote, found: Found) -> bool:
    """Whether the whole phrase stands between quotation marks."""
    if quote.kind is QuoteKind.DIRECT:
        return True
    sentence = found.sentence.of(found.article.text)
    at = Span(found.phrase.start - found.sentence.start, found.phrase.end - found.sentence.start)
    return any(m.start() <= at.start and at.end <= m.end() for m in _IN_MARKS.finditer(sentence))


def _speaker(quote: Quote | None, article: Article) -> SpokenBy | None:
    if quote is None or quote.speaker is None:
        return None
    name = quote.speaker.name or quote.speaker.span.of(article.text)
    return SpokenBy(name, quote.speaker.role) if fold(name) not in PRONOUNS else None
