"""Replies as plain text, for the terminal, for logs of a pipe, and for JSON."""

from __future__ import annotations

from bot.talk.replies import BlockKind, Reply


def render_plain(reply: Reply) -> str:
    """`reply` as lines of text; sentences stand between marks of their own (a bar at the left)."""
    parts: list[str] = []
    for block in reply.blocks:
        if block.kind is BlockKind.QUOTE:
            parts.append("\n".join(f"  | {line}" for line in block.text.splitlines()))
        elif block.kind is BlockKind.STRUCK:
            parts.append("\n".join(f"  - {line}" for line in block.text.splitlines()))
        elif block.kind is BlockKind.SOURCE:
            link = f" · {block.url}" if block.url else ""
            parts.append(f"    {block.text}{link}")
        else:
            parts.append(block.text)
    if reply.toast and not parts:
        parts.append(reply.toast)
    return "\n".join(parts)
