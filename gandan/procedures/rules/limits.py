"""Which legal time applies: by case, channel and the attributes of the place."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from decimal import Decimal

from gandan.procedures.rules.facts import Limit

NOT_STATED = Limit()


class LimitUnclear(Exception):
    """Several different limits fit equally; the law gives one only to a named case."""

    def __init__(self, candidates: tuple[Limit, ...]) -> None:
        super().__init__("several limits fit: " + ", ".join(map(_short, candidates)))
        self.candidates = candidates

    @property
    def cases(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(limit.case for limit in self.candidates))


def choose_limit(
    limits: Iterable[Limit],
    *,
    case: str = "",
    channel: str = "",
    attributes: Collection[str] = (),
) -> Limit:
    """The base limit that says most about this dossier, plus every addition that fits.

    A limit for the named case goes before one for a place, that before one for a
    channel. Where no base fits, the limit is not stated: an empty `Limit`.
    """
    limits = tuple(limits)
    bases = [limit for limit in limits if not limit.adds]
    fitting = [limit for limit in bases if _fits(limit, case, channel, attributes)]
    if not fitting and not case:
        # The case is not known yet: harmless as long as every case has the same time.
        fitting = [
            limit for limit in bases if _fits(limit, limit.case, channel, attributes)
        ]
    if not fitting:
        return NOT_STATED
    most = max(map(_says, fitting))
    best = [limit for limit in fitting if _says(limit) == most]
    if len({_time(limit) for limit in best}) > 1:
        raise LimitUnclear(tuple(best))
    return _with_additions(best[0], limits, case or best[0].case, channel, attributes)


def _fits(limit: Limit, case: str, channel: str, places: Collection[str]) -> bool:
    return (
        limit.case in ("", case)
        and limit.channel in ("", channel)
        and (not limit.attribute or not limit.attributes.isdisjoint(places))
    )


def _says(limit: Limit) -> tuple[bool, bool, bool]:
    return bool(limit.case), bool(limit.attribute), bool(limit.channel)


def _time(limit: Limit) -> tuple[Decimal | None, str, bool, str]:
    words = limit.text if limit.allowance is None and not limit.same_day else ""
    return limit.quantity, limit.unit or "", limit.same_day, words


def _with_additions(
    base: Limit,
    limits: tuple[Limit, ...],
    case: str,
    channel: str,
    places: Collection[str],
) -> Limit:
    if base.quantity is None:
        return base
    added = tuple(
        limit
        for limit in limits
        if limit.adds
        and limit.unit == base.unit
        and _fits(limit, case, channel, places)
    )
    if not added:
        return base
    extra = sum((limit.quantity or Decimal(0) for limit in added), Decimal(0))
    return replace(
        base,
        quantity=base.quantity + extra,
        added=added,
        verified=base.verified and all(limit.verified for limit in added),
    )


def _short(limit: Limit) -> str:
    time = f"{limit.quantity} {limit.unit}" if limit.quantity is not None else "text"
    return f"{limit.case or '-'} {time}"
