"""Who said what: the quotes of a text, direct, mixed and indirect, with speaker and cue."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from bot.extract.cues import cue_class, polarity_of
from bot.extract.quote_carry import Overlaps, carry_over
from bot.extract.quote_confidence import confidence_of
from bot.extract.quote_forms import find_forms, is_label
from bot.extract.quote_labels import Attribution, decode
from bot.extract.quote_page import (
    Finder,
    Page,
    Report,
    RowOfText,
    content_kind,
    read_page,
    trimmed,
    without_marks,
    without_stray_marks,
)
from bot.extract.quote_relay import find_relayed
from bot.extract.quote_rules import find_by_rules
from bot.extract.quote_subjects import regrouped, with_main_subject
from bot.extract.quote_tagger import Row, Tagger, load_tagger
from bot.extract.speakers import SpeakerFinder
from bot.model import Cue, Mention, Quote, QuoteKind, Span

__all__ = ["find_quotes"]

TAGGED_TOKENS = 15_000
"""The tagger takes some 50 µs a token. So many are some 75,000 characters of prose, more than
any news; what comes after them is read by plain rules."""
MOST_TOKENS = 35_000
"""The 150,000 characters that are read of a text have some 30,000 tokens in prose; a text of signs
alone has as many as characters, and no quotes to be missed: all of it is read by plain rules."""
TURNING_CHARS = 40
"""How far before a cue its "did not" or "would" can stand."""
_BORDER = re.compile(r"[,;:.!?()“”\"—–]|\n")


def find_quotes(
    text: str,
    sentences: Sequence[Span],
    names: Sequence[Mention] = (),
    *,
    with_tagger: bool = True,
) -> list[Quote]:
    """The quotes of `text`, ordered by where their content starts.

    Direct contents exclude the quotation marks; an unclosed quote ends with its paragraph. The
    speaker's span is the mention as printed ("she"); its name and role are given where the
    article makes them sure. `names` are the mentions of the same text; without them capitalised
    names are read from the text itself. Without weights, or without `with_tagger`, plain rules
    do the work.
    """
    page = read_page(text, sentences)
    reports = all_reports(page, load_tagger() if with_tagger else None)
    speakers = SpeakerFinder(page, names)
    # Speakers are resolved in reading order: a pronoun mostly means whoever spoke before.
    reports.sort(key=lambda r: r.source or r.contents[0])
    out = [_quote(page, report, speakers) for report in reports]
    out.sort(key=lambda q: (q.content[0].start, q.content[0].end))
    return out


def all_reports(page: Page, tagger: Tagger | None) -> list[Report]:
    """What the tagger (or the rules, without one), layout and neighbouring paragraphs tell."""
    first = _rows_to_tag(page) if tagger else 0
    reports, open_cues = _tagged(page, page.rows[:first], tagger) if tagger else ([], {})
    reports += _ruled(page, page.rows[first:])
    reports = [with_main_subject(page, r) for r in reports if not _labelled(page.text, r)]
    reports = _merged(reports, find_forms(page, reports))
    reports = carry_over(page, reports, open_cues)
    return [*reports, *find_relayed(page, reports)]


def _rows_to_tag(page: Page) -> int:
    """How many rows of `page` are the tagger's."""
    ends = list(accumulate(len(row.tokens) for row in page.rows))
    if not ends or ends[-1] > MOST_TOKENS:
        return 0
    return bisect_right(ends, TAGGED_TOKENS)


def _labelled(text: str, report: Report) -> bool:
    """Whether what looks like a speaker before a colon is a label ("Photos: …")."""
    source, cue = report.source, report.cue
    if source is None or cue is None or not cue.of(text).startswith(":"):
        return False
    return is_label(source.of(text))


def _merged(reports: list[Report], forms: list[Report]) -> list[Report]:
    """`reports` with `forms` in place of those that tell of the same words."""
    taken = Overlaps([c for form in forms for c in form.contents])
    kept = [r for r in reports if not any(map(taken.any, r.contents))]
    return kept + forms


def _quote(page: Page, report: Report, speakers: SpeakerFinder) -> Quote:
    kind = content_kind(page, report.contents)
    contents = report.contents
    if report.verbatim:
        kind = QuoteKind.DIRECT
    elif kind is QuoteKind.DIRECT:
        contents = tuple(without_marks(page, c) for c in contents)
    cue, source = report.cue, report.source
    words = cue.of(page.text) if cue else ""
    return Quote(
        kind=kind,
        content=contents,
        speaker=speakers.resolve(source) if source else None,
        cue=Cue(cue, cue_class(words)) if cue else None,
        polarity=polarity_of(words, _words_before(page.text, cue, source) if cue else ""),
        relay=report.relay,
        unnamed=bool(source and speakers.is_unnamed(source)),
        confidence=confidence_of(page.text, report, kind),
    )


def _words_before(text: str, cue: Span, source: Span | None) -> str:
    """The words right before a cue that can turn it ("did not", "would")."""
    start = max(0, cue.start - TURNING_CHARS)
    if source and source.end <= cue.start:
        start = max(start, source.end)
    before = _BORDER.split(text[start : cue.start])[-1]
    if source and source.end > cue.start:
        # "…", did not say Lee: what stands before is the content, not the cue's own words.
        return ""
    return before


def _tagged(
    page: Page, of_text: Sequence[RowOfText], tagger: Tagger
) -> tuple[list[Report], dict[int, Report]]:
    """What the tagger finds in these rows of `page`, and by paragraph the last cue that has no
    content there."""
    rows = [Row(row.tokens.words, row.states, row.place) for row in of_text]
    reports: list[Report] = []
    open_cues: dict[int, Report] = {}
    for row, tagged in zip(of_text, tagger.tag(rows), strict=True):
        found: list[Report] = []
        for attribution in decode(tagged.labels):
            if attribution.cue is None:
                continue
            report = _report(page, row, attribution, tagged.probabilities)
            if report.contents:
                found.append(report)
                open_cues.pop(row.paragraph, None)
            else:
                open_cues[row.paragraph] = report
        reports += regrouped(page, found)
    return reports, open_cues


def _ruled(page: Page, rows: Sequence[RowOfText]) -> list[Report]:
    reports = []
    starts = [s.start for s in page.sentences]
    for row in rows:
        first, last = bisect_left(starts, row.span.start), bisect_left(starts, row.span.end)
        unknown = [0.5] * len(row.tokens)
        cuts = [bisect_left(row.tokens.starts, s) for s in starts[first:last]]
        for attribution in find_by_rules(row.tokens, row.states, cuts):
            reports.append(_report(page, row, attribution, unknown, "rules"))
    return reports


def _report(
    page: Page,
    row: RowOfText,
    attribution: Attribution,
    probabilities: list[float],
    by: Finder = "tagger",
) -> Report:
    tokens = row.tokens
    source, cue = attribution.source, attribution.cue
    contents = [trimmed(page.text, tokens.span(p.first, p.last)) for p in attribution.contents]
    sure = [p for c in attribution.contents for p in probabilities[c.first : c.last + 1]] or [0.5]
    return Report(
        contents=tuple(c for c in contents if len(c)),
        source=without_stray_marks(page.text, tokens.span(source.first, source.last))
        if source
        else None,
        cue=tokens.span(cue.first, cue.last) if cue else None,
        shared=attribution.shared,
        content_sure=sum(sure) / len(sure),
        content_least=min(sure),
        source_sure=min(probabilities[source.first : source.last + 1]) if source else 0.5,
        cue_sure=min(probabilities[cue.first : cue.last + 1]) if cue else 0.5,
        by=by,
    )
