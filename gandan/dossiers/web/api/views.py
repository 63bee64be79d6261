"""The endpoints: intake, reading by key, and one address for each verb."""

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from ninja import Header, NinjaAPI, Path, Query
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as Invalid
from psycopg.errors import DeadlockDetected, LockNotAvailable

from gandan.dossiers import access, actions
from gandan.dossiers.agencies import FILE
from gandan.dossiers.bodies import with_bodies
from gandan.dossiers.catalogue import version_kept
from gandan.dossiers.models import Dossier
from gandan.dossiers.numbering import NumbersUsedUp
from gandan.dossiers.rules.moves import MoveRefused, Verb
from gandan.dossiers.web import presenting
from gandan.dossiers.web.api import schemas
from gandan.dossiers.web.api.access import Token
from gandan.kernel.actors import Actor, Role
from gandan.kernel.localtime import local_day
from gandan.kernel.text import TextRefused, clean
from gandan.places import queries as places
from gandan.places.models import Organisation
from gandan.procedures import queries as procedures
from gandan.ui.reasons import as_text

PAGE = 50

api = NinjaAPI(
    title="Gần Dân",
    version="1",
    urls_namespace="api",
    docs_url=None,
    description="Dossiers of the one-stop desk: the same actions as the pages.",
)


class Problem(Exception):
    """An answer other than success, with its stable code."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail = status, code, detail


@api.exception_handler(Problem)
def _problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    body = {"code": problem.code, "detail": problem.detail}
    return api.create_response(request, body, status=problem.status)


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What is no JSON at all."""
    return _problem(request, Problem(error.status_code, "unreadable", str(error)))


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return _problem(request, Problem(401, "unauthorized", "no token, or none of ours"))


@api.exception_handler(RequestDataTooBig)
def _too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return _problem(request, Problem(413, "too_big", "the body is too large"))


@api.exception_handler(OperationalError)
def _busy(request: HttpRequest, error: OperationalError) -> HttpResponse:
    """Somebody held what we needed for too long; nothing was written."""
    if not isinstance(error.__cause__, LockNotAvailable | DeadlockDetected):
        raise error
    return _problem(request, Problem(409, "busy", "held by somebody else, try again"))


@api.exception_handler(Invalid)
def _invalid(request: HttpRequest, error: Invalid) -> HttpResponse:
    """One sentence: where, and what is wrong; the value itself is not echoed."""
    first = error.errors[0]
    # A member's name is the sender's too, when it is one that we do not know.
    where = " ".join(".".join(str(part) for part in first.get("loc", ())).split())[:120]
    body = {"code": "invalid", "detail": f"{where}: {first.get('msg', 'invalid')}"}
    return api.create_response(request, body, status=422)


def explained(error: Exception) -> Problem:
    """Expected refusals as answers; anything else stays a server error."""
    match error:
        case MoveRefused():
            return Problem(409, error.why or "refused", f"{error.verb}: {error.why}")
        case actions.DossierChanged():
            return Problem(409, "changed", "the dossier has another version now")
        case actions.KeyReused():
            return Problem(409, "key_reused", "this key came with another body before")
        case NumbersUsedUp():
            return Problem(409, "numbers_used_up", "the desk gave all numbers today")
        case _:
            raise error


EXPECTED = (
    MoveRefused,
    actions.DossierChanged,
    actions.KeyReused,
    NumbersUsedUp,
)
ERRORS = dict.fromkeys((401, 404, 409, 422), schemas.Refused)
READ = {400: schemas.Refused, 413: schemas.Refused} | ERRORS  # where a body is read
token = Token()


def _now(request: HttpRequest) -> datetime:
    now: datetime = request.now  # type: ignore[attr-defined]
    return now


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.auth  # type: ignore[attr-defined]
    return actor


def _body(name: str, words: str, on: date) -> Organisation:
    found = places.agency_by(words, on)
    if found is None:
        raise Problem(422, "unknown_agency", f"{name}: no agency of this day")
    return found


