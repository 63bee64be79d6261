"""Which message a verb sends, and how it reaches this person.

E-mail where there is one; else an SMS that names nothing, and for what the person must
act on a call from the desk; without a telephone, a card carried to the village.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from gandan.dossiers.models import Dossier, Party
from gandan.notices import actions as notices
from gandan.notices.models import Channel, Message

# What the person must do something about, or would come in vain without knowing.
ACT_ON = frozenset(
    {"sent_back", "rejected", "supplement_asked", "extended", "payment_asked"}
    | {"date_moved", "result_ready", "refused", "stopped"}
)
# Said to nobody by SMS or call: the person stands at the counter when it happens.
AT_THE_DESK = frozenset({"received", "taken_up", "papers_complete", "handed_over"})


def _reached(everybody: Iterable[Party]) -> Party | None:
    """Who brought it first, then whoever on the dossier left a way to be reached."""
    order = {"bringer": 0, "representative": 1, "owner": 2, "spouse": 3}
    people = [p for p in everybody if p.role in order]
    people.sort(key=lambda p: (not (p.email or p.telephone), order[p.role], p.ordinal))
    return people[0] if people else None


def _channels(party: Party, message: str) -> list[tuple[Channel, str]]:
    if party.email:
        return [(Channel.EMAIL, party.email)]
    if message in AT_THE_DESK:
        return []
    if party.telephone:
        ways = [(Channel.SMS, party.telephone)]
        if message in ACT_ON:
            ways.append((Channel.CALL, party.telephone))
        return ways
    return [(Channel.CARD, "")] if message in ACT_ON else []


def tell(dossier: Dossier, message: str, *, at: datetime) -> None:
    """Queue the message, in the transaction of the verb that causes it."""
    if not dossier.imported:
        people = list(dossier.parties.all())
        notices.queue_many(messages(dossier, people, message, at=at))


def messages(
    dossier: Dossier, people: Iterable[Party], message: str, *, at: datetime
) -> list[Message]:
    """What there is to say to these people of the dossier, not queued yet."""
    party = _reached(people)
    if party is None:
        return []
    desk = dossier.received_by or dossier.competent
    found = [
        notices.message(
            channel=channel,
            to_address=address,
            person=party.full_name,
            template=message,
            language=dossier.language,
            params=_params(dossier, message),
            subject=str(dossier.public_id),
            organisation=desk,
            place=dossier.place.full_name if dossier.place else "",
            village=dossier.village,
            at=at,
            # Once for each version of the dossier, however often a sweep runs.
            key=f"{dossier.public_id}:{message}:{dossier.version}:{channel}",
        )
        for channel, address in _channels(party, message)
    ]
    return [row for row in found if row is not None]


def _params(dossier: Dossier, message: str) -> dict[str, Any]:
    """What the words need: code, everyday name, dates; no name, no identity number."""
    days = {
        "due": dossier.due_on,
        "promised": dossier.promised_on,
        "received": dossier.day_zero,
    }
    params: dict[str, Any] = {
        "code": dossier.code or dossier.filing_number or "",
        "short": dossier.short_code,
        "procedure": dossier.procedure.everyday_name or dossier.procedure.name,
        "reason": dossier.outcome_reason,
    }
    if message in {"sent_back", "supplement_asked"}:
        asked = dossier.supplement_requests.order_by("-number").first()
        params["papers"] = [paper["name"] for paper in asked.wanted] if asked else []
    if message == "nudge_answered":
        answered = dossier.nudges.exclude(answer="").order_by("-day").first()
        params["answer"] = answered.answer if answered else ""
    return params | {key: day.isoformat() for key, day in days.items() if day}
