"""What may stand in a person's name, number and telephone. Pure Python.

A name has one to six words (Y Bion Niê, Sùng, Nguyễn Hoàng Thị Mai Phương Anh);
nothing is asked that a person may not have: no house number, no birthday beyond a year.
"""

import re
import unicodedata

MOST_WORDS = 6
# Inside a word: H'Hen, K’Brêu, Pi-năng, and the point of an initial.
_JOINTS = frozenset("'’ʼ-.")
_PASSPORT = re.compile(r"[A-Z0-9]{6,12}")
_PHONE = re.compile(r"\+?[0-9]{8,15}")


def name_problem(name: str) -> str:
    """Why this is no person's name: "", "too_many_words" or "not_letters"."""
    words = name.split()
    if len(words) > MOST_WORDS:
        return "too_many_words"
    for word in words:
        signs = [sign for sign in word if sign not in _JOINTS]
        if not signs or not all(map(_is_letter, signs)):
            return "not_letters"
    return ""


def _is_letter(sign: str) -> bool:
    """Marks too: some letters of smaller languages have no composed form."""
    return unicodedata.category(sign)[0] in "LM"


def identity_problem(number: str) -> str:
    """Nine or twelve digits of a Vietnamese paper, else a foreign paper's signs."""
    if number.isdigit():
        return "" if number.isascii() and len(number) in (9, 12) else "digits"
    return "" if _PASSPORT.fullmatch(number) else "signs"


def plain_identity(text: str) -> str:
    """As it is stored and looked up: capitals, no spaces, points or hyphens."""
    return re.sub(r"[\s.\-]", "", text).upper()


def plain_telephone(text: str) -> str:
    return re.sub(r"[\s.()\-]", "", text)


def is_telephone(number: str) -> bool:
    return bool(_PHONE.fullmatch(number))