def _opening(given: schemas.DossierIn, on: date, revision: str) -> actions.Opening:
    try:
        version = version_kept(given.procedure, on, revision)
    except procedures.NoSuchProcedure:
        detail = "procedure: not in force on this day"
        raise Problem(422, "unknown_procedure", detail) from None
    competent = _body("competent", given.competent, on)
    receiver: Organisation | None = None
    if given.received_by:
        body = _body("received_by", given.received_by, on)
        receiver = places.desk_of(body, on)
    else:
        receiver = places.desk_of(competent, on)
    if receiver is None:
        raise Problem(422, "no_desk", "received_by: this body has no desk")
    helper = None
    if given.helped_at:
        helper = places.desk_of(_body("helped_at", given.helped_at, on), on)
    place = places.place_by_code(given.place, on) if given.place else None
    if given.place and place is None:
        raise Problem(422, "unknown_place", "place: no unit with this code on this day")
    return actions.Opening(
        procedure=version,
        competent=competent,
        received_by=receiver,
        helped_at=helper,
        place=place or places.directory().places.get(competent.place_id),
        village=given.village,
        case=given.case,
        channel=given.channel,
        parties=tuple(actions.PartyIn(**p.model_dump()) for p in given.parties),
        papers=tuple(actions.PaperIn(**p.model_dump()) for p in given.papers),
        fee_vnd=given.fee_vnd,
        paid=given.paid,
        language=given.language,
        due_on=given.due_on,
        due_why=given.due_why,
    )


def _given(
    body: schemas.DossierIn, key: str, by: Actor, at: datetime, revision: str
) -> actions.Given:
    opening = _opening(body, local_day(at), revision)
    if body.state == 1:
        if FILE not in by.scopes:
            raise Problem(404, "not_found", "not found")
        return actions.Given(replace(opening, channel="online"), actions.Way.FILED, key)
    if not by.roles & {Role.COUNTER, Role.HEAD_ONE_STOP}:
        raise Problem(404, "not_found", "not found")
    return actions.Given(opening, actions.Way.RECEIVED, key)


def out(dossier: Dossier) -> dict[str, Any]:
    return {
        "public_id": dossier.public_id,
        "code": dossier.code,
        "state": dossier.national_state,
        "state_name": dossier.state,
        "version": dossier.version,
        "procedure": dossier.procedure_code,
        "competent": dossier.competent.key,
        "received_by": dossier.received_by.key if dossier.received_by else None,
        "helped_at": dossier.helped_at.key if dossier.helped_at else None,
        "channel": dossier.channel,
        "submitted_at": dossier.submitted_at,
        "received_at": dossier.received_at,
        "due_on": dossier.due_on,
        "promised_on": dossier.promised_on,
        "provisional": dossier.provisional,
        "extended_to": dossier.extended_to,
        "supplements": dossier.supplements,
        "left_out_days": dossier.left_out_days,
        "ended_on": dossier.ended_on,
        "outcome": dossier.outcome,
        "returned_on": dossier.returned_on,
        "imported": dossier.imported,
    }


# The columns that `out` reads; the bodies come from the directory.
_SHOWN = (
    *("public_id", "code", "state", "version", "procedure_code", "competent"),
    *("received_by", "helped_at", "channel", "submitted_at", "received_at", "due_on"),
    *("promised_on", "provisional", "extended_to", "supplements", "left_out_days"),
    *("ended_on", "outcome", "returned_on", "imported"),
    # And those that `with_bodies` fills in.
    *("first_competent", "office", "place"),
)


def _opened(receipt: actions.Receipt) -> dict[str, Any]:
    secrets = {"secret": receipt.secret, "token": receipt.token}
    return out(receipt.dossier) | secrets


Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key", min_length=8, max_length=80, pattern=r"^[\x21-\x7e]+$"
    ),
]


@api.post(
    "/dossiers",
    auth=token,
    response={200: schemas.Opened} | READ,
    summary="File or receive one dossier; the same key gives the same dossier",
)
def open_dossier(request: HttpRequest, body: schemas.DossierIn, key: Key) -> Any:
    by, at = _actor(request), _now(request)
    given = _given(body, key, by, at, procedures.revision())
    try:
        return _opened(actions.take_one(given, by=by, at=at))
    except EXPECTED as error:
        raise explained(error) from error


@api.post(
    "/dossiers/batch",
    auth=token,
    response={200: schemas.BatchOut} | READ,
    summary="Up to 100 filings; each is taken or refused by itself",
)
def open_many(request: HttpRequest, body: schemas.BatchIn) -> Any:
    """All that are answered with 200 are on disk when the answer leaves."""
    by, at, revision = _actor(request), _now(request), procedures.revision()
    lines: dict[int, dict[str, Any]] = {}
    given: dict[int, actions.Given] = {}
    for place, item in enumerate(body.dossiers):
        try:
            given[place] = _given(item.dossier, item.key, by, at, revision)
        except Problem as problem:
            lines[place] = _refused(item.key, problem)
    taken = actions.take_in(list(given.values()), by=by, at=at)
    for place, each in zip(given, taken, strict=True):
        key = body.dossiers[place].key
        if isinstance(each, actions.Receipt):
            lines[place] = {"key": key, "status": 200, "dossier": _opened(each)}
        else:
            lines[place] = _refused(key, explained(each))
    return {"results": [lines[place] for place in range(len(body.dossiers))]}


