"""Static files, collected into GANDAN_HOME/static when one of them has changed."""

import hashlib
import importlib.metadata
import sys
from pathlib import Path

from config.launch import children
from config.launch.homes import CHECKOUT
from config.launch.refusals import LaunchRefused

_LIBRARIES_WITH_FILES = ("Django", "django-htmx", "whitenoise")


def collect(home: Path, environment: dict[str, str]) -> None:
    """Once per state of the sources; compression makes it worth remembering."""
    stamp, key = home / "static.key", _key()
    if stamp.exists() and stamp.read_text() == key:
        return
    command = ["collectstatic", "--no-input", "--clear", "--verbosity", "0"]
    status, said = children.run(
        [sys.executable, "-m", "django", *command], env=environment, cwd=CHECKOUT
    )
    if status != 0:
        log = home / "log" / "static.log"
        log.write_text(said + "\n")
        last = said.splitlines()[-1] if said else f"exit status {status}"
        raise LaunchRefused(f"the static files are not complete: {last} (see {log})")
    stamp.write_text(key)


def _key() -> str:
    digest = hashlib.sha256()
    for name in _LIBRARIES_WITH_FILES:
        digest.update(f"{name} {importlib.metadata.version(name)}\n".encode())
    for path in sorted(CHECKOUT.glob("gandan/*/static/**/*")):
        if path.is_file():
            found = path.stat()
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
