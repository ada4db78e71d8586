"""An invented outlet on loopback: its articles, their pages, and its feed in each format."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from tests.support.sites import Answer, Asked, Site
from tests.support.texts import html_page

NOW = datetime(2025, 3, 10, 9, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Story:
    """One article of the outlet."""

    slug: str
    title: str
    published: datetime = NOW
    guid: str | None = None
    updated: datetime | None = None
    body: str = "The bridge at {title} was closed on Monday, the mayor Ines Roca said."

    def paragraphs(self) -> tuple[str, ...]:
        words = self.body.format(title=self.title)
        return (
            words,
            f"“It took us by surprise,” said Bo Lind, who lives by {self.title}. “We wait.”",
            f"Work on {self.title} will last three weeks and cost 40,000 crowns, he added.",
        )


@dataclass(slots=True)
class Paper:
    """The outlet's site: put into `Site.pages` what it publishes."""

    site: Site
    host: str = "news.example"
    stories: list[Story] = field(default_factory=list)
    whole: bool = False
    """Whether the feed carries the articles rather than stubs."""

    def link(self, story: Story) -> str:
        return self.site.url(f"/{story.slug}", self.host)

    def publish(self, *stories: Story) -> None:
        """Put `stories` on top."""
        self.stories[:0] = stories
        for story in stories:
            self.site.pages[f"/{story.slug}"] = Answer(self.page(story))

    def page(self, story: Story) -> str:
        head = (
            f"<title>{story.title}</title><meta property='og:site_name' content='The Courier'>"
            f"<meta property='article:published_time' content='{story.published.isoformat()}'>"
            f"<link rel='canonical' href='{self.link(story)}'>"
        )
        return html_page(head=head, title=story.title, paragraphs=story.paragraphs())

    def _content(self, story: Story) -> str:
        whole = "".join(f"<p>{p}</p>" for p in story.paragraphs() * 8)
        return whole if self.whole else f"<p>{story.paragraphs()[0]}</p>"

    def rss(self) -> str:
        items = "".join(
            f"<item><title>{escape(s.title)}</title><link>{escape(self.link(s))}</link>"
            f"<guid isPermaLink='false'>{escape(s.guid or s.slug)}</guid>"
            f"<pubDate>{format_datetime(s.published)}</pubDate>"
            f"<description>{escape(self._content(s))}</description></item>"
            for s in self.stories
        )
        return (
            "<?xml version='1.0'?><rss version='2.0'><channel><title>The Courier</title>"
            f"<link>{self.site.url('/', self.host)}</link>{items}</channel></rss>"
        )

    def rdf(self) -> str:
        items = "".join(
            f"<item rdf:about={quoteattr(self.link(s))}><title>{escape(s.title)}</title>"
            f"<link>{escape(self.link(s))}</link><dc:date>{s.published.isoformat()}</dc:date>"
            f"<description>{escape(self._content(s))}</description></item>"
            for s in self.stories
        )
        return (
            "<?xml version='1.0'?><rdf:RDF xmlns='http://purl.org/rss/1.0/' "
            "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
            "xmlns:dc='http://purl.org/dc/elements/1.1/'><channel rdf:about='x'>"
            f"<title>The Courier</title><link>/</link></channel>{items}</rdf:RDF>"
        )

    def atom(self) -> str:
        items = "".join(
            f"<entry><title>{escape(s.title)}</title><link href={quoteattr(self.link(s))}/>"
            f"<id>{escape(s.guid or s.slug)}</id><published>{s.published.isoformat()}</published>"
            f"<updated>{(s.updated or s.published).isoformat()}</updated>"
            f"<content type='html'>{escape(self._content(s))}</content></entry>"
            for s in self.stories
        )
        return (
            "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'>"
            f"<title>The Courier</title><link href='/'/>{items}</feed>"
        )

    def json_feed(self) -> str:
        return json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": "The Courier",
                "home_page_url": "/",
                "items": [
                    {
                        "id": s.guid or s.slug,
                        "url": self.link(s),
                        "title": s.title,
                        "content_html": self._content(s),
                        "date_published": s.published.isoformat(),
                    }
                    for s in self.stories
                ],
            }
        )

    def serve_rss(self, path: str = "/feed.xml") -> str:
        """Serve the feed as it is whenever it is asked for; its address."""
        self.site.pages[path] = lambda _: Answer(
            self.rss(), headers={"Content-Type": "application/rss+xml; charset=utf-8"}
        )
        return self.site.url(path, self.host)

    def serve_with_etag(self, path: str = "/feed.xml") -> str:
        """Serve the feed to whoever has not got it as it is; its address."""

        def answer(asked: Asked) -> Answer:
            etag = f'"{len(self.stories)}"'
            if asked.headers.get("if-none-match") == etag:
                return Answer(status=304, headers={"ETag": etag, "Content-Length": "0"})
            return Answer(self.rss(), headers={"ETag": etag, "Content-Type": "text/xml"})

        self.site.pages[path] = answer
        return self.site.url(path, self.host)
