"""Rows of the search page, and what a citizen may filter by."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from gandan.kernel.text import fold
from gandan.places import queries as places
from gandan.places.rules import OrganisationKind
from gandan.procedures import queries, rules
from gandan.procedures.models import ProcedureVersion
from gandan.procedures.web import wording
from gandan.procedures.web.wording import Text
from gandan.ui.navigation import Link

OFFICES = ("commune", "province")


@dataclass(frozen=True, slots=True)
class Row:
    href: str
    name: Text
    official: str
    code: str
    time: str
    level: str


def rows(versions: Iterable[ProcedureVersion]) -> list[Row]:
    return [
        Row(
            href=reverse("procedures:show", args=[version.code]),
            name=(name := wording.title(version)),
            official=version.name if name.text != version.name else "",
            code=version.code,
            time=shortest(version.limits()),
            level=wording.levels(version),
        )
        for version in versions
    ]


def shortest(limits: tuple[rules.Limit, ...]) -> str:
    """One time for a list: the only one, or «1–5 ngày làm việc» would mislead."""
    bases = [limit for limit in limits if not limit.adds and not limit.attribute]
    plain = [limit for limit in bases if not limit.case] or bases
    told = dict.fromkeys(
        wording.limit(limit).text
        for limit in plain
        if limit.same_day or limit.allowance is not None
    )
    if len(told) == 1:
        return next(iter(told))
    return _("by case: %(times)s") % {"times": "; ".join(told)} if told else ""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address of the search page says."""

    text: str = ""
    event: str = ""
    office: str = ""

    @classmethod
    def read(cls, given: dict[str, str], *, on: date) -> "Filters":
        event = given.get("viec", "")
        office = given.get("noi", "")
        return cls(
            text=given.get("q", "").strip()[:120],
            event=event if event in wording.LIFE_EVENTS else "",
            office=office if office in dict(offices(on)) else "",
        )

    @property
    def scope(self) -> queries.Scope:
        is_level = self.office in OFFICES
        return queries.Scope(
            life_event=self.event,
            level=self.office if is_level else "",
            executing="" if is_level else self.office,
        )

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.event or self.office)

    def href(self, **changed: str | int) -> str:
        said = {"q": self.text, "viec": self.event, "noi": self.office, **changed}
        return "?" + urlencode({k: v for k, v in said.items() if v})


def offices(on: date) -> list[tuple[str, str]]:
    """(value, name): the communes, the province's centre, then each department."""
    departments = sorted(
        places.of_kind(OrganisationKind.DEPARTMENT, on), key=lambda d: d.sort_key
    )
    return [
        ("commune", _("Commune or ward")),
        ("province", _("Province")),
        *(
            (fold(places.name_on(d, on)).partition(" tinh ")[0], places.name_on(d, on))
            for d in departments
        ),
    ]


def events(chosen: Filters) -> list[Link]:
    return [
        Link(str(name), chosen.href(viec=key), current=key == chosen.event)
        for key, name in wording.LIFE_EVENTS.items()
    ]
