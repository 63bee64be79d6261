"""The only code that changes accounts and mandates. Nothing here rewrites history: a
mandate is given or ended from today on, and nobody touches the own ones."""

import secrets
from datetime import date, datetime

from django.db import IntegrityError, transaction

from gandan.kernel.actors import Actor, Role
from gandan.kernel.localtime import local_day
from gandan.kernel.text import clean, fold, sort_key
from gandan.ledger import journal
from gandan.people import access, events
from gandan.people.models import Mandate, User
from gandan.people.rules import MandateRefused, Term, Why, check_end, check_new
from gandan.places import queries as places
from gandan.places.models import Organisation
from gandan.places.rules import Sphere

# No 0 O 1 l I: it is read aloud or copied from a slip, once.
_SIGNS = "abcdefghijkmnpqrstuvwxyz23456789"


def _temporary_password() -> str:
    """Four groups of four: 79 bits."""
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def _keys(full_name: str) -> dict[str, str]:
    name = clean(full_name)
    return {"full_name": name, "sort_key": sort_key(name), "fold": fold(name)}


def _office(pk: int, by: Actor) -> Organisation:
    body = places.directory().organisations.get(pk)
    if body is None or not access.is_reached(by, pk):
        raise MandateRefused(Why.OUT_OF_REACH)
    # Party, State, Council and Front are different rights; these roles are the State's.
    if body.sphere is not Sphere.STATE:
        raise MandateRefused(Why.NOT_OF_THE_STATE)
    return body


def _account(pk: int, by: Actor) -> User:
    """Lock first, judge second. Nobody administers the own account."""
    user = User.objects.select_for_update().filter(pk=pk, official=True).first()
    if user is None or not access.administered_by(by).filter(pk=pk).exists():
        raise MandateRefused(Why.OUT_OF_REACH)
    if user.pk == by.user_id:
        raise MandateRefused(Why.OWN_MANDATE)
    return user


@transaction.atomic
def open_account(
    *,
    username: str,
    full_name: str,
    role: Role,
    organisation_id: int,
    starts: date,
    decision: str,
    by: Actor,
    at: datetime,
    ends: date | None = None,
    email: str = "",
    telephone: str = "",
) -> tuple[User, str]:
    """An official's account with its first mandate, and a password told once."""
    office = _office(organisation_id, by)
    if User.objects.filter(username__iexact=username).exists():
        raise MandateRefused(Why.USERNAME_TAKEN)
    password = _temporary_password()
    user = User(
        username=clean(username),
        email=email,
        telephone=telephone,
        official=True,
        password_is_temporary=True,
        **_keys(full_name),
    )
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError:  # pressed twice: the other press was first
        raise MandateRefused(Why.USERNAME_TAKEN) from None
    opened = events.AccountOpened(subject=str(user.public_id), organisation=office.key)
    journal.record(opened, by=by, at=at)
    term = Term(starts, ends)
    _give(user, role, office, term, decision=decision, by=by, at=at)
    return user, password


@transaction.atomic
def correct_account(
    *,
    user_id: int,
    full_name: str,
    email: str,
    telephone: str,
    by: Actor,
    at: datetime,
) -> User:
    """Write the name and how to reach the person anew."""
    user = _account(user_id, by)
    wanted = {"email": email, "telephone": telephone, **_keys(full_name)}
    changed = [name for name, value in wanted.items() if getattr(user, name) != value]
    for name in changed:
        setattr(user, name, wanted[name])
    if changed:
        user.save(update_fields=changed)
        told = tuple(n for n in changed if n not in {"sort_key", "fold"})
        corrected = events.AccountCorrected(subject=str(user.public_id), fields=told)
        journal.record(corrected, by=by, at=at)
    return user


@transaction.atomic
def reset_password(*, user_id: int, by: Actor, at: datetime) -> str:
    """A temporary password, told once; every open session of the account ends."""
    user = _account(user_id, by)
    if not user.is_active:
        raise MandateRefused(Why.CLOSED_ACCOUNT)
    password = _temporary_password()
    user.set_password(password)
    user.password_is_temporary = True
    user.save(update_fields=["password", "password_is_temporary"])
    reset = events.PasswordReset(subject=str(user.public_id))
    journal.record(reset, by=by, at=at)
    return password


@transaction.atomic
def change_password(*, user_id: int, password: str, by: Actor, at: datetime) -> User:
    """The holder's own choice; validated by the form."""
    user = User.objects.select_for_update().get(pk=user_id)
    user.set_password(password)
    user.password_is_temporary = False
    user.save(update_fields=["password", "password_is_temporary"])
    changed = events.PasswordChanged(subject=str(user.public_id))
    journal.record(changed, by=by, at=at)
    return user


