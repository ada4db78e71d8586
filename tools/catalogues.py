"""Brings the catalogues in bot/locales up to date with the sentences in the code.

    python -m tools.catalogues

Sentences that are new get an empty entry, those that are gone lose theirs; entries stand in order
of their English words, without places in the code, so that two people's changes seldom meet. What
is missing or wrong is printed, and the exit code is 1 then.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import normalize, read_po

from bot.locales import ENGLISH, LANGUAGES

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "bot" / "locales"
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: newsbot\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"
"""


@dataclass(frozen=True, slots=True, order=True)
class Sentence:
    """A sentence of the program: its English words, those for many, and what tells it apart."""

    one: str
    many: str = ""
    context: str = ""


def find_sentences(root: Path = ROOT) -> list[Sentence]:
    """All sentences in the code that are to be said in other languages, in order, each once."""
    found = set()
    for top in ("bot", "handlers"):
        for path in sorted((root / top).rglob("*.py")):
            found |= set(sentences_in(path.read_text(encoding="utf-8")))
    return sorted(found)


def sentences_in(source: str) -> Iterator[Sentence]:
    """The sentences in a module, those within f-strings included."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        words = [
            a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)
        ]
        match node.func.id, words:
            case (("_" | "N_" | "say"), [one]):
                yield Sentence(one)
            case "ngettext", [one, many]:
                yield Sentence(one, many)
            case "pgettext", [context, one]:
                yield Sentence(one, context=context)


def load_catalogue(language: str) -> Catalog:
    """The catalogue of a language as it is filed."""
    with (FOLDER / f"{language}.po").open("rb") as source:
        return read_po(source, locale=language)


def translation_of(catalogue: Catalog, sentence: Sentence) -> tuple[str, ...]:
    """The words for `sentence`, one for each plural form; empty ones where there are none."""
    empty = ("",) * (catalogue.num_plurals if sentence.many else 1)
    message = catalogue.get(sentence.one, sentence.context or None)
    if message is None or message.fuzzy:
        return empty
    words = message.string
    if isinstance(words, str):
        return (words,) if not sentence.many else empty
    return tuple(words) if sentence.many and len(words) == len(empty) else empty


def find_faults(catalogue: Catalog, sentences: list[Sentence]) -> Iterator[str]:
    """What is wrong with a catalogue, a line each."""
    known = {(s.one, s.context) for s in sentences}
    for message in catalogue:
        one = message.id if isinstance(message.id, str) else message.id[0]
        if not one:
            continue
        if message.fuzzy:
            yield f"unsure: {one}"
        if (one, message.context or "") not in known:
            yield f"not used: {one}"
    for sentence in sentences:
        words = translation_of(catalogue, sentence)
        if not all(words):
            yield f"missing: {sentence.one}"
            continue
        # "One was missed": the form for one may do without the number.
        needed = [placeholders(sentence.one), placeholders(sentence.many or sentence.one)]
        for n, word in enumerate(words):
            wanted = needed[min(n, 1)]
            if placeholders(word) != wanted:
                yield f"other placeholders: {sentence.one} / {word}"
            if word[:1].isspace() != sentence.one[:1].isspace() or (
                word[-1:].isspace() != sentence.one[-1:].isspace()
            ):
                yield f"other spaces around: {sentence.one!r} / {word!r}"


def placeholders(words: str) -> frozenset[str]:
    """What is put into a sentence, with how it is written ("n:,")."""
    return frozenset(
        f"{name}:{form}" if form else name
        for _text, name, form, _conversion in Formatter().parse(words)
        if name is not None
    )


def write_catalogue(language: str, catalogue: Catalog, sentences: list[Sentence]) -> None:
    """File the catalogue with an entry for each sentence, and no other."""
    path = FOLDER / f"{language}.po"
    path.write_text(text_of(language, catalogue, sentences), encoding="utf-8")


def text_of(language: str, catalogue: Catalog, sentences: list[Sentence]) -> str:
    """The catalogue as it is filed."""
    parts = [HEADER.format(language=language, plurals=catalogue.plural_forms)]
    for sentence in sentences:
        words = translation_of(catalogue, sentence)
        lines = [f"msgctxt {_quoted(sentence.context)}"] if sentence.context else []
        lines.append(f"msgid {_quoted(sentence.one)}")
        if sentence.many:
            lines.append(f"msgid_plural {_quoted(sentence.many)}")
            lines += [f"msgstr[{n}] {_quoted(word)}" for n, word in enumerate(words)]
        else:
            lines.append(f"msgstr {_quoted(words[0])}")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _quoted(words: str) -> str:
    return normalize(words, width=0)


def put_words(catalogue: Catalog, sentence: Sentence, words: tuple[str, ...]) -> None:
    """Say `sentence` with `words` from now on, one for each plural form."""
    identity = (sentence.one, sentence.many) if sentence.many else sentence.one
    said = words if sentence.many else words[0]
    catalogue.delete(sentence.one, sentence.context or None)
    catalogue[sentence.one] = Message(identity, said, context=sentence.context or None)


def main() -> None:
    """Renew all catalogues; exit code 1 where something is missing or wrong."""
    sentences = find_sentences()
    faults = 0
    for language in LANGUAGES:
        if language == ENGLISH:
            continue
        catalogue = load_catalogue(language)
        write_catalogue(language, catalogue, sentences)
        for fault in find_faults(load_catalogue(language), sentences):
            faults += 1
            print(f"{language}: {fault}")
    print(f"{len(sentences)} sentences, {faults} faults.")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
