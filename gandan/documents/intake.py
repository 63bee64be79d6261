"""What may be kept of what somebody hands in: decided by the bytes, not the name.

A PDF is kept as it is, so that its signatures stay valid, but only without anything
that acts by itself. A picture is drawn anew: nothing but its dots survives, no place
where it was taken, no hidden data.
"""

import re
import zlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from gandan.kernel.text import TextRefused, clean, fold

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
MOST_PAGES = 300
MOST_DOTS = Image.MAX_IMAGE_PIXELS = 50_000_000
# A4 at 300 dots an inch is 3508 high: more shows nothing more.
LONGEST_SIDE = 3508
JPEG_QUALITY = 85
# Objects of a PDF that are looked at; a scan of 300 pages has some three thousand.
MOST_OBJECTS = 200_000
LONGEST_NAME = 150


class Why(StrEnum):
    """Why a file is not kept; the faces phrase it."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN_TYPE = "unknown_type"
    OFFICE_FILE = "office_file"
    HEIC = "heic"
    BROKEN = "broken"
    TOO_MANY_DOTS = "too_many_dots"
    LOCKED = "locked"
    TOO_MANY_PAGES = "too_many_pages"
    ACTIVE_CONTENT = "active_content"
    SECRET_MARK = "secret_mark"
    TOO_MANY_FILES = "too_many_files"


class FileRefused(Exception):
    """The file cannot be kept, and nothing was written."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class Accepted:
    """What will be written: the bytes, and what they are."""

    data: bytes
    content_type: str
    extension: str
    pages: int | None = None


def inspect(data: bytes, *, name: str) -> Accepted:
    """Read the bytes and say what is kept, or raise `FileRefused`."""
    if bears_secret_mark(name):
        raise FileRefused(Why.SECRET_MARK)
    if not data:
        raise FileRefused(Why.EMPTY)
    if len(data) > MOST_BYTES:
        raise FileRefused(Why.TOO_LARGE)
    if data.startswith(b"%PDF-"):
        return Accepted(data, "application/pdf", "pdf", _pages_of_harmless(data))
    if data.startswith(b"\xff\xd8\xff"):
        return _drawn_anew(data, "JPEG")
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _drawn_anew(data, "PNG")
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _drawn_anew(data, "WEBP")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
        raise FileRefused(Why.OFFICE_FILE)
    if data[4:8] == b"ftyp":
        raise FileRefused(Why.HEIC)
    raise FileRefused(Why.UNKNOWN_TYPE)


# Word by word, with their marks: «mặt trước» is the front of a card, not a secret.
_WORD = re.compile(r"[^\W_]+")
_HARMLESS_BEFORE = frozenset({"bảo", "thân", "mí"})
_HARMLESS_AFTER = frozenset({"khẩu", "mã", "độ", "ong", "mía", "thiết"})


def bears_secret_mark(name: str) -> bool:
    """«Mật», «Tối mật», «Tuyệt mật»: State secrets have no place on this platform."""
    try:
        words = _WORD.findall(clean(name).casefold())
    except TextRefused:
        words = _WORD.findall(name.casefold())
    bare = [fold(word) for word in words]
    for at, word in enumerate(words):
        before = words[at - 1] if at else ""
        after = words[at + 1] if at + 1 < len(words) else ""
        if bare[at] == "mat" and before and bare[at - 1] in {"toi", "tuyet"}:
            return True
        if (
            word == "mật"
            and before not in _HARMLESS_BEFORE
            and after not in _HARMLESS_AFTER
        ):
            return True
    return False


def kept_name(name: str, extension: str) -> str:
    """The person's own name of the file, without path, with its true extension."""
    last = re.split(r"[/\\]", name)[-1]
    try:
        shown = " ".join(clean(last).split())
    except TextRefused:
        shown = ""
    stem = shown.rpartition(".")[0] if "." in shown else shown
    stem = stem[: LONGEST_NAME - len(extension) - 1].strip(" .")
    return f"{stem or 'tep'}.{extension}"