@transaction.atomic
def close_account(*, user_id: int, decision: str, by: Actor, at: datetime) -> User:
    """The person has left: no sign-in, and what was held ends today.

    Only the mandates in this administrator's reach can be ended; others stay and keep
    the account open, so that nobody closes another office's officer.
    """
    user = _account(user_id, by)
    today = local_day(at)
    rows = user.mandates.select_related("organisation", "user")
    held = [m for m in rows if m.ends is None or m.ends > max(today, m.starts)]
    if any(not access.is_reached(by, mandate.organisation_id) for mandate in held):
        raise MandateRefused(Why.OUT_OF_REACH)
    for mandate in held:
        ends = max(today, mandate.starts)
        check_end(Term(mandate.starts, mandate.ends), ends, on=today, decision=decision)
        _end(mandate, ends, decision=decision, by=by, at=at)
    user.is_active = False
    user.save(update_fields=["is_active"])
    closed = events.AccountClosed(subject=str(user.public_id), mandates_ended=len(held))
    journal.record(closed, by=by, at=at)
    return user


@transaction.atomic
def give_mandate(
    *,
    user_id: int,
    role: Role,
    organisation_id: int,
    starts: date,
    ends: date | None,
    decision: str,
    by: Actor,
    at: datetime,
) -> Mandate:
    """A role at an office from a day on, by a decision."""
    office = _office(organisation_id, by)
    user = _account(user_id, by)
    return _give(
        user, role, office, Term(starts, ends), decision=decision, by=by, at=at
    )


@transaction.atomic
def appoint_deputy(
    *,
    mandate_id: int,
    deputy_id: int,
    starts: date,
    ends: date | None,
    decision: str,
    by: Actor,
    at: datetime,
) -> Mandate:
    """Somebody else holds the role while its holder is on leave; the holder keeps it.

    Always with an end, inside the holder's own term.
    """
    held = Mandate.objects.select_related("organisation", "user").get(pk=mandate_id)
    office = _office(held.organisation_id, by)
    if deputy_id == held.user_id:
        raise MandateRefused(Why.SAME_PERSON)
    if ends is None:
        raise MandateRefused(Why.NEEDS_AN_END)
    if not Term(held.starts, held.ends).holds(Term(starts, ends)):
        raise MandateRefused(Why.OUTSIDE_THE_MANDATE)
    return _give(
        _account(deputy_id, by),
        Role(held.role),
        office,
        Term(starts, ends),
        decision=decision,
        by=by,
        at=at,
        deputy_for=held.user,
    )


@transaction.atomic
def end_mandate(
    *, mandate_id: int, ends: date, decision: str, by: Actor, at: datetime
) -> Mandate:
    """From `ends` on the role is no longer held: not before today."""
    mandate = (
        Mandate.objects.select_for_update(of=("self",))
        .select_related("organisation", "user")
        .get(pk=mandate_id)
    )
    _office(mandate.organisation_id, by)
    if mandate.user_id == by.user_id:
        raise MandateRefused(Why.OWN_MANDATE)
    term = Term(mandate.starts, mandate.ends)
    check_end(term, ends, on=local_day(at), decision=decision)
    return _end(mandate, ends, decision=decision, by=by, at=at)


def _give(
    user: User,
    role: Role,
    office: Organisation,
    term: Term,
    *,
    decision: str,
    by: Actor,
    at: datetime,
    deputy_for: User | None = None,
) -> Mandate:
    """The caller holds the account's lock, so two pages cannot give the same role."""
    if not user.is_active:
        raise MandateRefused(Why.CLOSED_ACCOUNT)
    if not office.is_in_force(term.starts):
        raise MandateRefused(Why.OFFICE_ENDED)
    same = user.mandates.filter(role=role, organisation=office)
    held = [Term(mandate.starts, mandate.ends) for mandate in same]
    decision = clean(decision)
    check_new(term, on=local_day(at), held=held, decision=decision)
    mandate = Mandate.objects.create(
        user=user,
        role=role,
        organisation=office,
        starts=term.starts,
        ends=term.ends,
        deputy_for=deputy_for,
        decision=decision,
    )
    given = events.MandateGiven(
        subject=str(user.public_id),
        organisation=office.key,
        role=role.value,
        starts=term.starts,
        ends=term.ends,
        deputy_for=str(deputy_for.public_id) if deputy_for else None,
        decision=decision,
    )
    journal.record(given, by=by, at=at)
    return mandate


def _end(
    mandate: Mandate, ends: date, *, decision: str, by: Actor, at: datetime
) -> Mandate:
    mandate.ends = ends
    mandate.save(update_fields=["ends"])
    ended = events.MandateEnded(
        subject=str(mandate.user.public_id),
        organisation=mandate.organisation.key,
        role=mandate.role,
        starts=mandate.starts,
        ends=ends,
        decision=clean(decision),
    )
    journal.record(ended, by=by, at=at)
    return mandate
