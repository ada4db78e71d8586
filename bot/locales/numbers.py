"""Numbers as people write them, in the language that is spoken."""

from __future__ import annotations

from bot.locales import ENGLISH, spoken_language


def spoken_number(number: int) -> str:
    """A whole number in groups of three digits, as the language parts them ("1,200", "1.200")."""
    if spoken_language() == ENGLISH:
        return f"{number:,}"
    from babel.numbers import format_decimal

    return format_decimal(number, locale=spoken_language())


def spoken_share(share: float) -> str:
    """A share between 0 and 1 in percent ("80%", "80 %")."""
    if spoken_language() == ENGLISH:
        return f"{share:.0%}"
    from babel.numbers import format_percent

    return format_percent(share, format="#,##0\N{NO-BREAK SPACE}%", locale=spoken_language())
