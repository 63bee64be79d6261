"""Every string of every room stands in Vietnamese and French, and means one thing."""

import re
from collections import defaultdict

import pytest

from tests.house.extraction import (
    LANGUAGES,
    ROOMS,
    Message,
    catalogue,
    catalogue_path,
    messages_of,
    translations,
)

WITH_WORDS = [room for room in ROOMS if messages_of(room)]


def everything(language: str) -> dict[Message, tuple[str, ...]]:
    """As the reader gets it: the catalogues of all rooms together."""
    said: dict[Message, tuple[str, ...]] = {}
    for room in ROOMS:
        said |= translations(catalogue(room, language))
    return said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("room", WITH_WORDS)
def test_nothing_is_left_in_english(room: str, language: str) -> None:
    said = everything(language)
    gaps = {
        f"{found.places[0]}: {message.text!r}"
        for message, found in messages_of(room).items()
        if message not in said
    }
    assert not gaps


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_message_has_one_translation_in_the_whole_house(language: str) -> None:
    """Django keeps the first it finds: two would depend on the order of the rooms."""
    found: dict[Message, dict[tuple[str, ...], list[str]]] = defaultdict(dict)
    for room in ROOMS:
        for message, words in translations(catalogue(room, language)).items():
            found[message].setdefault(words, []).append(room)
    twice = {message: said for message, said in found.items() if len(said) > 1}
    assert not twice


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("room", WITH_WORDS)
def test_placeholders_survive_translation(room: str, language: str) -> None:
    holes = re.compile(r"%\(\w+\)[a-z]|%%|\{\w+\}")
    for message, words in translations(catalogue(room, language)).items():
        for text in words:
            assert set(holes.findall(text)) == set(holes.findall(message.text)), text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("room", WITH_WORDS)
def test_catalogues_are_utf8_with_their_languages_plurals(
    room: str, language: str
) -> None:
    path = catalogue_path(room, language)
    if not path.exists():
        pytest.skip("its words stand in other rooms")
    header = path.read_text(encoding="utf-8").split("\n\n")[0]
    assert "charset=UTF-8" in header
    plurals = {"vi": "nplurals=1; plural=0;", "fr": "nplurals=2; plural=(n > 1);"}
    assert plurals[language] in header


@pytest.mark.parametrize("room", WITH_WORDS)
def test_vietnamese_is_written_with_vietnamese_letters(room: str) -> None:
    """Composed (NFC), and no «Ð» of another language."""
    import unicodedata

    for words in translations(catalogue(room, "vi")).values():
        for text in words:
            assert "\u00d0" not in text
            assert "\u00f0" not in text
            assert unicodedata.is_normalized("NFC", text), text
