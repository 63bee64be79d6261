"""Events, commands and generated pages."""

import re
import subprocess
import sys
from collections import Counter
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import get_commands, load_command_class

CHECKOUT = Path(__file__).resolve().parents[2]


def event_classes() -> list[type[Any]]:
    found: list[type[Any]] = []
    for path in (CHECKOUT / "gandan").glob("*/events.py"):
        module = import_module(f"gandan.{path.parent.name}.events")
        found += [
            cls
            for cls in vars(module).values()
            if isinstance(cls, type)
            and "KIND" in vars(cls)
            and cls.__module__ == module.__name__
        ]
    return found


EVENTS = {vars(cls)["KIND"]: cls for cls in event_classes()}


def test_every_kind_of_event_is_unique() -> None:
    kinds = Counter(vars(cls)["KIND"] for cls in event_classes())
    assert kinds
    assert [kind for kind, times in kinds.items() if times > 1] == []


@pytest.mark.parametrize("kind", sorted(EVENTS))
def test_an_event_says_room_what_happened_and_version(kind: str) -> None:
    cls = EVENTS[kind]
    room = cls.__module__.split(".")[1]
    assert re.fullmatch(rf"{room}\.[a-z]+(_[a-z]+)*\.v[0-9]+", kind)
    assert is_dataclass(cls)
    assert "subject" in {field.name for field in fields(cls)}


FORBIDDEN = {"name", "full_name", "address", "telephone", "phone", "email", "identity"}


@pytest.mark.parametrize("kind", sorted(EVENTS))
def test_no_event_has_a_field_for_personal_data(kind: str) -> None:
    assert not FORBIDDEN & {field.name for field in fields(EVENTS[kind])}


def test_every_event_is_written_down_with_its_fields() -> None:
    page = (CHECKOUT / "docs" / "generated" / "events.md").read_text()
    for kind, cls in EVENTS.items():
        section = page.split(f"## {kind}\n")[1].split("\n## ")[0]
        for field in fields(cls):
            assert f"| `{field.name}` |" in section, kind


def test_generated_pages_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "scripts/docs", "--check"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


OURS = sorted(n for n, app in get_commands().items() if str(app).startswith("gandan."))


@pytest.mark.parametrize("name", OURS)
def test_every_command_says_in_one_line_what_it_does(name: str) -> None:
    command = load_command_class(get_commands()[name], name)
    first, *_rest = command.help.strip().splitlines() or [""]
    assert first.endswith(".")
    assert len(first) <= 100


def test_every_room_says_what_it_is_for() -> None:
    for config in apps.get_app_configs():
        if config.name.startswith("gandan."):
            assert import_module(config.name).__doc__, config.name
