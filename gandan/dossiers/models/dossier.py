"""The dossier: three organisations, the inputs of its clock, and the last reading."""

import secrets
import uuid
from copy import copy
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from gandan.dossiers.rules.moves import NATIONAL, OPEN, State
from gandan.kernel.canonical import b64u

OPEN_STATES = sorted(state.value for state in OPEN)
CHANNELS = ("counter", "online", "post")
OUTCOMES = ("result", "refused", "withdrawn", "stopped")


def new_ledger_id() -> str:
    return b64u(secrets.token_bytes(16))


def body_word(organisation: int) -> str:
    """How an organisation stands among the searchable words; no syllable has a '#'."""
    return f"#{organisation}"


_LONG_TEXTS = tuple(
    f"procedure__{name}" for name in ("content", "fold", "words", "source")
)


class DossierQuerySet(models.QuerySet["Dossier"]):
    def locked(self, dossier_id: int) -> "Dossier":
        """Lock first, judge second: two officers may press the same button.

        Comes with the names of its procedure, without the long texts no verb reads.
        """
        rows = self.select_for_update(of=("self",)).select_related("procedure")
        dossier = rows.defer(*_LONG_TEXTS).get(pk=dossier_id)
        dossier.keep_as_loaded()
        return dossier

    def open(self) -> "DossierQuerySet":
        return self.filter(state__in=OPEN_STATES)

    def late(self, on: date) -> "DossierQuerySet":
        """Open, with the clock running, and past the due day."""
        return self.open().filter(due_on__lt=on)


