"""Invented people for the demo province: names as they are here."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

_FILE = Path(__file__).with_name("names.json")


@lru_cache(maxsize=1)
def _lists() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return loaded


def _drawn(weights: Mapping[str, float], draw: Random) -> str:
    return draw.choices(list(weights), list(weights.values()))[0]


def invented(draw: Random, sex: str | None = None) -> tuple[str, str]:
    """(full name, sex) of a person who does not exist."""
    lists = _lists()
    sex = sex or draw.choice(("male", "female"))
    people = _drawn(lists["peoples"], draw)
    family = _drawn(lists["surnames"][people], draw)
    own = lists["given_by_people"].get(people)
    if own and f"{sex}_pattern" in own:
        pattern = draw.choice(own[f"{sex}_pattern"])
        middle = draw.choice(
            own.get(f"{sex}_middle", ["Văn" if sex == "male" else "Thị"])
        )
        name = pattern.replace("{họ}", family).replace("{đệm}", middle)
        return name.replace("{tên}", draw.choice(own[sex])), sex
    middle = _drawn(lists["middle"][sex], draw)
    return f"{family} {middle} {_drawn(lists['given'][sex], draw)}", sex
