"""The pages of the forms as the room above would include them."""

import uuid
from datetime import datetime, time, timedelta

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from gandan.forms.schema import Answers, Definition
from gandan.forms.web.contract import PageRequest
from gandan.forms.web.fields import Upload
from gandan.forms.web.journey import (
    FileRefused,
    FormJourney,
    Submission,
    SubmitRefused,
)
from gandan.kernel.localtime import at_local
from tests.forms.cases import ON

AT = at_local(ON, time(9))
sent: list[Submission] = []
closed: list[str] = []
shut: list[bool] = []


def submit(submission: Submission) -> uuid.UUID:
    if closed:
        raise SubmitRefused(closed[0])
    sent.append(submission)
    return uuid.uuid5(uuid.NAMESPACE_OID, str(submission.draft.public_id))


def store(request: PageRequest, draft: object, question: object, file: Upload) -> str:
    if not (file.content_type or "").startswith("image/"):
        raise FileRefused("Chỉ nhận ảnh")
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{file.name} {file.size}"))


def fee(definition: Definition, answers: Answers) -> str:
    return "8.000 đ mỗi bản sao" if answers.get("wants_copies") else ""


def receipt(request: HttpRequest, dossier: str) -> HttpResponse:
    return HttpResponse(f"receipt {dossier}")


journey = FormJourney(
    submit=submit,
    receipt=lambda request, dossier: f"/bien-nhan/{dossier}",
    store_file=store,
    is_open=lambda: not shut,
    fee=fee,
    facts=lambda definition: ["1 ngày làm việc"],
)
urlpatterns = [
    *i18n_patterns(
        path("nop/", include(journey.urls())), prefix_default_language=False
    ),
    path("bien-nhan/<uuid:dossier>", receipt),
]


def now() -> datetime:
    """The morning of the cases, for `GANDAN_NOW`."""
    return AT


def a_month_later() -> datetime:
    return AT + timedelta(days=31)
