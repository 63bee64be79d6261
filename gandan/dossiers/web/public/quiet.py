"""Free words of officers on pages that a found slip may open: nobody is named in them.

Reasons and lists of papers are typed by people, and people write names. What may not
stand on a page (name, number, telephone, address, plot of land) becomes «…».
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property

from gandan.dossiers.models import Dossier
from gandan.kernel.text import fold
from gandan.ui.reasons import Line, Reasons

GONE = "…"
_TITLES = "ong|ba|anh|chi|co|chu|bac|em|chau|cu|gia dinh"
# Identity numbers, telephones, accounts; then the plot and the sheet of the map.
_NUMBERS = r"(?<![\d/])\+?\d(?:[ .\-]?\d){8,}(?![\d/])"
_LAND = (
    r"\b(?:thua(?: dat)?|to(?: ban do)?(?: dia chinh)?)(?: so)?\s*:?\s*"
    r"\d+(?:[/\-]\d+)*"
)
_MAIL = r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+"
_SHORTEST_PLACE = 5


class Quiet:
    """Reads the people of one dossier at the first words that need it."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier

    def __call__(self, text: str) -> str:
        if not text:
            return ""
        plain, places = _plain(text)
        out, last = [], 0
        for match in self._pattern.finditer(plain):
            starts, ends = places[match.start()], places[match.end() - 1] + 1
            out += [text[last:starts], GONE]
            last = ends
        return "".join([*out, text[last:]])

    def line(self, line: Line) -> Line:
        if isinstance(line, Reasons):
            return Reasons(self(line.title), tuple(map(self, line.lines)))
        return self(line)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        parts = [_MAIL, _NUMBERS, _LAND]
        people = list(self._dossier.parties.all())
        names = [self._dossier.owner_name, *(p.full_name for p in people)]
        for name in names:
            parts += _name(fold(name).split())
        told = [self._dossier.village]
        for person in people:
            told += [person.address, person.village]
        parts += _places(told)
        # The longer first, so that a whole address goes before its village.
        return re.compile("|".join(sorted(set(parts), key=len, reverse=True)))


def _name(words: list[str]) -> list[str]:
    """The whole name wherever it stands; the given name alone after «bà» or «ông»."""
    if not words:
        return []
    whole = r"\s+".join(map(re.escape, words))
    called = rf"\b(?:{_TITLES})\s+{re.escape(words[-1])}\b"
    # A name of one word is a word of the language too: only «ông Sùng» is sure.
    return [called] if len(words) == 1 else [rf"\b{whole}\b", called]


def _places(told: Iterable[str]) -> list[str]:
    places = {fold(text) for text in told}
    return [
        r"\b" + r"[\s,]+".join(map(re.escape, re.split(r"[\s,]+", place))) + r"\b"
        for place in places
        if len(place) >= _SHORTEST_PLACE
    ]


def _plain(text: str) -> tuple[str, list[int]]:
    """Lower case without marks, each letter with its place in the text."""
    letters, places = [], []
    for place, sign in enumerate(text):
        for part in unicodedata.normalize("NFKD", sign):
            if not unicodedata.combining(part):
                for low in part.casefold().replace("đ", "d"):
                    letters.append(low)
                    places.append(place)
    return "".join(letters), places
