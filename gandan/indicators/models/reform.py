"""The reform index of units: the tree of a year, one sheet a unit, a mark an item."""

import uuid

from django.db import models
from django.db.models import Q

from gandan.indicators.reform.rules import Group, Method, RoundState, Stage
from gandan.places.models import Organisation


class ReformArea(models.Model):
    """One of the eight areas of the province's set."""

    code = models.CharField(max_length=2, primary_key=True)
    name = models.JSONField()
    verified = models.BooleanField(default=False)
    basis = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class ReformRound(models.Model):
    """One year of one group of units."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    year = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=12)
    # A tree made up to show the work; every page says so.
    invented = models.BooleanField(default=False)
    state = models.CharField(max_length=8, default=RoundState.DRAFT.value)
    # The last day for the units' own points, and for their explanations.
    self_until = models.DateField(null=True, blank=True)
    explain_until = models.DateField(null=True, blank=True)
    bonus_cap = models.DecimalField(max_digits=6, decimal_places=2, default=0)
    penalty_cap = models.DecimalField(max_digits=6, decimal_places=2, default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.CharField(max_length=64, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-year", "group"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "group"], name="reform_round_is_one_a_year_and_group"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in RoundState])
                & Q(group__in=[group.value for group in Group]),
                name="reform_round_has_known_codes",
            ),
            models.CheckConstraint(
                condition=Q(state=RoundState.DRAFT.value)
                | Q(self_until__isnull=False, explain_until__isnull=False),
                name="reform_round_opens_with_its_deadlines",
            ),
            models.CheckConstraint(
                condition=Q(bonus_cap__gte=0) & Q(penalty_cap__gte=0),
                name="reform_round_has_caps_not_below_zero",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.group}"


class ReformNode(models.Model):
    """Area, criterion or item of a round; what carries points has no children."""

    round = models.ForeignKey(ReformRound, models.CASCADE, related_name="nodes")
    code = models.CharField(max_length=16)  # 1, 1.2, 1.2.3
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    ordinal = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=400)
    # Of a leaf; of the others it is the sum of what is under them.
    most = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    method = models.CharField(max_length=10, default=Method.APPRAISAL.value)
    guidance = models.TextField(blank=True)
    basis = models.CharField(max_length=200, blank=True)
    verified = models.BooleanField(default=False)

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "code"], name="reform_node_has_one_code_in_its_round"
            ),
            models.CheckConstraint(
                condition=Q(most__isnull=True) | Q(most__gt=0),
                name="reform_node_carries_points_or_none",
            ),
            models.CheckConstraint(
                condition=Q(method__in=[method.value for method in Method]),
                name="reform_node_has_a_known_method",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def area(self) -> str:
        return self.code.partition(".")[0]


class ReformSheet(models.Model):
    """One unit's sheet of a round. `version` goes up with every change."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(ReformRound, models.PROTECT, related_name="sheets")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    stage = models.CharField(max_length=10, default=Stage.SELF.value)
    version = models.PositiveIntegerField(default=1)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    handed_in_by = models.CharField(max_length=64, blank=True)
    # Written once, when the round closes.
    appraised = models.DecimalField(
        max_digits=8, decimal_places=2, null=True, blank=True
    )
    survey = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    most = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    par = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "organisation"], name="reform_sheet_is_one_a_unit"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[stage.value for stage in Stage]),
                name="reform_sheet_has_a_known_stage",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class ReformMark(models.Model):
    """What was said about one item of one sheet; files hang at its public id."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sheet = models.ForeignKey(ReformSheet, models.CASCADE, related_name="marks")
    node = models.ForeignKey(ReformNode, models.PROTECT, related_name="marks")
    self_points = models.DecimalField(
        max_digits=6, decimal_places=2, null=True, blank=True
    )
    self_note = models.TextField(blank=True)
    first_points = models.DecimalField(
        max_digits=6, decimal_places=2, null=True, blank=True
    )
    first_note = models.TextField(blank=True)
    asks = models.BooleanField(default=False)
    explanation = models.TextField(blank=True)
    second_points = models.DecimalField(
        max_digits=6, decimal_places=2, null=True, blank=True
    )
    second_note = models.TextField(blank=True)
    survey_points = models.DecimalField(
        max_digits=6, decimal_places=2, null=True, blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "node"], name="reform_mark_is_one_an_item"
            ),
            models.CheckConstraint(
                condition=Q(asks=True) | Q(second_points__isnull=True, explanation=""),
                name="reform_mark_is_explained_only_when_asked",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class ReformAdjustment(models.Model):
    """A bonus (above zero) or a penalty (below), with its reason."""

    sheet = models.ForeignKey(ReformSheet, models.CASCADE, related_name="adjustments")
    points = models.DecimalField(max_digits=6, decimal_places=2)
    reason = models.CharField(max_length=400)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=64)

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(points=0) & ~Q(reason=""),
                name="reform_adjustment_moves_and_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.points}"
