"""Templates: each one parses, is used, and carries no script or style of its own."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.template.loader import get_template

HOUSE = Path(__file__).resolve().parents[2] / "gandan"
TEMPLATES = {
    str(path.relative_to(folder)): path
    for folder in HOUSE.glob("*/templates")
    for path in folder.rglob("*")
    if path.is_file()
}
# Named by libraries: allauth's views and limits, Django's handlers.
BY_LIBRARIES = {
    "account/login.html",
    "account/logout.html",
    "account/account_inactive.html",
    "429.html",
}


@pytest.mark.parametrize("name", [n for n in TEMPLATES if not n.startswith("cotton/")])
def test_every_template_parses(name: str) -> None:
    get_template(name)


@cache
def names_in_python() -> tuple[set[str], list[re.Pattern[str]]]:
    """Names as they stand, and patterns of those put together from parts."""
    whole: set[str] = set()
    patterns: list[re.Pattern[str]] = []
    for path in HOUSE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if node.value.endswith((".html", ".txt")):
                    whole.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                pattern = "".join(_part(value) for value in node.values)
                if re.search(r"\\\.(html|txt)$", pattern) and "/" in pattern:
                    patterns.append(re.compile(pattern))
    return whole, patterns


def _part(value: ast.expr) -> str:
    if isinstance(value, ast.Constant):
        return re.escape(str(value.value))
    return r"[\w.-]+"


@cache
def names_in_templates() -> set[str]:
    """What is extended or included, and the components that are written as tags."""
    found: set[str] = set()
    for path in TEMPLATES.values():
        text = path.read_text()
        found |= set(
            re.findall(r"{%\s*(?:extends|include)\s+[\"']([^\"']+)[\"']", text)
        )
        for tag in re.findall(r"<c-([\w.-]+)", text):
            found.add(f"cotton/{tag.replace('.', '/').replace('-', '_')}.html")
    return found


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_is_used(name: str) -> None:
    whole, patterns = names_in_python()
    used = (
        name in whole
        or name in names_in_templates()
        or name in BY_LIBRARIES
        or any(pattern.fullmatch(name) for pattern in patterns)
    )
    assert used


FORBIDDEN = (
    (r"<style\b", "a style sheet"),
    (r"\sstyle=", "a style attribute"),
    (r"<script(?![^>]*\ssrc=)[^>]*>", "an inline script"),
    (r"\son[a-z]+=[\"']", "an event handler"),
    (r"javascript:", "an address that is a script"),
)


def _without_comments(text: str) -> str:
    text = re.sub(r"{% comment %}.*?{% endcomment %}", "", text, flags=re.DOTALL)
    return re.sub(r"{#.*?#}", "", text)


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_carries_script_or_style(name: str) -> None:
    text = _without_comments(TEMPLATES[name].read_text())
    for pattern, what in FORBIDDEN:
        assert not re.search(pattern, text, re.IGNORECASE), what


_CLASS_BLOCK = r"{%\s*block (\w+_class)\s*%}.*?{%\s*endblock(?: \1)?\s*%}"


def _plain_words(text: str) -> Iterator[str]:
    """Letters between tags that no translation tag surrounds."""
    text = _without_comments(text)
    text = re.sub(
        r"{%\s*blocktranslate.*?{%\s*endblocktranslate\s*%}", "", text, flags=re.S
    )
    text = re.sub(_CLASS_BLOCK, " ", text, flags=re.DOTALL)
    text = re.sub(r"{%.*?%}|{{.*?}}", " ", text, flags=re.DOTALL)
    text = re.sub(r"<(svg|title|code|kbd)\b.*?</\1>", " ", text, flags=re.DOTALL)
    text = re.sub(r"<[^>]*>", "\n", text, flags=re.DOTALL)
    for line in text.splitlines():
        if re.search(r"[^\W\d_]{3,}", line):
            yield line.strip()


# Names, units and signs. The slips are Vietnamese by law, whoever reads them.
NOT_TRANSLATED = re.compile(r"Gần Dân|^(QR|PDF|XLSX|PNG|km²|m²|&\w+;)$")
VIETNAMESE_BY_LAW = {"documents/print_view.html"}


@pytest.mark.parametrize(
    "name",
    [
        n
        for n in TEMPLATES
        if n.endswith(".html") and "/sheet/" not in n and n not in VIETNAMESE_BY_LAW
    ],
)
def test_no_word_of_a_template_escapes_translation(name: str) -> None:
    said = [
        words
        for words in _plain_words(TEMPLATES[name].read_text())
        if not NOT_TRANSLATED.search(words)
    ]
    assert not said