class Dossier(models.Model):
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Random, and not derivable from the others (rule 16).
    ledger_id = models.CharField(max_length=22, default=new_ledger_id)
    ledger_seq = models.PositiveIntegerField(default=0)  # the next one to write
    # The row's version: a form that carries an older one is refused.
    version = models.PositiveIntegerField(default=1)

    code = models.CharField(max_length=48, null=True, blank=True)
    # What somebody who filed online follows it by, before there is a code and after.
    filing_number = models.CharField(max_length=11, null=True, blank=True)
    state = models.CharField(max_length=20, default=State.DRAFT.value)
    state_before = models.CharField(max_length=20, blank=True)

    procedure = models.ForeignKey(
        "procedures.ProcedureVersion",
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
    )
    # Copied from the version: lists and figures read them without a join.
    procedure_code = models.CharField(max_length=20)
    field = models.CharField(max_length=160, blank=True)
    case = models.CharField(max_length=160, blank=True)
    confidentiality = models.CharField(max_length=16, default="ordinary")
    retention_class = models.CharField(max_length=24, blank=True)
    channel = models.CharField(max_length=8, default="counter")

    # Three organisations: where help was given, who received it, who is competent.
    helped_at = models.ForeignKey(
        "places.Organisation",
        on_delete=models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="+",
    )
    received_by = models.ForeignKey(
        "places.Organisation",
        on_delete=models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="+",
    )
    competent = models.ForeignKey(
        "places.Organisation",
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
    )
    # The public records stay with the first unit, whatever the routing (LEDGER §2).
    first_competent = models.ForeignKey(
        "places.Organisation",
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
    )
    # The office and officer that have it now.
    office = models.ForeignKey(
        "places.Organisation",
        on_delete=models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="+",
    )
    officer = models.ForeignKey(
        "people.User",
        on_delete=models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="+",
    )
    place = models.ForeignKey(
        "places.Place",
        on_delete=models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="+",
    )
    village = models.CharField(max_length=120, blank=True)

    # The clock's inputs. `due_on` is the last reading, nothing more.
    submitted_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    day_zero = models.DateField(null=True, blank=True)
    limit_quantity = models.DecimalField(
        max_digits=6, decimal_places=2, null=True, blank=True
    )
    limit_unit = models.CharField(max_length=12, blank=True)
    limit_text = models.CharField(max_length=400, blank=True)
    limit_basis = models.CharField(max_length=400, blank=True)
    rules_id = models.CharField(max_length=24, blank=True)
    # Where the law gives no number, the officer sets the date and says why.
    set_by_hand_why = models.CharField(max_length=400, blank=True)
    due_on = models.DateField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    provisional = models.BooleanField(default=False)
    # The date printed on the first slip; never moved.
    promised_on = models.DateField(null=True, blank=True)
    extended_to = models.DateField(null=True, blank=True)
    # The due day that was found passed; another one may pass after a new date.
    overdue_on = models.DateField(null=True, blank=True)
    left_out_days = models.PositiveIntegerField(default=0)
    supplements = models.PositiveSmallIntegerField(default=0)
    extensions = models.PositiveSmallIntegerField(default=0)
    reroutings = models.PositiveSmallIntegerField(default=0)

    ended_at = models.DateTimeField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=10, blank=True)
    outcome_reason = models.TextField(blank=True)
    signed_by = models.ForeignKey(
        "people.User",
        on_delete=models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="+",
    )
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_on = models.DateField(null=True, blank=True)
    result_electronic = models.BooleanField(default=False)
    digitised = models.BooleanField(default=False)
    fee_vnd = models.BigIntegerField(null=True, blank=True)
    paid = models.CharField(max_length=8, blank=True)

    form_key = models.CharField(max_length=48, blank=True)
    form_version = models.PositiveSmallIntegerField(null=True, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    # Folded syllables of the owners' names, and the organisations (`body_word`): the
    # search meets both inside one index.
    words = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    owner_name = models.CharField(max_length=120, blank=True)

    # Digests of the slip's QR capability and of its withdrawal token; T itself is kept
    # only from the applicant's request to its granting, when the ledger publishes it.
    capability_digest = models.BinaryField(max_length=32, null=True, blank=True)
    token_digest = models.BinaryField(max_length=32, null=True, blank=True)
    withdrawal_token = models.CharField(max_length=24, blank=True)
    language = models.CharField(max_length=2, default="vi")
    bundle = models.UUIDField(null=True, blank=True)
    paper_slip_no = models.CharField(max_length=24, blank=True)
    parked_at = models.DateTimeField(null=True, blank=True)
    imported = models.BooleanField(default=False)
    # Of the imported line: the same code with other content is refused. Its journal
    # event stands for the whole batch.
    imported_digest = models.BinaryField(max_length=16, null=True, blank=True)
    import_batch = models.UUIDField(null=True, blank=True)
    demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects = DossierQuerySet.as_manager()

    class Meta:
        # Uniqueness as constraints, foreign keys without an index of their own: each
        # index is paid for by every intake, and lists read the composite ones below.
        constraints = [
            models.UniqueConstraint(fields=["code"], name="dossier_code_is_its_own"),
            # Only of what was filed online: an intake at the counter pays nothing.
            models.UniqueConstraint(
                fields=["filing_number"],
                condition=Q(filing_number__isnull=False),
                name="dossier_filing_number_is_its_own",
            ),
            models.UniqueConstraint(
                fields=["ledger_id"], name="dossier_ledger_id_is_its_own"
            ),
            models.UniqueConstraint(
                fields=["capability_digest"], name="dossier_capability_is_its_own"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in State]),
                name="dossier_has_a_known_state",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=CHANNELS), name="dossier_has_a_known_channel"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted", "sent_back", "rejected"])
                # Filed online, and wanted back before the desk received it.
                | Q(
                    state="withdrawal_asked",
                    state_before__in=["submitted", "sent_back"],
                )
                | Q(code__isnull=False, received_at__isnull=False),
                name="dossier_received_has_a_code",
            ),
            # Imported history keeps what it says, also where it says nonsense; the
            # figures show it. Our own records cannot end before they began.
            models.CheckConstraint(
                condition=Q(imported=True)
                | Q(ended_at__isnull=True)
                | Q(received_at__isnull=True)
                | Q(ended_at__gte=F("received_at")),
                name="dossier_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(outcome__in=OUTCOMES),
                name="dossier_has_a_known_outcome",
            ),
            models.CheckConstraint(
                condition=Q(fee_vnd__isnull=True) | Q(fee_vnd__gte=0),
                name="dossier_fee_is_not_negative",
            ),
        ]
        indexes = [
            models.Index(
                fields=["competent", "due_on", "id"],
                condition=Q(state__in=OPEN_STATES),
                name="dossier_open_by_competent",
            ),
            models.Index(
                fields=["received_by", "due_on", "id"],
                condition=Q(state__in=OPEN_STATES),
                name="dossier_open_by_receiver",
            ),
            models.Index(
                fields=["office", "due_on", "id"],
                condition=Q(state__in=OPEN_STATES),
                name="dossier_open_by_office",
            ),
            models.Index(
                fields=["due_on", "id"],
                condition=Q(state__in=["received", "processing"]),
                name="dossier_running_by_due",
            ),
            models.Index(
                fields=["received_by", "ended_at", "id"],
                condition=Q(state__in=["done", "refused"]),
                name="dossier_to_hand_over",
            ),
            models.Index(
                fields=["received_by", "created_at", "id"],
                condition=Q(state__in=["draft", "submitted"]),
                name="dossier_before_reception",
            ),
            models.Index(
                fields=["competent", "-received_at", "-id"],
                name="dossier_by_competent",
            ),
            models.Index(
                fields=["received_by", "-received_at", "-id"],
                name="dossier_by_receiver",
            ),
            models.Index(
                fields=["bundle"],
                condition=Q(bundle__isnull=False),
                name="dossier_bundle",
            ),
            models.Index(
                fields=["helped_at", "-received_at", "-id"],
                condition=Q(helped_at__isnull=False),
                name="dossier_by_helper",
            ),
            GinIndex(fields=["words"], name="dossier_words"),
        ]

    def __str__(self) -> str:
        return self.code or str(self.public_id)

    def keep_as_loaded(self) -> None:
        """Remember the columns as they are, so that a verb saves what it changed."""
        self._loaded = {
            name: copy(value) if isinstance(value, list | dict) else value
            for name, value in self.__dict__.items()
            if not name.startswith("_")
        }

    def save_changes(self) -> None:
        """Everything, unless it is known how the row was loaded."""
        loaded: dict[str, Any] | None = self.__dict__.get("_loaded")
        if loaded is None:
            self.save()
            return
        missing = object()
        changed = [
            name
            for name, value in self.__dict__.items()
            if not name.startswith("_") and loaded.get(name, missing) != value
        ]
        self.save(update_fields=changed)
        self.keep_as_loaded()

    @property
    def national_state(self) -> int | None:
        return NATIONAL.get(State(self.state))

    @property
    def short_code(self) -> str:
        """The last part of the code, or of the filing number: what an SMS may say."""
        known = self.code or self.filing_number
        return "…" + known[-4:] if known else ""
