"""Procedures and their immutable versions, and what each desk has on its wall.

A version is never edited: a trigger of the database refuses it. `valid_to` may be
set once, when the next version begins or the procedure ends.
"""

import uuid
from dataclasses import fields
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from gandan.kernel.text import fold, syllables
from gandan.procedures import rules


class Procedure(models.Model):
    """A national (or provincial) code; all else is said by its versions."""

    code = models.CharField(max_length=16, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]\.[0-9]{6}$"),
                name="procedure_code_is_one_digit_and_six",
            )
        ]

    def __str__(self) -> str:
        return self.code


class VersionQuerySet(models.QuerySet["ProcedureVersion"]):
    def on(self, day: date) -> "VersionQuerySet":
        """In force on `day`: from `valid_from` up to, not including, `valid_to`."""
        return self.filter(valid_from__lte=day).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=day)
        )

    def open(self) -> "VersionQuerySet":
        return self.filter(valid_to__isnull=True)


class ProcedureVersion(models.Model):
    procedure = models.ForeignKey(
        Procedure, on_delete=models.PROTECT, related_name="versions"
    )
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveIntegerField()
    # Copied from the procedure: every page, event and slip asks for it.
    code = models.CharField(max_length=16)

    # Half-open; equal ends mean: replaced on its own first day, never in force.
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    # The sources say what holds, seldom since when. Where they do not, `valid_from`
    # is the beginning of our records and pages say that the day is not stated.
    start_known = models.BooleanField(default=False)
    # The day the authority published the change and the day we had it: the duty of
    # five working days is measured between what they published and what we show.
    published_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=400, blank=True)

    name = models.TextField()
    everyday = models.JSONField(default=dict, blank=True)
    search_words = ArrayField(models.TextField(), default=list, blank=True)
    field = models.CharField(max_length=300, blank=True)
    levels = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    handled_by = models.CharField(max_length=24, blank=True)
    kind = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=40, blank=True)
    promulgator = models.TextField(blank=True)
    competent = models.TextField(blank=True)
    executing = models.TextField(blank=True)
    subjects = ArrayField(models.TextField(), default=list, blank=True)
    channels = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    life_events = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    groups = ArrayField(models.TextField(), default=list, blank=True)
    decision_no = models.CharField(max_length=200, blank=True)
    online_url = models.URLField(max_length=300, blank=True)
    form_key = models.CharField(max_length=40, blank=True)
    confidentiality = models.CharField(max_length=12, default="ordinary")
    retention_class = models.CharField(max_length=12, default="unset")
    source = models.TextField(blank=True)
    source_date = models.CharField(max_length=10, blank=True)
    national_only = models.BooleanField(default=True)
    reviewed = models.BooleanField(default=False)
    content = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    # Digests of the source rows this version was made from, by kind of source: an
    # import knows by them that it brings nothing new.
    sources = models.JSONField(default=dict, blank=True)

    fold = models.TextField()
    words = ArrayField(models.TextField(), default=list)

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "number"], name="version_number_is_given_once"
            ),
            models.UniqueConstraint(
                fields=["procedure"],
                condition=Q(valid_to__isnull=True),
                name="procedure_has_one_open_version",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="version_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(confidentiality__in=rules.draft.CONFIDENTIALITY),
                name="version_has_a_known_confidentiality",
            ),
            models.CheckConstraint(
                condition=Q(retention_class__in=rules.draft.RETENTION),
                name="version_has_a_known_retention",
            ),
        ]
        indexes = [
            GinIndex(fields=["words"], name="version_by_words"),
            GinIndex(fields=["life_events"], name="version_by_life_event"),
            models.Index(fields=["code", "-valid_from"], name="version_by_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.number}"

    @property
    def everyday_name(self) -> str:
        """The Vietnamese everyday name; empty where nobody has given one yet."""
        return str(self.everyday.get("vi", ""))

    @property
    def level(self) -> str:
        """The level nearest to people that handles it."""
        known = (level for level in rules.draft.LEVELS if level in self.levels)
        return next(known, "")

    @cached_property
    def _facts(self) -> rules.Content:
        return rules.Content.from_json(self.content)

    def facts(self) -> rules.Content:
        return self._facts

    def draft(self) -> rules.Draft:
        """All that this version says, to be compared or carried into the next."""
        data = {f.name: getattr(self, f.name) for f in fields(rules.Draft)}
        return rules.Draft.from_json(data)

    def cases(self) -> tuple[rules.Case, ...]:
        return self.facts().cases

    def limits(self) -> tuple[rules.Limit, ...]:
        return self.facts().limits

    def limit_for(
        self,
        case: str = "",
        channel: str = "",
        attributes: frozenset[str] = frozenset(),
    ) -> rules.Limit:
        """Raises `LimitUnclear` where the law's time depends on an unnamed case."""
        return rules.choose_limit(
            self.limits(), case=case, channel=channel, attributes=attributes
        )

    def papers(self) -> tuple[rules.Paper, ...]:
        return self.facts().papers

    def fees(self) -> tuple[rules.Fee, ...]:
        return self.facts().fees

    def results(self) -> tuple[rules.Result, ...]:
        return self.facts().results

    def basis(self) -> tuple[rules.Basis, ...]:
        return self.facts().basis

    def steps(self) -> tuple[rules.Step, ...]:
        return self.facts().steps

    def left_out(self) -> tuple[rules.LeftOut, ...]:
        return self.facts().left_out

    def questions(self) -> tuple[rules.Question, ...]:
        return self.facts().questions


def columns_of(draft: rules.Draft) -> dict[str, Any]:
    """The columns that store a draft, with its digest and its search keys."""
    data = {f.name: getattr(draft, f.name) for f in fields(draft)}
    for name, value in data.items():
        if isinstance(value, tuple):
            data[name] = list(value)
    spoken = " ".join([*draft.everyday.values(), *draft.search_words, draft.name])
    return data | {
        "content": draft.content.to_json(),
        "digest": draft.digest,
        "fold": fold(spoken),
        "words": sorted({*syllables(spoken), *syllables(draft.field)}),
    }


class CatalogueRevision(models.Model):
    """One row: a token that every change renews, so that caches know.

    A number would come again after a rolled back change; a token never does.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    token = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="catalogue_has_one_revision")
        ]

    def __str__(self) -> str:
        return str(self.token)


class Posting(models.Model):
    """A desk confirms what hangs on its wall: the day, the list, a photo of it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "places.Organisation", on_delete=models.PROTECT, related_name="postings"
    )
    posted_on = models.DateField()
    # What the catalogue asked this desk to post at that moment.
    procedures = models.PositiveIntegerField()
    versions_digest = models.CharField(max_length=64)
    photo = models.ForeignKey(
        "documents.StoredFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    confirmed_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "-confirmed_at"], name="posting_by_desk"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.posted_on}"
