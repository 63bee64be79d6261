"""From a template and plain data to PDF, PNG or SVG, in milliseconds.

A template is a file of ours; data travel as JSON beside it and are never pasted into
its source, so that no name or address can become code.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Literal, TypeAlias

import typst
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from PIL import Image

# The folder of the whole package: a template may import "/documents/typst/base.typ"
# from any room, and can read nothing outside.
ROOT = Path(__file__).resolve().parent.parent
FAMILIES = frozenset({"Tinos", "Be Vietnam Pro"})
Data: TypeAlias = Mapping[str, object]
_Format: TypeAlias = Literal["pdf", "png", "svg"]
_Standard: TypeAlias = Literal["a-2b", "1.7"]
# One compiler keeps its fonts and caches warm; it works on one page at a time.
_lock = Lock()


class TypesetFailed(Exception):
    """A template is broken or got data it did not expect.

    Names the template only: the compiler's own message may quote the data.
    """

    def __init__(self, template: str) -> None:
        super().__init__(f"typesetting {template} failed")
        self.template = template


def compile_pdf(
    template: str, data: Data, *, at: datetime, pdf_a: bool = True
) -> bytes:
    """One PDF file, archival (PDF/A-2b) unless told otherwise.

    `at` is the time the file says it was made: equal data at an equal time give
    equal bytes.
    """
    standard: _Standard = "a-2b" if pdf_a else "1.7"
    return _compile(template, data, "pdf", standard=standard, at=at)[0]


def compile_png(template: str, data: Data, *, ppi: int = 120) -> tuple[bytes, ...]:
    """One small grey picture per page, for the photo album of a telephone."""
    pages = _compile(template, data, "png", ppi=ppi)
    return tuple(_small(page) for page in pages)


def compile_svg(template: str, data: Data) -> tuple[str, ...]:
    """One drawing per page."""
    return tuple(page.decode() for page in _compile(template, data, "svg"))


def template_path(template: str) -> Path:
    """`slip01` is a template of this room; `forms/typst/form` one of another."""
    relative = template if "/" in template else f"documents/typst/{template}"
    path = (ROOT / f"{relative}.typ").resolve()
    if not path.is_relative_to(ROOT) or not path.is_file():
        raise ValueError(f"no template named {template!r}")
    return path


@cache
def fonts() -> typst.Fonts:
    """Only the fonts of `FONT_DIRS`: a page looks the same on every machine."""
    found = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in settings.FONT_DIRS],
    )
    if missing := FAMILIES - set(found.families()):
        raise ImproperlyConfigured(
            f"fonts not found: {', '.join(sorted(missing))}."
            " Run `npm ci`, or name their folders in GANDAN_FONTS."
        )
    return found


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(root=str(ROOT), font_paths=fonts())


def _compile(
    template: str,
    data: Data,
    output: _Format,
    *,
    ppi: int | None = None,
    standard: _Standard | None = None,
    at: datetime | None = None,
) -> list[bytes]:
    made_at = int(at.timestamp()) if at else 0
    inputs = {"data": json.dumps(data, ensure_ascii=False, allow_nan=False)}
    with _lock:
        try:
            pages = _compiler().compile(
                str(template_path(template)),
                format=output,
                ppi=ppi,
                sys_inputs=inputs,
                pdf_standards=standard,
                timestamp=made_at,
            )
        except typst.TypstError:
            raise TypesetFailed(template) from None
    if isinstance(pages, list):
        return pages
    return [pages] if pages is not None else []


def _small(page: bytes) -> bytes:
    """Print is black on white: sixteen greys halve the file and stay legible."""
    with Image.open(BytesIO(page)) as picture:
        grey = picture.convert("L").point([round(level / 17) for level in range(256)])
    grey.putpalette([channel for step in range(16) for channel in (step * 17,) * 3])
    out = BytesIO()
    grey.save(out, "PNG", bits=4)
    return out.getvalue()
