"""Dispatch: one question, one answer."""

import json
import os
import sys
from collections.abc import Callable
from typing import Any


def _questions() -> dict[str, Callable[..., Any]]:
    from bench.inside import callers, history, intake, pages, slips, states, viewing

    return {
        "callers": callers.make,
        "focus": history.focus,
        "history": history.write,
        "names": history.invented_names,
        "official": viewing.official,
        "queries": viewing.queries,
        "addresses": viewing.addresses,
        "intake_parts": intake.parts,
        "pages": pages.pages,
        "slip": slips.measure,
        "statements": viewing.statements,
        "states_follow": states.follow_book,
        "states_deltas": states.deltas,
        "states_view": states.view,
    }


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    question = _questions()[sys.argv[1]]
    answer = question(**json.load(sys.stdin))
    sys.stdout.write("\n" + json.dumps(answer, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
