"""`gandan`: one command for everything a person or a program runs.

Exit status: 0 done, 1 the answer is no, 2 wrong use; errors are one sentence on stderr.
Imports stand inside the functions: `gandan due` must answer in 0.3 s, without Django,
psycopg or a database.
"""

import os
import sys
from typing import TYPE_CHECKING, TextIO

from config.launch.refusals import LaunchRefused

if TYPE_CHECKING:
    from django.core.management import BaseCommand

# What the launcher itself answers; the other commands are Django's, of our rooms.
_OWN = {
    "run": "serve the province on http://localhost:PORT until Ctrl-C (--demo: the "
    "demo province)",
    "due": "compute a due date and its reasoning",
}
_AS_OWNER = {"migrate", "createcachetable", "demo", "flush", "sqlflush"}
_WITHOUT_DATABASE = {"check", "makemigrations", "makemessages", "collectstatic"}


def main() -> None:
    """The console script."""
    sys.exit(answer(sys.argv[1:]))


def answer(words: list[str]) -> int:
    """Do what the words say; the exit status."""
    if words[:1] == ["due"]:
        from gandan.kernel import due

        return due.main(words[1:])
    try:
        if not words:
            _list_commands(sys.stderr)
            return 2
        if words[0] in {"--help", "-h", "help"}:
            _list_commands(sys.stdout)
            return 0
        if words[0] == "run":
            return _run(words[1:])
        return _command(words)
    except LaunchRefused as refusal:
        print(f"gandan: {refusal}", file=sys.stderr)
        return refusal.status
    except PermissionError as error:
        print(f"gandan: permission denied: {error.filename}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("gandan: interrupted", file=sys.stderr)
        return 130


def _run(words: list[str]) -> int:
    import argparse

    from config.launch import homes, supervisor

    parser = argparse.ArgumentParser("gandan run", description=_OWN["run"])
    parser.add_argument(
        "--demo", action="store_true", help="build and serve the demo province"
    )
    chosen = parser.parse_args(words)
    wanted = os.environ.get("PORT") or "8000"
    if not wanted.isdigit() or not 0 < int(wanted) < 65536:
        raise LaunchRefused(
            f"PORT must be a number from 1 to 65535, not {wanted!r}", status=2
        )
    return supervisor.run(homes.home(), port=int(wanted), demo=chosen.demo)


def _command(words: list[str]) -> int:
    """Check the words before any database starts; then start it, prepare it, act."""
    from config.launch import homes, postgres, readiness

    home = homes.home()
    role = postgres.OWNER if words[0] in _AS_OWNER else postgres.WEB
    os.environ.update(readiness.environment(home, role=role))
    if readiness.embedded():
        for variable in [name for name in os.environ if name.startswith("PG")]:
            del os.environ[variable]

    import django
    from django.core.management import CommandError
    from django.db import OperationalError, connections

    django.setup()
    name, command, rest = _find(words)
    title = f"gandan {name.replace('_', ' ')}"
    parser = command.create_parser("gandan", name.replace("_", " "))
    try:
        options = vars(parser.parse_args(rest))
    except CommandError as error:
        raise LaunchRefused(
            f"{title.removeprefix('gandan ')}: {str(error).removeprefix('Error: ')}",
            status=2,
        ) from None
    positional = options.pop("args", ())
    options["skip_checks"] = True
    try:
        if name in _WITHOUT_DATABASE:
            command.execute(*positional, **options)
            return 0
        with readiness.ready(home, title=title):
            try:
                command.execute(*positional, **options)
            finally:
                connections.close_all()
    except CommandError as error:
        raise LaunchRefused(str(error), status=error.returncode) from None
    except OperationalError as error:
        first = str(error).strip().partition("\n")[0]
        raise LaunchRefused(f"the database went away: {first}") from None
    return 0


def _find(words: list[str]) -> tuple[str, "BaseCommand", list[str]]:
    """`import dossiers FILE` is the management command `import_dossiers`."""
    from django.core.management import get_commands, load_command_class

    known = get_commands()
    for length in (3, 2, 1):
        if len(words) < length:
            continue
        name = "_".join(words[:length]).replace("-", "_")
        if app := known.get(name):
            command = load_command_class(app, name) if isinstance(app, str) else app
            return name, command, words[length:]
    said = " ".join(word for word in words[:2] if not word.startswith("-"))
    raise LaunchRefused(
        f"there is no command {said!r}; `gandan --help` lists them", status=2
    )


def _list_commands(to: TextIO) -> None:
    import django
    from django.core.management import get_commands, load_command_class

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

    django.setup()
    lines = dict(_OWN)
    for name, app in get_commands().items():
        if isinstance(app, str) and app.startswith("gandan."):
            lines[name.replace("_", " ")] = load_command_class(app, name).help.strip()
    width = max(map(len, lines))
    print("usage: gandan COMMAND …    (gandan COMMAND --help says more)\n", file=to)
    for name, line in sorted(lines.items()):
        print(f"  {name:<{width}}  {line.splitlines()[0] if line else ''}", file=to)


if __name__ == "__main__":
    main()
