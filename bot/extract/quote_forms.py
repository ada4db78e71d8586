"""Quotes told by their layout alone: signed quotations, transcripts, headlines, "X: …"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from bot.extract.quote_carry import Overlaps
from bot.extract.quote_page import Page, Report, trimmed
from bot.model import Span
from bot.text.marks import Quoted

__all__ = ["find_forms", "is_label"]

SIGNATURE_CHARS = 120
"""A longer line under a quotation is no signature."""
HEADLINE_CHARS = 200
"""A longer line is no headline."""
SPEAKER_WORDS = 6
"""Names and descriptions before a colon are this long at most."""
TRANSCRIPT_TURNS = 3
"""So many turns marked alike make a text a transcript."""
PLAIN_LAYOUT = 0.95
"""Layout as sure as this overrules what the words alone seem to say."""
QUOTE_WORDS = 3
"""A quotation after a colon has at least so many words; fewer may be a title."""

# A name or description as it stands before a colon or after a dash: capitalised words with
# small ones between. Bounded in words, and each word bounded, so that no text makes it slow.
_NAME = (
    r"(?:[^\W\d_a-zà-öø-ÿ][\w.'’&-]{0,30})"
    r"(?:,? (?:of|the|de|von|van|bin|al|for|and|[^\W\d_a-zà-öø-ÿ][\w.'’&-]{0,30}))"
    rf"{{0,{SPEAKER_WORDS - 1}}}"
)
_SIGNED_NAME = _NAME.replace(",? ", " ")
_SIGNATURE = re.compile(
    rf"(?P<dash>[-–—―]{{1,3}}|~)[ \xa0]*(?P<name>@\w{{1,30}}|{_SIGNED_NAME})"
    r"(?P<more>,? ?[^\n“”\"]{0,90})$"
)
_HANDLE = re.compile(r"@\w{2,30}$")
_TURN = re.compile(r"(?P<name>[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’\- ]{1,40}(?: \([^()\n]{1,40}\))?): ?(?=\S)")
_TURN_PLAIN = re.compile(rf"(?P<name>{_NAME}): ?(?=\S)")
_HEADLINE = re.compile(rf"(?P<name>{_NAME}): (?=\S)")
_LAST_NAME = re.compile(rf"{_NAME}$")
_HEAD_CUE_AFTER = re.compile(rf",? [-–—] (?P<name>{_NAME})$")
_IN_WORDS = re.compile(
    rf"\b[Ii]n (?P<name>(?:his|her|{_NAME}))(?:['’]s)? (?P<cue>(?:own )?words),? $"
)
_LETTERS = re.compile(r"[^\W\d_]{2}")
_WORD = re.compile(r"\w+")

NO_SPEAKERS = frozenset(
    """
    opinion analysis watch video live exclusive breaking update updated review photos gallery
    explainer explained timeline note notes correction read more quiz podcast interview profile
    obituary feature factbox fact check fact-check editor's photo image advertisement related
    sources source topics tags location date time when where what who why how contact phone email
    price warning spoiler alert today tomorrow yesterday results score final election preview
    recap transcript full text background context question answer q a part chapter episode
    section figure table key
    latest pic suspect total summary highlights bottom line tip step day week example conclusion
    """.split()
)
"""Words before a colon that are labels, not speakers."""
_ARTICLES = frozenset(["a", "an", "the"])


def find_forms(page: Page, taken: list[Report]) -> list[Report]:
    """The quotes that layout alone tells, where `taken` has none or knows no speaker."""
    found = [*_turns(page), *_signed(page), *_headline(page), *_colons(page), *_in_words_of(page)]
    out: list[Report] = []
    seen = Overlaps([c for r in taken if r.source for c in r.contents])
    own: list[Span] = []
    for report in sorted(found, key=lambda r: r.contents[0].start):
        if own and own[-1].end > report.contents[0].start:
            continue
        if report.content_sure < PLAIN_LAYOUT and any(map(seen.any, report.contents)):
            continue
        out.append(report)
        own.append(report.contents[-1])
    return out


def _words(text: str, span: Span) -> int:
    return sum(1 for _ in _WORD.finditer(text, span.start, span.end))


def is_label(name: str) -> bool:
    """Whether words before a colon are a label ("Opinion", "Live updates"), not a speaker."""
    words = [w.lower() for w in _WORD.findall(name)]
    if words and len(words) == 1 and words[0] in _ARTICLES:
        return True
    return not words or words[0] in NO_SPEAKERS or words[-1] in NO_SPEAKERS


def _report(content: tuple[Span, ...], source: Span, cue: Span, score: float) -> Report:
    return Report(content, source, cue, False, score, score, score, score, "form")


def _whole(page: Page, span: Span) -> Quoted | None:
    """The quotation that a paragraph consists of."""
    quoted = page.quoted_in(Span(span.start, min(span.end, span.start + 4)))
    if not quoted or span.end - quoted[0].outer.end > 3:
        return None
    return quoted[0] if not _WORD.search(page.text, quoted[0].outer.end, span.end) else None


# ------------------------------------------------------------------------- signed quotations
def _signed(page: Page) -> Iterator[Report]:
    """Quotations with the name under or behind them: `“…” — Ann Lee`."""
    text, spans = page.text, page.paragraphs.spans
    for number, span in enumerate(spans):
        if number == 0:
            continue
        if len(span) <= SIGNATURE_CHARS:
            before = spans[number - 1]
            sign = _SIGNATURE.match(text, span.start, span.end)
            if sign and not is_label(sign["name"]):
                whole = _whole(page, before)
                long_dash = sign["dash"][0] in "—―" or len(sign["dash"]) > 1
                name = Span(*sign.span("name"))
                if whole is not None:
                    yield _report((whole.inner,), name, Span(*sign.span("dash")), 0.97)
                elif (
                    long_dash
                    and number > 1
                    and len(sign["more"].split()) <= 4
                    and not text[before.end - 1].isalnum()
                    and len(name.of(text).split()) >= 2
                ):
                    yield _report((before,), name, Span(*sign.span("dash")), 0.7)
                continue
            if _HANDLE.match(text, span.start, span.end) and number > 1:
                name = Span(span.start + 1, span.end)
                yield _report((before,), name, Span(span.start, span.start + 1), 0.7)
                continue
        yield from _signed_inside(page, span)


def _signed_inside(page: Page, span: Span) -> Iterator[Report]:
    """A paragraph that is one quotation and a signature behind it."""
    quoted = page.quoted_in(Span(span.start, min(span.end, span.start + 4)))
    if not quoted:
        return
    last = quoted[0].outer.end
    if not 3 <= span.end - last <= SIGNATURE_CHARS:
        return
    rest = page.text[last : span.end]
    skip = len(rest) - len(rest.lstrip())
    sign = _SIGNATURE.match(page.text, last + skip, span.end)
    if sign:
        name, dash = Span(*sign.span("name")), Span(*sign.span("dash"))
        yield _report((quoted[0].inner,), name, dash, 0.95)


# ------------------------------------------------------------------------------- transcripts
def _turns(page: Page) -> Iterator[Report]:
    """Turns of a transcript: `LEE: We won't.` and the paragraphs until the next turn."""
    text, spans = page.text, page.paragraphs.spans
    shouted = [_TURN.match(text, s.start, min(s.end, s.start + 90)) for s in spans]
    plain = [_TURN_PLAIN.match(text, s.start, min(s.end, s.start + 90)) for s in spans]
    names = Counter(m["name"] for m in plain if m)
    often = {n for n, k in names.items() if k >= 2}
    is_plain = sum(names[n] for n in often) >= TRANSCRIPT_TURNS and len(often) >= 2
    turns = [
        s if s and not is_label(s["name"])
        else p if p and is_plain and p["name"] in often and not is_label(p["name"])
        else None
        for s, p in zip(shouted, plain, strict=True)
    ]  # fmt: skip
    turns = [
        t if t and _LETTERS.search(text, t.end(), span.end) else None
        for t, span in zip(turns, spans, strict=True)
    ]
    is_transcript = sum(t is not None for t in turns) >= TRANSCRIPT_TURNS
    later = [False] * (len(turns) + 1)
    for i in range(len(turns) - 1, -1, -1):
        later[i] = later[i + 1] or turns[i] is not None
    for number, turn in enumerate(turns):
        if turn is None or (number == 0 and not is_transcript):
            continue
        contents = [trimmed(text, Span(turn.end(), spans[number].end))]
        after = number + 1
        while (
            is_transcript
            and after < len(turns)
            and after <= number + 8
            and turns[after] is None
            and later[after]
            and text[spans[after].start] not in "([-—"
        ):
            contents.append(spans[after])
            after += 1
        if len(contents[0]) and not text.startswith("http", contents[0].start):
            colon = turn.start("name") + len(turn["name"])
            name = Span(turn.start("name"), colon)
            sure = PLAIN_LAYOUT if is_transcript else 0.9
            turn_of = _report(tuple(contents), name, Span(colon, colon + 1), sure)
            yield replace(turn_of, verbatim=True)


# --------------------------------------------------------------------------------- headlines
def _headline(page: Page) -> Iterator[Report]:
    """The headline as a report: `Lee: tax plan 'a disgrace'` or `'A disgrace' – Lee`."""
    text = page.text
    if not page.paragraphs.spans:
        return
    span = page.paragraphs.spans[0]
    if len(span) > HEADLINE_CHARS or len(page.paragraphs.spans) < 2:
        return
    found = _HEADLINE.match(text, span.start, span.end)
    if found and not is_label(found["name"]):
        content = trimmed(text, Span(found.end(), span.end))
        known = _again(page, found["name"], span.end)
        if _words(text, content) >= 2 and (known or page.quoted_in(content)):
            colon = found.end("name")
            name = Span(*found.span("name"))
            # Unquoted, "Lee: a life" may well be a headline about Lee.
            sure = 0.85 if known and page.quoted_in(content) else 0.45
            yield _report((content,), name, Span(colon, colon + 1), sure)
        return
    behind = _HEAD_CUE_AFTER.search(text, max(span.start, span.end - 70), span.end)
    if behind and page.quoted_in(span) and _again(page, behind["name"], span.end):
        content = trimmed(text, Span(span.start, behind.start()))
        dash = Span(behind.start("name") - 2, behind.start("name") - 1)
        yield _report((content,), Span(*behind.span("name")), dash, 0.7)


def _again(page: Page, name: str, after: int) -> bool:
    """Whether the last word of `name` comes again in the text."""
    last = _WORD.findall(name)[-1]
    return page.text.find(last, after) >= 0


# ------------------------------------------------------------------------------ "X: “…”"
def _colons(page: Page) -> Iterator[Report]:
    """A quotation right after a colon whose words before name the speaker."""
    text = page.text
    for q in page.quoted:
        if q.depth != 1 or _words(text, q.inner) < QUOTE_WORDS:
            continue
        colon = q.outer.start
        if colon > 0 and text[colon - 1] == " ":
            colon -= 1
        if colon == 0 or text[colon - 1] != ":":
            continue
        span = page.paragraphs.spans[page.paragraphs.at(q.outer.start)]
        start = max(span.start, colon - 90)
        name = _LAST_NAME.search(text, start, colon - 1)
        # The name opens the paragraph or stands behind a dash: "Polling – Lee: “…”".
        if name is None or is_label(name.group()):
            continue
        before = text[max(span.start, name.start() - 3) : name.start()].rstrip()
        if name.start() == span.start or before.endswith(("-", "–", "—")):
            yield _report((q.inner,), Span(*name.span()), Span(colon - 1, colon), 0.9)


def _in_words_of(page: Page) -> Iterator[Report]:
    """`In Lee's words, “…”`."""
    text = page.text
    for q in page.quoted:
        found = _IN_WORDS.search(text, max(0, q.outer.start - 70), q.outer.start)
        if found:
            start, end = found.span("name")
            name = Span(start, end - 2 if text.startswith(("'s", "’s"), end - 2) else end)
            cue = Span(*found.span("cue"))
            yield _report((q.inner,), name, cue, PLAIN_LAYOUT)
