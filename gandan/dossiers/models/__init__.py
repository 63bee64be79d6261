"""Tables of the desk, by family: the dossier, its people, its course, its desk work."""

from gandan.dossiers.models.course import (
    Chase,
    Extension,
    Opinion,
    Pause,
    StepRun,
    Supplement,
)
from gandan.dossiers.models.desk import (
    CodeCounter,
    Intake,
    Nudge,
    Rating,
    RatingBox,
    Visit,
)
from gandan.dossiers.models.dossier import Dossier
from gandan.dossiers.models.people import DossierPaper, Party

__all__ = [
    "Chase",
    "CodeCounter",
    "Dossier",
    "DossierPaper",
    "Extension",
    "Intake",
    "Nudge",
    "Opinion",
    "Party",
    "Pause",
    "Rating",
    "RatingBox",
    "StepRun",
    "Supplement",
    "Visit",
]
