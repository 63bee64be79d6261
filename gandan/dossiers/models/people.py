"""Who stands on a dossier, and the papers they brought."""

from django.db import models
from django.db.models import Q

PARTY_ROLES = (
    "owner",
    "spouse",
    "representative",
    "bringer",
    "helper",
    "interpreter",
    "witness",
)


class Party(models.Model):
    """A person on a dossier. A name has one to six words; a birth may be a year."""

    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.CASCADE, related_name="parties"
    )
    role = models.CharField(max_length=16)
    ordinal = models.PositiveSmallIntegerField(default=0)
    full_name = models.CharField(max_length=120)
    # Vietnamese lists sort by given name.
    sort_key = models.CharField(max_length=240, blank=True)
    sex = models.CharField(max_length=8, blank=True)
    born_on = models.DateField(null=True, blank=True)
    born_year = models.PositiveSmallIntegerField(null=True, blank=True)
    identity_number = models.CharField(max_length=12, blank=True)
    old_identity_number = models.CharField(max_length=9, blank=True)
    identity_issued_on = models.DateField(null=True, blank=True)
    telephone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    # As the person says it; a house number is never required.
    address = models.CharField(max_length=240, blank=True)
    place = models.ForeignKey(
        "places.Place",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    village = models.CharField(max_length=120, blank=True)
    # A representative's paper (authorisation, guardianship), an interpreter's language.
    paper = models.CharField(max_length=160, blank=True)
    spoken_language = models.CharField(max_length=40, blank=True)
    # Who cannot write signs with a fingerprint, before a witness.
    fingerprint = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=PARTY_ROLES), name="party_has_a_known_role"
            ),
            models.UniqueConstraint(
                fields=["dossier", "role", "ordinal"], name="party_stands_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["identity_number"],
                condition=~Q(identity_number=""),
                name="party_by_identity",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.dossier_id}"


class DossierPaper(models.Model):
    """One component of the dossier: asked by the version, brought or missing."""

    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.CASCADE, related_name="papers"
    )
    key = models.CharField(max_length=80)
    name = models.CharField(max_length=600)
    originals = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)
    electronic = models.PositiveSmallIntegerField(default=0)
    # Scanned at reception (DuocSoHoa); re-use of stored papers comes later.
    digitised = models.BooleanField(default=False)
    file = models.ForeignKey(
        "documents.StoredFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    received_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "key"], name="dossier_paper_stands_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.dossier_id}"
