"""Everything that can happen to a draft. Each verb locks the row before it judges."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from gandan.documents import actions as documents
from gandan.forms import codes, conditions, events
from gandan.forms.models import KEPT_FOR, Draft
from gandan.forms.schema import Answers, Definition
from gandan.kernel.actors import Actor
from gandan.kernel.localtime import local_day
from gandan.ledger import journal


class ResumeRefused(Exception):
    """Unknown code, wrong secret, expired, submitted: nobody learns which."""


class DraftClosed(Exception):
    """It was submitted, discarded or has expired since the page was opened."""


class DraftChanged(Exception):
    """Another window saved since: the item may be another one now."""


class NotReady(Exception):
    """Something is still missing; the page shows what."""


@dataclass(frozen=True, slots=True)
class Capability:
    """What the citizen writes down. The secret is told once and kept nowhere."""

    code: str
    secret: str


@transaction.atomic
def start(
    *,
    definition: Definition,
    language: str,
    by: Actor,
    at: datetime,
    channel: str = "online",
    helped_by: str = "",
) -> Draft:
    draft = Draft.objects.create(
        code=codes.new_code(),
        form_key=definition.key,
        form_version=definition.version,
        procedure=definition.procedure,
        language=language[:2],
        channel=channel,
        helped_by=helped_by,
        started_at=at,
        saved_at=at,
        expires_at=at + KEPT_FOR,
    )
    event = events.DraftStarted(
        subject=str(draft.public_id),
        form=f"{definition.key}.{definition.version}",
        channel=channel,
        helped_by=helped_by,
        language=draft.language,
    )
    journal.record(event, by=by, at=at)
    return draft


@transaction.atomic
def save(
    *,
    draft_id: int,
    definition: Definition,
    page: str,
    answers: Mapping[str, Any],
    by: Actor,
    at: datetime,
) -> Draft:
    """The answers of one page; None takes an answer back. What became hidden goes."""
    draft = _locked(draft_id, at)
    changed = {**draft.answers, **answers}
    return _saved(draft, definition, changed, by, at, page)


@transaction.atomic
def save_item(
    *,
    draft_id: int,
    definition: Definition,
    page: str,
    group: str,
    item: int,
    answers: Mapping[str, Any],
    row_version: int,
    by: Actor,
    at: datetime,
) -> Draft:
    """One small page of one item; the place after the last adds an item."""
    draft = _locked(draft_id, at)
    items = [dict(one) for one in draft.answers.get(group, ())]
    if row_version != draft.row_version or item > len(items):
        raise DraftChanged
    if item == len(items):
        items.append({})
    items[item] |= answers
    return _saved(draft, definition, {**draft.answers, group: items}, by, at, page)


@transaction.atomic
def remove_item(
    *,
    draft_id: int,
    definition: Definition,
    group: str,
    item: int,
    row_version: int,
    by: Actor,
    at: datetime,
) -> Draft:
    draft = _locked(draft_id, at)
    items = list(draft.answers.get(group, ()))
    if row_version != draft.row_version or item >= len(items):
        raise DraftChanged
    del items[item]
    return _saved(draft, definition, {**draft.answers, group: items}, by, at)


@transaction.atomic
def leave(
    *, draft_id: int, by: Actor, at: datetime, renew: bool = False
) -> Capability | None:
    """Code and secret for later; None when the citizen holds a secret already.

    `renew` gives a new secret instead of a lost one: the old one opens nothing more.
    """
    draft = _locked(draft_id, at)
    if draft.secret_hash and not renew:
        return None
    secret = codes.new_secret()
    draft.secret_hash = codes.secret_hash(draft.code, secret)
    draft.save(update_fields=["secret_hash"])
    _record(events.DraftLeft, draft, by, at)
    return Capability(draft.code, secret)


@transaction.atomic
def resume(*, code: str, secret: str, by: Actor, at: datetime) -> Draft:
    """The draft behind a code and its secret; every refusal is the same one."""
    draft = Draft.objects.open(at).filter(code=codes.normal_code(code)).first()
    kept = bytes(draft.secret_hash) if draft else b""
    # The same work is done for a code that does not exist.
    fits = codes.is_secret(codes.normal_code(code), secret, kept or b"\x00" * 32)
    if draft is None or not fits:
        raise ResumeRefused
    _record(events.DraftResumed, draft, by, at)
    return draft


@transaction.atomic
def discard(*, draft_id: int, by: Actor, at: datetime) -> None:
    """Nothing of it stays."""
    draft = _locked(draft_id, at)
    documents.erase(subject=str(draft.public_id), by=by, at=at)
    _record(events.DraftDiscarded, draft, by, at)
    draft.delete()


@transaction.atomic
def submit(
    *,
    draft_id: int,
    definition: Definition,
    send: Callable[[Draft, dict[str, Any]], UUID],
    by: Actor,
    at: datetime,
) -> UUID:
    """Hand the answers to `send` once; a second press gets the first dossier.

    `send` runs in this transaction: if it refuses, the draft stays open.
    """
    draft = Draft.objects.select_for_update().filter(pk=draft_id).first()
    if draft and draft.submitted_as:
        return draft.submitted_as
    if draft is None or draft.expires_at <= at:
        raise DraftClosed
    on = local_day(at)
    answers = conditions.keep(definition, draft.answers, on=on)
    if conditions.problems(definition, answers, on=on):
        raise NotReady
    dossier = send(draft, answers)
    mark_submitted(draft=draft, dossier=dossier, by=by, at=at)
    return dossier


def mark_submitted(*, draft: Draft, dossier: UUID, by: Actor, at: datetime) -> None:
    """The answers live in the dossier now; the caller holds the lock.

    So do the files: the room above hands them on (`documents.actions.hand_on`).
    """
    draft.state = Draft.State.SUBMITTED
    draft.submitted_as = dossier
    draft.answers = {}
    draft.save(update_fields=["state", "submitted_as", "answers"])
    event = events.DraftSubmitted(
        subject=str(draft.public_id), form=_form(draft), dossier=str(dossier)
    )
    journal.record(event, by=by, at=at)


@transaction.atomic
def carry_over(
    *, draft_id: int, definition: Definition, by: Actor, at: datetime
) -> Draft:
    """Answers given under an older version, as far as the new one still asks them."""
    draft = _locked(draft_id, at)
    before = draft.answers
    draft.answers = _carried(definition, before, local_day(at))
    _erase_files(draft, _files(before) - _files(draft.answers), by, at)
    draft.form_version = definition.version
    draft.seen = []
    draft.row_version += 1
    draft.save(update_fields=["answers", "form_version", "seen", "row_version"])
    return draft


def _carried(definition: Definition, answers: Answers, on: date) -> dict[str, Any]:
    """One answer at a time: a question that changed its kind is asked again."""
    kept: dict[str, Any] = {}
    for key, answer in answers.items():
        try:
            conditions.accept(definition, {key: answer}, on=on)
        except conditions.AnswersRefused:
            continue
        kept[key] = answer
    return conditions.keep(definition, kept, on=on)


def _locked(draft_id: int, at: datetime) -> Draft:
    draft = Draft.objects.select_for_update().filter(pk=draft_id).first()
    if draft is None or draft.state != Draft.State.OPEN or draft.expires_at <= at:
        raise DraftClosed
    return draft


def _saved(
    draft: Draft,
    definition: Definition,
    answers: Answers,
    by: Actor,
    at: datetime,
    page: str = "",
) -> Draft:
    before = draft.answers
    draft.answers = conditions.keep(definition, answers, on=local_day(at))
    # A paper that is no longer asked, or was taken away, is not kept either.
    _erase_files(draft, _files(before) - _files(draft.answers), by, at)
    if page and page not in draft.seen:
        draft.seen = [*draft.seen, page]
    draft.row_version += 1
    draft.saved_at, draft.expires_at = at, at + KEPT_FOR
    draft.save()
    return draft


def _files(answers: Answers) -> set[str]:
    """Ids of the files that stand in the answers; papers are never inside groups."""
    return {
        str(key)
        for answer in answers.values()
        if isinstance(answer, Mapping)
        for key in answer.get("files", ())
    }


def _erase_files(draft: Draft, gone: set[str], by: Actor, at: datetime) -> None:
    if gone:
        subject = str(draft.public_id)
        documents.erase(subject=subject, by=by, at=at, files=sorted(gone))


def _form(draft: Draft) -> str:
    return f"{draft.form_key}.{draft.form_version}"


def _record(
    event: type[events.DraftLeft]
    | type[events.DraftResumed]
    | type[events.DraftDiscarded]
    | type[events.DraftExpired],
    draft: Draft,
    by: Actor,
    at: datetime,
) -> None:
    journal.record(event(subject=str(draft.public_id), form=_form(draft)), by=by, at=at)
