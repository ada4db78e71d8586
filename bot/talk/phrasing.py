"""What is typed after a command, made the question that it stands for."""

from __future__ import annotations

import re

_ASKS = re.compile(r"(?:what|who|whose|when|where|why|how|which|did|does|is|was|are|were)\b", re.I)
_ABOUT = re.compile(r"\s+(?:about|on|regarding|concerning)\s+", re.I)
_LINKED = re.compile(r"(?:about|on|in|at|between|by|with|for)\b", re.I)
_HELPERS = re.compile(r"(?:is|was|are|were|did|does|do|will|has|have|had|can|could)\b", re.I)


def question_of(command: str, rest: str) -> str:
    """The question that "/command rest" asks; empty where the command needs more words.

    "/said Lindqvist about gas" asks what Lindqvist said about gas; a whole question after the
    command stays as it is.
    """
    rest = " ".join(rest.split())
    if not rest:
        return "what was agreed" if command == "agreed" else ""
    match command:
        case "who":
            return rest if rest.lower().startswith(("who", "which")) else f"who {rest}"
        case "said" if not _ASKS.match(rest):
            who, *topic = _ABOUT.split(rest, maxsplit=1)
            about = f" about {topic[0]}" if topic else ""
            return f"what did {_bare(who)} say{about}"
        case "agreed" if not _ASKS.match(rest):
            return f"what was agreed {rest if _LINKED.match(rest) else f'on {rest}'}"
        case "when" if not rest.lower().startswith("when"):
            return f"when {rest}" if _HELPERS.match(rest) else f"when is {_bare(rest)}"
    return rest


def _bare(words: str) -> str:
    """`words` without a preposition or a verb of saying that was typed around a name."""
    words = re.sub(r"^(?:by|from|of|about|on)\s+", "", words, flags=re.I)
    return re.sub(r"\s+(?:said|says|say)$", "", words, flags=re.I)