def _refused(key: str, problem: Problem) -> dict[str, Any]:
    error = {"code": problem.code, "detail": problem.detail}
    return {"key": key, "status": problem.status, "error": error}


@api.get(
    "/dossiers",
    auth=token,
    response={200: schemas.Page} | ERRORS,
    summary="Dossiers the token may see, newest first, by key",
)
def list_dossiers(
    request: HttpRequest,
    code: Annotated[str, Query(max_length=60)] = "",
    identity: Annotated[str, Query(pattern=r"^([0-9]{9}|[0-9]{12})?$")] = "",
    before: Annotated[UUID | None, Query()] = None,
) -> Any:
    if unknown := set(request.GET) - {"code", "identity", "before"}:
        # Mistyped, it would list everything instead of the few that were meant.
        where = " ".join(min(unknown).split())[:120]
        raise Problem(422, "invalid", f"{where}: not among the questions")
    rows = access.visible_to(_actor(request)).only(*_SHOWN)
    if code:
        try:
            rows = rows.filter(code=clean(code).upper())
        except TextRefused as error:
            raise Problem(422, "invalid", "code: not readable text") from error
    if identity:
        rows = rows.filter(parties__identity_number=identity).distinct()
    if before is not None:
        rows = rows.filter(pk__lt=_visible_key(request, before))
    # Newest first is by the row's number: no index is kept for a time beside it.
    page = list(rows.order_by("-pk")[: PAGE + 1])
    more = page[PAGE - 1].public_id if len(page) > PAGE else None
    shown = [out(with_bodies(row)) for row in page[:PAGE]]
    return {"dossiers": shown, "before": more}


def _visible_key(request: HttpRequest, public_id: UUID) -> int:
    rows = access.visible_to(_actor(request)).filter(public_id=public_id)
    if (pk := rows.values_list("pk", flat=True).first()) is None:
        raise Problem(404, "not_found", "not found")
    return pk


def _visible(request: HttpRequest, public_id: UUID) -> Dossier:
    dossier = (
        access.visible_to(_actor(request))
        .filter(public_id=public_id)
        .select_related("competent", "received_by", "helped_at", "procedure", "place")
        .first()
    )
    if dossier is None:
        raise Problem(404, "not_found", "not found")
    return dossier


PublicId = Annotated[UUID, Path()]


@api.get(
    "/dossiers/{public_id}",
    auth=token,
    response={200: schemas.Explained} | ERRORS,
    summary="One dossier, with the reasons of its due date",
)
def read_dossier(request: HttpRequest, public_id: PublicId) -> Any:
    dossier = _visible(request, public_id)
    if not access.may_see_people(_actor(request), dossier):
        # The reasons may quote an officer's words, and who only helped has no part.
        return out(dossier) | {"why": []}
    lines = as_text(presenting.why_lines(dossier)).splitlines()
    return out(dossier) | {"why": lines}


@api.post(
    "/dossiers/{public_id}/{verb}",
    auth=token,
    response={200: schemas.DossierOut} | READ,
    summary="Move a dossier: the verb of the pages, judged by the same rules",
)
def move(
    request: HttpRequest, public_id: PublicId, verb: str, body: schemas.VerbIn
) -> Any:
    try:
        chosen = Verb(verb)
        needed, optional = schemas.VERBS[chosen]
    except (ValueError, KeyError):
        raise Problem(404, "not_found", "not found") from None
    pk = _visible_key(request, public_id)
    given = body.model_dump(exclude_none=True)
    version = given.pop("version", None)
    for name in needed:
        if name not in given:
            raise Problem(422, "invalid", f"{name}: {verb} needs it")
    for name in given:
        if name not in needed and name not in optional:
            raise Problem(422, "invalid", f"{name}: {verb} does not use it")
    given = _for_action(chosen, given, local_day(_now(request)))
    try:
        done = getattr(actions, chosen.value)(
            dossier_id=pk,
            by=_actor(request),
            at=_now(request),
            version=version,
            **given,
        )
    except EXPECTED as error:
        raise explained(error) from error
    # What a verb gives back is the dossier, or something of it.
    return out(done if isinstance(done, Dossier) else done.dossier)


def _for_action(verb: Verb, given: dict[str, Any], on: date) -> dict[str, Any]:
    """From the wire's words to the action's arguments."""
    if verb is Verb.REROUTE:
        return given | {"to": _body("to", given["to"], on)}
    if verb is Verb.PASS_ON and given["step"] == "sign":
        return given | {"role": Role.SIGNATORY}
    return given
