"""Finding a procedure by what people call it: without marks, with typing errors.

The whole catalogue (about 6,000 rows) lies in memory as syllables with the places
they occur in. Pure Python: `queries` builds one index per revision of the catalogue.

A query's syllables are looked up exactly, as beginnings, and with one or two wrong
letters; rare syllables weigh more than «đăng ký». The best candidates are then
compared as whole phrases, which settles what single syllables leave open.
"""

import math
import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from gandan.kernel.text import fold, syllables

_CODE = re.compile(r"^(\d)\.?(\d{2,6})$")
_CANDIDATES = 80
_ENOUGH = 0.62
# How much a syllable says about the procedure, by where it stands.
_EVERYDAY, _SEARCH_WORD, _NAME, _FIELD = 60, 50, 30, 12


@dataclass(frozen=True, slots=True)
class Entry:
    code: str
    name: str
    everyday: tuple[str, ...] = ()
    search_words: tuple[str, ...] = ()
    field: str = ""
    groups: tuple[str, ...] = ()
    life_events: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    # Folded; a department is found in it by its name.
    executing: str = ""
    # Handled by communes or the province, so by the people who use this search.
    local: bool = False
    reviewed: bool = False

    @property
    def prior(self) -> float:
        commune = "commune" in self.levels
        return 0.10 * self.local + 0.05 * commune + 0.10 * self.reviewed


@dataclass(frozen=True, slots=True)
class Hit:
    code: str
    score: float


class Index:
    """Built once per revision; `find` only reads."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self._places: dict[str, tuple[array[int], array[int]]] = {}
        self._phrases: list[tuple[tuple[str, float], ...]] = []
        self._written: list[str] = []
        self._joined: dict[str, set[int]] = defaultdict(set)
        weights: dict[str, dict[int, int]] = defaultdict(dict)
        for number, entry in enumerate(self.entries):
            for syllable, weight in _weights(entry).items():
                weights[syllable][number] = weight
            spoken = (*entry.everyday, *entry.search_words)
            self._phrases.append(
                (*((fold(text), 1.0) for text in spoken), (fold(entry.name), 0.8))
            )
            self._written.append(" | ".join((*spoken, entry.name)).casefold())
            for text in spoken:
                self._joined["".join(syllables(text))].add(number)
        for syllable, places in weights.items():
            self._places[syllable] = (
                array("H", places.keys()),
                array("B", places.values()),
            )
        self._vocabulary = sorted(self._places)
        self._joined_words = sorted(self._joined)

    def find(
        self,
        text: str,
        *,
        most: int = 30,
        keep: Callable[[Entry], bool] = lambda entry: True,
    ) -> list[Hit]:
        """The best matches, best first; a code or its beginning finds by code."""
        if code := _CODE.match(text.strip()):
            return self._by_code(f"{code[1]}.{code[2]}", most, keep)
        asked = syllables(text)
        if not asked:
            return []
        scores = self._by_syllables(asked)
        for number in self._by_joined("".join(asked)):
            scores[number] = max(scores.get(number, 0.0), 1.0)
        likely = nlargest(_CANDIDATES, scores, key=lambda n: scores[n])
        key, written = fold(text), text.casefold().strip()
        found = []
        for number in likely:
            entry = self.entries[number]
            if not keep(entry):
                continue
            alike = max(fuzz.ratio(key, p) * w for p, w in self._phrases[number])
            within = max(
                fuzz.partial_ratio(key, p) * w if len(p) >= len(key) else 0.0
                for p, w in self._phrases[number]
            )
            as_written = 0.15 if written in self._written[number] else 0.0
            score = (
                scores[number]
                + 0.5 * alike / 100
                + 0.6 * within / 100
                + as_written
                + entry.prior
            )
            found.append(Hit(entry.code, round(score, 4)))
        found.sort(key=lambda hit: (-hit.score, hit.code))
        # What answers much worse than the best only makes the list long.
        enough = found[0].score * _ENOUGH if found else 0.0
        return [hit for hit in found[:most] if hit.score >= enough]

    def _by_code(
        self, beginning: str, most: int, keep: Callable[[Entry], bool]
    ) -> list[Hit]:
        codes = sorted(
            e.code for e in self.entries if e.code.startswith(beginning) and keep(e)
        )
        return [Hit(code, 1.0) for code in codes[:most]]

    def _by_joined(self, joined: str) -> set[int]:
        """«sodo», «khaisinh»: people leave the spaces out, too."""
        if len(joined) < 4:
            return set()
        near = process.extract(
            joined,
            self._joined_words,
            scorer=OSA.normalized_similarity,
            score_cutoff=0.86,
            limit=6,
        )
        return set().union(*(self._joined[word] for word, _score, _n in near))

    def _by_syllables(self, asked: Sequence[str]) -> dict[int, float]:
        """Weighted share of the query that each entry answers, from 0 to 1."""
        total = 0.0
        sums: dict[int, float] = defaultdict(float)
        for syllable in dict.fromkeys(asked):
            best: dict[int, float] = {}
            near = self._near(syllable, last=syllable == asked[-1])
            rarity = max((self._rarity(w) for w, q in near if q == 1.0), default=0.0)
            for word, quality in near:
                weight = (rarity or self._rarity(word)) * quality
                numbers, places = self._places[word]
                for number, place in zip(numbers, places, strict=True):
                    value = weight * (0.4 + place / 100)
                    if value > best.get(number, 0.0):
                        best[number] = value
            total += rarity or max((self._rarity(w) for w, _q in near), default=4.0)
            for number, value in best.items():
                sums[number] += value
        return {n: v / total for n, v in sums.items() if v / total > 0.3}

    def _near(self, syllable: str, *, last: bool) -> list[tuple[str, float]]:
        """(known syllable, how well it fits); 1 is the same."""
        near: dict[str, float] = {}
        if syllable in self._places:
            near[syllable] = 1.0
        if len(syllable) >= 3:
            cutoff = 0.72 if len(syllable) > 3 else 0.6
            for word, alike, _n in process.extract(
                syllable,
                self._vocabulary,
                scorer=OSA.normalized_similarity,
                score_cutoff=cutoff,
                limit=8,
            ):
                near.setdefault(word, alike * 0.75)
        if last and len(syllable) >= 2:  # still typing
            for word in self._vocabulary:
                if word.startswith(syllable):
                    near[word] = max(
                        near.get(word, 0.0), 0.8 if word != syllable else 1
                    )
        return list(near.items())

    def _rarity(self, word: str) -> float:
        count = len(self._places[word][0])
        return 0.3 + math.log((len(self.entries) + 1) / (count + 0.5))


def _weights(entry: Entry) -> dict[str, int]:
    """Each syllable once, with the weight of the best place it stands in."""
    weights: dict[str, int] = {}
    for texts, weight in (
        ((entry.field, *entry.groups), _FIELD),
        ((entry.name,), _NAME),
        (entry.search_words, _SEARCH_WORD),
        (entry.everyday, _EVERYDAY),
    ):
        for text in texts:
            for syllable in syllables(text):
                weights[syllable] = weight
    return weights
