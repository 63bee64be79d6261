"""One file per figure: reviewed like code, disputed like law."""

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
    definitions.sort(key=lambda one: (sections.index(one.section), one.code))
    return {one.code: one for one in definitions}


DEFINITIONS: Mapping[str, Definition] = _found()
MEASURES: Mapping[str, Measure] = {
    measure.code: measure
    for definition in DEFINITIONS.values()
    for measure in definition.measures
}
