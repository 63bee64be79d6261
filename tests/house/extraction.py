"""Every string of a room that goes through gettext, found by Babel.

`python -m tests.house.extraction ROOM` prints what a room's catalogues still lack,
ready to be filled in.
"""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

CHECKOUT = Path(__file__).resolve().parents[2]
ROOMS = sorted(
    folder.name
    for folder in (CHECKOUT / "gandan").iterdir()
    if (folder / "__init__.py").exists()
)
LANGUAGES = ("vi", "fr")

# Which argument is the context, which the message, which the plural.
KEYWORDS: Mapping[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}


@dataclass(frozen=True, slots=True)
class Message:
    context: str | None
    text: str


Call: TypeAlias = tuple[int, str, tuple[str | None, ...]]


@dataclass(slots=True)
class Found:
    """Where a message stands, and its plural when it has one."""

    plural: str | None = None
    places: list[str] = field(default_factory=list)


def messages_of(room: str) -> dict[Message, Found]:
    """Every message of the room's Python and templates."""
    found: dict[Message, Found] = {}
    for path in sorted((CHECKOUT / "gandan" / room).rglob("*")):
        if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
            for line, message, plural in _in_file(path):
                entry = found.setdefault(message, Found())
                entry.plural = entry.plural or plural
                entry.places.append(f"{path.relative_to(CHECKOUT)}:{line}")
    return found


def _in_file(path: Path) -> Iterator[tuple[int, Message, str | None]]:
    source = path.read_text()
    calls = _python(source) if path.suffix == ".py" else _template(source, path)
    for line, name, said in calls:
        context_at, text_at, plural_at = KEYWORDS[name]
        text = said[text_at] if len(said) > text_at else None
        if text is None:
            continue  # a variable: it was marked where it was written
        context = said[context_at] if context_at is not None else None
        plural = said[plural_at] if plural_at is not None else None
        yield line, Message(context, text), plural


def _python(source: str) -> Iterator[Call]:
    names: Any = list(KEYWORDS)
    found: Any = extract_python(BytesIO(source.encode()), names, [], {})
    for line, name, said, _comments in found:
        yield line, name, said if isinstance(said, tuple) else (said,)


_LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_CALL = re.compile(rf"\b(_|n?p?gettext)\(({_LITERAL}(?:\s*,\s*{_LITERAL})*)")


def _template(source: str, path: Path) -> Iterator[Call]:
    """Django writes a template's strings as calls, line by line, amid filler."""
    if "{%" not in source and "{{" not in source:
        return
    written = templatize(source, origin=str(path))
    for call in _CALL.finditer(written):
        line = written.count("\n", 0, call.start()) + 1
        said = tuple(ast.literal_eval(text) for text in re.findall(_LITERAL, call[2]))
        yield line, call[1], said


def catalogue(room: str, language: str) -> Catalog:
    path = catalogue_path(room, language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, language)


def catalogue_path(room: str, language: str) -> Path:
    folder = CHECKOUT / "gandan" / room / "locale" / language
    return folder / "LC_MESSAGES" / "django.po"


def translations(catalog: Catalog) -> dict[Message, tuple[str, ...]]:
    """What is really translated: neither empty nor marked fuzzy."""
    said = {}
    for entry in catalog:
        text = entry.id if isinstance(entry.id, str) else entry.id[0]
        string = entry.string or ""
        words = (string,) if isinstance(string, str) else tuple(string)
        if text and not entry.fuzzy and all(words):
            said[Message(entry.context, text)] = words
    return said


def missing(room: str, language: str) -> dict[Message, Found]:
    said = translations(catalogue(room, language))
    return {m: found for m, found in messages_of(room).items() if m not in said}


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def main(room: str) -> None:
    """Print the gaps of both languages as lines of a .po file."""
    for language in LANGUAGES:
        gaps = missing(room, language)
        sys.stdout.write(f"# {room} {language}: {len(gaps)} to translate\n")
        for message, found in gaps.items():
            sys.stdout.write(f"#: {found.places[0]}\n")
            if message.context:
                sys.stdout.write(f"msgctxt {_quoted(message.context)}\n")
            sys.stdout.write(f"msgid {_quoted(message.text)}\n")
            if found.plural:
                sys.stdout.write(f"msgid_plural {_quoted(found.plural)}\n")
            sys.stdout.write('msgstr ""\n\n')


if __name__ == "__main__":
    main(sys.argv[1])
