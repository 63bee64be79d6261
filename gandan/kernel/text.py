"""Text at the border: cleaned on the way in, folded for search, keyed for sorting.

PostgreSQL runs here without ICU, unaccent or pg_trgm, so a row keeps the folded text
and the sort key beside the text itself. All of it is a pure function of its input.
"""

import re
import unicodedata

_ETH = "\u00d0"  # Ð of Iceland; it looks like Đ (U+0110) and is found by no search

# Zero-width signs, bidirectional controls and soft hyphens change what is compared but
# not what is seen. Other controls are never typed on purpose; PostgreSQL refuses NUL.
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
_LINE_END = re.compile("\r\n?")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_A_LETTER = re.compile(r"[\W_]+")


class TextRefused(ValueError):
    """The text holds a character that no honest keyboard for Vietnamese sends."""

    def __init__(self, character: str, meant: str = "") -> None:
        hint = f", write {meant}" if meant else ""
        super().__init__(f"the character U+{ord(character):04X} is refused{hint}")
        self.character, self.meant = character, meant


def clean(text: str) -> str:
    """NFC, without unseen controls, trimmed; «Ð» (U+00D0) is refused, never mended."""
    if stray := _SURROGATE.search(text):
        raise TextRefused(stray.group())
    if _ETH in text:
        raise TextRefused(_ETH, meant="Đ (U+0110)")
    seen = _UNSEEN.sub("", _LINE_END.sub("\n", text))
    return unicodedata.normalize("NFC", seen).strip()


def fold(text: str) -> str:
    """The search key: lower case, no marks, đ as d, single spaces.

    Tone marks vanish, so «Hoà» and «Hòa» fold alike, composed or decomposed.
    """
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text)
        if not unicodedata.combining(letter)
    )
    lowered = _UNSEEN.sub("", bare.casefold().replace("đ", "d").replace("ð", "d"))
    return " ".join(lowered.split())


def syllables(text: str) -> list[str]:
    """The folded syllables, punctuation left out: what a search matches one by one."""
    return [part for part in _NOT_A_LETTER.split(fold(text)) if part]


# Vietnamese alphabet: a ă â b c d đ e ê … ; each letter becomes two ASCII signs, so the
# database sorts it bytewise. The second tells ă and â from a, đ from d, and so on.
_SHAPES = {"\u0306": "1", "\u0302": "2", "\u031b": "3"}  # breve, circumflex, horn
_TONES = {  # the order of Vietnamese dictionaries: level first
    "\u0300": "1",  # huyền
    "\u0309": "2",  # hỏi
    "\u0303": "3",  # ngã
    "\u0301": "4",  # sắc
    "\u0323": "5",  # nặng
}


def _syllable_key(syllable: str) -> str:
    """Letters first, tone second: «an» < «àn» < «anh» < «ăn»."""
    letters: list[str] = []
    tone = "0"
    for sign in unicodedata.normalize("NFD", syllable.casefold()):
        if sign in _TONES:
            tone = _TONES[sign]
        elif sign in _SHAPES and letters:
            letters[-1] = letters[-1][0] + _SHAPES[sign]
        elif sign == "đ":
            letters.append("d1")
        elif sign.isalnum():
            letters.append(f"{sign}0")
    return f"{''.join(letters)} {tone}"


def sort_key(full_name: str) -> str:
    """Key of a Vietnamese name list: the given name, then the rest as it is written.

    «Nguyễn Thị Ánh» sorts under Ánh, then Nguyễn, then Thị. Compare keys bytewise.
    """
    *rest, given = full_name.split() or [""]
    return "  ".join(_syllable_key(name) for name in (given, *rest))
