"""Pictures: quote cards and plots, drawn from small recipes."""

from bot.pictures.draw import draw, find_fault
from bot.pictures.letters import is_available
from bot.pictures.lines import Undrawable
from bot.pictures.recipes import (
    Group,
    Lane,
    Plot,
    QuoteCard,
    Recipe,
    Theme,
    Withdrawn,
    dump_recipe,
    load_recipe,
)

__all__ = [
    "Group",
    "Lane",
    "Plot",
    "QuoteCard",
    "Recipe",
    "Theme",
    "Undrawable",
    "Withdrawn",
    "draw",
    "dump_recipe",
    "find_fault",
    "is_available",
    "load_recipe",
]
