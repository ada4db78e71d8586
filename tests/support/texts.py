"""Builders of pages for the tests; every name and event in them is invented."""

from __future__ import annotations

PARAGRAPHS = (
    "The harbour of Port Ellis reopened on Monday after a storm that had closed it for three "
    "days, the port authority said in a statement.",
    "“We are glad to see the boats again,” said Ines Roca, who leads the authority. “It was a "
    "long wait.”",
    "Ferries will run from Tuesday, with two extra crossings a day until the end of the month, "
    "according to the new timetable.",
    "No boat was lost in the storm, and nobody was hurt, but two cranes have to be repaired "
    "before large ships can be unloaded again.",
)


def html_page(
    *,
    head: str = "",
    title: str = "Harbour reopens after storm",
    below: str = "",
    paragraphs: tuple[str, ...] = PARAGRAPHS,
) -> str:
    """A news page with navigation and footer; `below` stands right after the headline."""
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'>{head}</head><body>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/local'>Local</a></li></ul></nav>"
        f"<main><article><h1>{title}</h1>{below}\n{body}</article></main>"
        "<footer><p>© 2025 The Port Courier</p></footer></body></html>"
    )
