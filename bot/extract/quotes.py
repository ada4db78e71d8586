"""Who said what: the quotes of a text, direct, mixed and indirect, with speaker and cue."""

from __future__ import annotations

from collections.abc import Sequence

from bot.extract.cues import cue_class, polarity_of
from bot.extract.quote_forms import find_forms
from bot.extract.quote_labels import Attribution, decode
from bot.extract.quote_page import (
    Page,
    Report,
    RowOfText,
    content_kind,
    read_page,
    trimmed,
    without_marks,
)
from bot.extract.quote_tagger import Row, Tagger, load_tagger
from bot.extract.speakers import SpeakerFinder
from bot.model import Cue, Mention, Quote, QuoteKind, Span

__all__ = ["find_quotes"]


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
    tagger = load_tagger() if with_tagger else None
    reports = _tagged(page, tagger) if tagger else []
    reports = _merged(reports, find_forms(page, reports))
    speakers = SpeakerFinder(page, names)
    out = [_quote(page, report, speakers) for report in reports]
    out.sort(key=lambda q: (q.content[0].start, q.content[0].end))
    return out


def _merged(reports: list[Report], forms: list[Report]) -> list[Report]:
    """`reports` with `forms` in place of those that tell of the same words."""
    spans = [c for form in forms for c in form.contents]
    kept = [r for r in reports if not any(c.overlaps(s) for c in r.contents for s in spans)]
    return kept + forms


def _quote(page: Page, report: Report, speakers: SpeakerFinder) -> Quote:
    kind = content_kind(page, report.contents)
    contents = report.contents
    if kind is QuoteKind.DIRECT:
        contents = tuple(without_marks(page, c) for c in contents)
    cue = report.cue
    return Quote(
        kind=kind,
        content=contents,
        speaker=speakers.resolve(report.source) if report.source else None,
        cue=Cue(cue, cue_class(cue.of(page.text))) if cue else None,
        polarity=polarity_of(cue.of(page.text) if cue else ""),
        unnamed=bool(report.source and speakers.is_unnamed(report.source)),
        confidence=report.score,
    )


def _tagged(page: Page, tagger: Tagger) -> list[Report]:
    rows = [Row(row.tokens.words, row.states, row.place) for row in page.rows]
    reports: list[Report] = []
    for row, tagged in zip(page.rows, tagger.tag(rows), strict=True):
        for attribution in decode(tagged.labels):
            if attribution.cue is None:
                continue
            reports.append(_report(page, row, attribution, tagged.probabilities))
    return reports


def _report(
    page: Page, row: RowOfText, attribution: Attribution, probabilities: list[float]
) -> Report:
    tokens = row.tokens
    contents = tuple(trimmed(page.text, tokens.span(p.first, p.last)) for p in attribution.contents)
    source, cue = attribution.source, attribution.cue
    pieces = [*attribution.contents, *([source] if source else []), *([cue] if cue else [])]
    sure = [sum(probabilities[p.first : p.last + 1]) / (p.last + 1 - p.first) for p in pieces]
    return Report(
        contents=tuple(c for c in contents if len(c)) or contents,
        source=tokens.span(source.first, source.last) if source else None,
        cue=tokens.span(cue.first, cue.last) if cue else None,
        shared=attribution.shared,
        score=sum(sure) / len(sure),
        weakest=min(sure),
    )
