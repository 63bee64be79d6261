"""The bytes themselves: outside the web root, under names that say nothing."""

import os
import secrets
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


def write(data: bytes, extension: str) -> str:
    """Write and flush to the disk; returns the random name."""
    token = secrets.token_hex(16)
    name = default_storage.save(f"{token[:2]}/{token}.{extension}", ContentFile(data))
    _flush(name)
    return name


def remove(names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(name)


def written_before(moment: datetime) -> Iterator[str]:
    """Names of files older than `moment`, for the sweep that looks for lost ones."""
    try:
        folders, _files = default_storage.listdir("")
    except FileNotFoundError:  # nothing was ever handed in
        return
    for folder in sorted(folders):
        for file in sorted(default_storage.listdir(folder)[1]):
            name = f"{folder}/{file}"
            if default_storage.get_modified_time(name).astimezone(UTC) < moment:
                yield name


def _flush(name: str) -> None:
    """An acknowledged upload survives a crash of the machine, not only ours."""
    try:
        path = Path(default_storage.path(name))
    except NotImplementedError:  # a store elsewhere, which answers for itself
        return
    for target in (path, path.parent):
        descriptor = os.open(target, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
