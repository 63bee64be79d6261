"""One file per figure: reviewed like code, disputed like law."""

import re
from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from gandan.indicators.algebra import Measure
from gandan.indicators.definition import Definition, Section


def _found() -> dict[str, Definition]:
    """Every file of this folder, in the order of the sections and then of the codes."""
    definitions: list[Definition] = []
    for module in iter_modules(__path__):
        definitions.append(import_module(f"{__name__}.{module.name}").DEFINITION)
    sections = list(Section)
    definitions.sort(key=lambda one: (sections.index(one.section), _ordered(one.code)))
    return {one.code: one for one in definitions}


def _ordered(code: str) -> list[tuple[int, str]]:
    """Ages by their numbers: 6–15 days before 16–30."""
    words = re.split(r"[._]", code)
    return [(int(word) if word.isdigit() else -1, word) for word in words]


DEFINITIONS: Mapping[str, Definition] = _found()
MEASURES: Mapping[str, Measure] = {
    measure.code: measure
    for definition in DEFINITIONS.values()
    for measure in definition.measures
}
