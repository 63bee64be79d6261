"""Who looks at a page, and what makes it the page it is."""

from dataclasses import dataclass

ANYONE, HOLDER, WRITER = "anyone", "holder", "writer"
COUNTER, HEAD, LAND, CHAIR = "counter", "head", "land", "chair"
PROVINCE, ADMINISTRATOR = "province", "administrator"
# At an office without a single dossier; without an office.
NEWCOMER, NOBODY = "newcomer", "nobody"


@dataclass(frozen=True, slots=True)
class Look:
    """One page in one state: who looks, at what address, after which press."""

    who: str
    path: str
    # A button pressed first: the page that refuses an empty form.
    press: str = ""
    status: int = 200

    def __str__(self) -> str:
        state = " refused" if self.press else ""
        return f"{self.who} {self.path}{state}"


def looks(who: str, *paths: str) -> tuple[Look, ...]:
    return tuple(Look(who, path) for path in paths)


SEND = "main form[method=post] button.govuk-button[type=submit]"
