"""Whole lines that are no article text: credits, adverts, links to other pieces, share bars."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LINE_CHARS = 200
"""A longer line is never clutter: credits and links of real pages stay below."""

_ALONE = (
    r"advertisements?|advertisement - scroll to continue|story continues below(?: advertisement)?"
    r"|article continues below(?: advertisement)?|(?:continue|keep) reading(?: below)?"
    r"|scroll (?:down )?(?:to|for) (?:continue|more)|sponsored(?: content)?|promoted(?: content)?"
    r"|share(?: this)?(?: (?:article|story|page|post))?|tweet|pin it|print(?: this)?"
    r"|e-?mail(?: this)?|comments?|\d+ comments?|loading\W*"
    r"|read more|read full (?:story|article)|most (?:read|popular)"
    r"|related(?: (?:stories|articles|content|topics))?|recommended(?: for you)?|more from .{2,40}"
    r"|(?:sign up|subscribe|log ?in|sign in)(?: now| here| today)?|skip ad|back to top"
    r"|facebook|twitter|whatsapp|linkedin|reddit|copy link|close|play|image source"
)
_LEADS = (
    r"(?:photo|image|picture|photograph|video|graphic)s?(?: (?:credit|source|courtesy|by)s?)?\s?:"
    r"|(?:file )?photo (?:credit|by)\b|image source\s?:|credits?\s?:|caption\s?:|pictured\s?:"
    r"|(?:read|see) (?:more|also|next)(?: (?:on|at|here|about)[^:\n]{0,40})?\s?:"
    r"|also (?:read|see)\s?:|see also\b|more(?: on this)?\s?:"
    r"|related(?: (?:stories|story|articles?|coverage|links?))?\s?:"
    r"|(?:watch|listen)(?: (?:live|now|here|below|the full [^:\n]{0,30}))?\s?:"
    r"|recommended(?: reading)?\s?:|don['’]t miss\s?:|must[- ]read\s?:"
    r"|your browser (?:does not|doesn['’]t) support (?:the )?(?:html5 )?(?:video|audio|iframes?)\b"
    r"|click (?:here|to)\b|tap here\b|sign up (?:for|to|here)\b|subscribe (?:to|for|now|here)\b"
    r"|download (?:the|our) [^.\n]{0,30}app\b"
    r"|get (?:the latest|our) [^.\n]{0,60}(?:inbox|newsletters?|app)\b"
    r"|follow (?:us|me|him|her|@\w+|[^.\n]{1,60}) on (?:twitter|x|facebook|instagram|threads"
    r"|bluesky|telegram|linkedin|youtube|tiktok)\b"
    r"|like us on facebook\b|join (?:us|the conversation) on\b|today\s?:\s"
)
_LEGAL = r"(?:©|\(c\)|copyright)\s?(?:©\s?)?\d{4}\b|all rights reserved\b"
_CREDIT = (
    r"\(?(?:ap photo|reuters|afp|getty images|epa|photo by)\s?/[^.\n]{0,80}\)?"
    r"|[^.!?\n\"“”]{2,60}/(?:getty images|reuters|afp|ap|epa)\)?"
    r"|[^.!?\n\"“”]{2,60}\bvia (?:getty images|reuters|ap|afp)\)?"
)
_CLUTTER = re.compile(
    rf"^[ ]*+(?:[-–—*•|>»][ ]*+)?[\[(]?(?:(?:{_ALONE})[.:!…»›\])]*(?=[ ]*$)"
    rf"|(?P<lead>{_LEADS})|(?:{_LEGAL})|(?:{_CREDIT})(?=[ ]*$))[^\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
_INLINE = re.compile(
    # What scraped pages leave within a paragraph, in the letter case in which pages print it.
    r"(?:Advertisement )?Continue reading the main story|Skip Ad(?:vert)?\b(?: Ad Loading\.\.\.)?"
    r"|(?:Story|Article) continues below(?: advertisement)?|Scroll down for (?:more|video)"
    r"|Read more(?= [\"“‘'A-Z]|\s*$)|Read or Share this story:(?: https?://\S{1,200})?"
    r"|Media playback is (?:un|not )supported on (?:this|your) device|(?:Re)?[Pp]lay Video\b"
    r"|Click to (?:share|email|print)[^.()]{0,40} \(Opens in new window\)"
    r"|Share this (?:with|article|page)(?: (?:E-?mail|Facebook|Messenger|Twitter|Pinterest"
    r"|WhatsApp|LinkedIn|X|Print|Copy(?: this)? link))+|x Embed x Share"
    r"|Image (?:copyright|source)[:,]? [^.!?\n]{2,50}? Image caption"
    r"|Image (?:copyright|caption)(?= [A-Z])"
    r"|\((?:Photo|Image|Picture|Video)s?(?: credit| source| by)?: ?[^()\n]{2,80}\)"
    r"|\((?:[A-Z][\w.' -]{1,40}/[A-Z][\w.' -]{1,40}|Getty(?: Images)?|Alamy|Shutterstock)\)"
    r"(?=\s+[\"“‘A-Z]|\s*$)",
    re.MULTILINE,
)
_QUOTED = re.compile(r"[\"“”]")
_STOPPED = re.compile(r"[.!?](?:\s|$)")


def find_clutter(text: str) -> Iterator[tuple[int, int, str]]:
    """Edits that leave out the lines of `text` that belong to the page, not to the article.

    The line's border stays, so that its neighbours do not run together. The first line is never
    left out (a headline may begin "Watch:"), nor one that is long, holds a quotation mark or more
    than one sentence.
    """
    first = len(text) - len(text.lstrip())
    for match in _CLUTTER.finditer(text):
        start, end = match.span()
        line = match.group()
        if start <= first or end - start > _LINE_CHARS or not line.strip():
            continue
        if match.group("lead") and (_QUOTED.search(line) or len(_STOPPED.findall(line)) > 1):
            continue
        yield start, end, ""


def find_inline_clutter(text: str) -> Iterator[tuple[int, int, str]]:
    """Edits that put a line's end for what belongs to the page but stands within a line.

    In the page it stood between paragraphs, so that what is before and after it does not belong
    together. Only phrases that no prose has in this letter case.
    """
    for match in _INLINE.finditer(text):
        yield match.start(), match.end(), "\n"
