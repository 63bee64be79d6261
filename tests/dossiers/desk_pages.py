"""What the tests of the counter's pages send and read."""

import uuid
from typing import Any

CARD = (
    "004095001234|080123456|Nông Thị Mẩy|15081995|Nữ"
    "|Xóm Nà Lũng, Hợp Giang, Cao Bằng, Cao Bằng|10052021"
)
BIRTH, LAND, COPIES = "1.001193", "1.013978", "2.000815"
# What a parent who comes with the hospital's paper must bring.
ALL_THERE = {
    f"p-{key}-have": "on"
    for key in ("declaration", "birth_paper", "identity_document", "residence_proof")
}


def birth(**changes: Any) -> dict[str, Any]:
    """A birth registration as the page sends it, complete."""
    answered = {
        "q-birth_paper": "paper",
        "q-situation": "ordinary",
        "q-filer": "parent",
        "q-wants_copies": "no",
    }
    return {
        "act": "receive",
        "key": uuid.uuid4().hex,
        "procedure": BIRTH,
        "owner-full_name": "Nông Thị Mẩy",
        "owner-village": "Xóm Nà Lũng",
        **answered,
        **ALL_THERE,
        **changes,
    }


def text_of(response: Any) -> str:
    return str(response.content.decode())