def _drawn_anew(data: bytes, kind: str) -> Accepted:
    try:
        with Image.open(BytesIO(data), formats=[kind]) as source:
            width, height = source.size
            # Only the head has been read: what claims too many dots is never drawn.
            if width * height > MOST_DOTS:
                raise FileRefused(Why.TOO_MANY_DOTS)
            upright = ImageOps.exif_transpose(source)
            has_alpha = upright.has_transparency_data
            picture = upright.convert("RGBA" if has_alpha else "RGB")
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise FileRefused(Why.TOO_MANY_DOTS) from None
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        IndexError,
        KeyError,
        TypeError,
        EOFError,
        MemoryError,
        OverflowError,
        zlib.error,
    ):
        # Everything Pillow's readers are known to raise on broken pictures.
        raise FileRefused(Why.BROKEN) from None
    if has_alpha:
        paper = Image.new("RGB", picture.size, "white")
        paper.paste(picture, mask=picture.getchannel("A"))
        picture = paper
    picture.info.clear()  # else a comment or a colour profile would be written again
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    out = BytesIO()
    if kind == "PNG":
        picture.save(out, "PNG", optimize=False)
        # A photograph as PNG is four times as large and no clearer.
        if out.tell() <= 2 * MEGABYTE:
            return Accepted(out.getvalue(), "image/png", "png")
        out = BytesIO()
    picture.save(out, "JPEG", quality=JPEG_QUALITY, progressive=True)
    return Accepted(out.getvalue(), "image/jpeg", "jpg")


# Keys and actions through which a PDF does something, carries something, or asks
# another program to.
_ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/EmbeddedFiles", "/XFA", "/RichMedia"})
_ACTIVE_TYPES = frozenset({"/EmbeddedFile", "/Filespec"})
_ACTIVE_ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR"}
    | {"/Rendition", "/RichMediaExecute", "/Sound", "/Movie", "/Hide", "/ResetForm"}
)
_ACTIVE_SUBTYPES = frozenset(
    {"/FileAttachment", "/RichMedia", "/Screen", "/3D", "/Movie", "/Sound"}
)


def _pages_of_harmless(data: bytes) -> int:
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise FileRefused(Why.LOCKED)
        for entry in _entries(reader):
            if _acts(entry):
                raise FileRefused(Why.ACTIVE_CONTENT)
        pages = len(reader.pages)
        if pages > MOST_PAGES:
            raise FileRefused(Why.TOO_MANY_PAGES)
        if pages == 0:
            raise FileRefused(Why.BROKEN)
    except (
        PyPdfError,
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        OverflowError,
        AssertionError,
        NotImplementedError,
        zlib.error,
    ):
        # Everything the reader is known to raise on broken files.
        raise FileRefused(Why.BROKEN) from None
    return pages


def _acts(entry: DictionaryObject) -> bool:
    if _ACTIVE_KEYS & entry.keys():
        return True

    def named(key: str) -> str:
        return str(entry.raw_get(key)) if key in entry else ""

    return (
        named("/Type") in _ACTIVE_TYPES
        or named("/S") in _ACTIVE_ACTIONS
        or named("/Subtype") in _ACTIVE_SUBTYPES
    )


def _entries(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary reachable from the trailer, each once."""
    seen: set[tuple[int, int]] = set()
    waiting: deque[Any] = deque([reader.trailer])
    looked_at = 0
    while waiting:
        looked_at += 1
        if looked_at > MOST_OBJECTS:
            raise FileRefused(Why.BROKEN)
        item = waiting.popleft()
        if isinstance(item, IndirectObject):
            if (item.idnum, item.generation) in seen:
                continue
            seen.add((item.idnum, item.generation))
            item = item.get_object()
        if isinstance(item, DictionaryObject):
            yield item
            waiting.extend(item.raw_get(key) for key in item)
        elif isinstance(item, ArrayObject):
            waiting.extend(list.__iter__(item))
