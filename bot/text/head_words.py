"""Names of sections and ends of outlets' names, as the heads of news pages print them."""

from __future__ import annotations


def _lines(text: str) -> frozenset[str]:
    return frozenset(line.strip() for line in text.strip().splitlines())


SECTIONS = _lines(
    """
    politics
    uk politics
    us politics
    world politics
    world
    world news
    international
    international news
    global
    national
    national news
    nation
    u.s.
    u.s. news
    us
    us news
    uk
    uk news
    europe
    asia
    africa
    americas
    latin america
    middle east
    asia pacific
    asia-pacific
    australia
    canada
    china
    india
    ukraine
    ukraine war
    russia
    business
    business news
    economy
    markets
    money
    finance
    personal finance
    companies
    industry
    energy
    real estate
    property
    technology
    tech
    science
    science & environment
    environment
    climate
    climate change
    weather
    health
    education
    law
    crime
    crime & justice
    courts
    justice
    security
    defence
    defense
    war
    military
    diplomacy
    foreign policy
    foreign affairs
    government
    elections
    election
    congress
    white house
    parliament
    society
    religion
    culture
    arts
    arts & culture
    entertainment
    entertainment & arts
    film
    music
    books
    television
    media
    lifestyle
    life & style
    style
    fashion
    food
    travel
    sport
    sports
    football
    soccer
    cricket
    tennis
    opinion
    editorial
    comment
    commentary
    analysis
    explainer
    features
    feature
    investigations
    obituaries
    obituary
    interview
    letters
    local
    local news
    regional
    metro
    city
    cities
    community
    transport
    transportation
    agriculture
    farming
    housing
    labour
    labor
    jobs
    news
    latest news
    top stories
    top news
    headlines
    """
)
"""In lower case; a line that is one of these and no more names the section."""

OUTLET_ENDS = frozenset(
    {
        "news",
        "times",
        "post",
        "herald",
        "tribune",
        "gazette",
        "courier",
        "chronicle",
        "journal",
        "guardian",
        "telegraph",
        "observer",
        "globe",
        "mail",
        "mirror",
        "examiner",
        "inquirer",
        "dispatch",
        "register",
        "bulletin",
        "ledger",
        "mercury",
        "advertiser",
        "argus",
        "echo",
        "press",
        "reporter",
        "record",
        "independent",
        "standard",
        "daily",
        "weekly",
        "wire",
        "newswire",
        "agency",
        "monitor",
        "review",
        "sentinel",
        "star",
        "sun",
        "today",
        "tv",
        "radio",
        "online",
    }
)
"""The last word of many a newspaper's name, in lower case."""
