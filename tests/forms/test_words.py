"""Every string of the room is said in three languages, and every event is known."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

import gandan.forms
from gandan.forms.web import wording
from gandan.ui.reading import Reason

ROOM = Path(gandan.forms.__file__).parent
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "blocktranslate"}
# What templatize writes: calls of gettext and ngettext between lines of XXX.
IN_TEMPLATE = re.compile(
    r"n?gettext\((u?'(?:[^'\\]|\\.)*'|u?\"(?:[^\"\\]|\\.)*\")", re.S
)


def said_in_python() -> Iterator[str]:
    for path in ROOM.rglob("*.py"):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            first = node.args[0] if node.args else None
            if node.func.id in CALLS and isinstance(first, ast.Constant):
                yield str(first.value)


def said_in_templates() -> Iterator[str]:
    for path in ROOM.rglob("*.html"):
        text = templatize(path.read_text(encoding="utf-8"), origin=path.name)
        for found in IN_TEMPLATE.finditer(text):
            yield str(ast.literal_eval(found[1].removeprefix("u")))


@pytest.mark.parametrize("language", ["vi", "fr"])
def test_every_string_is_translated(language: str) -> None:
    path = ROOM / "locale" / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        catalogue = read_po(file, language)
    known: dict[str, object] = {}
    for message in catalogue:
        name = message.id[0] if isinstance(message.id, tuple) else message.id
        known[str(name)] = message.string
    wanted = set(said_in_python()) | set(said_in_templates())
    assert len(wanted) > 100
    untold = {name for name in wanted if not known.get(name)}
    assert not untold
    unused = {name for name in known if name and name not in wanted}
    assert not unused


def test_names_inside_a_translation_are_those_of_the_original() -> None:
    for language in ("vi", "fr"):
        path = ROOM / "locale" / language / "LC_MESSAGES" / "django.po"
        with path.open("rb") as file:
            for message in read_po(file, language):
                if not message.id:
                    continue
                ids = message.id if isinstance(message.id, tuple) else (message.id,)
                texts = message.string
                for text in texts if isinstance(texts, tuple) else (texts,):
                    assert set(re.findall(r"%\(\w+\)s", str(text))) == set(
                        re.findall(r"%\(\w+\)s", str(ids[-1]))
                    ), message.id


def test_every_reason_of_a_refusal_has_words() -> None:
    written = set()
    for name in ("kinds.py", "conditions.py"):
        text = (ROOM / name).read_text(encoding="utf-8")
        written |= set(re.findall(r'AnswerRefused\("(\w+)"', text))
        written |= set(re.findall(r'Problem\(asked, "(\w+)"', text))
    written |= {reason for reason in get_args(Reason) if "day" not in reason}
    assert written - {"required", "check"} <= set(wording.REFUSED)
    assert {"not_a_name", "too_few", "required"} <= written
