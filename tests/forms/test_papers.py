"""Files of a draft go when their question goes, when it is deleted, when it expires."""

from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from gandan.documents.queries import files_of
from gandan.forms import actions, loading, sweeps
from gandan.forms.models import KEPT_FOR, Draft
from gandan.forms.web import papers
from gandan.forms.web.contract import FileRefused, PageRequest
from gandan.ledger.models import Event
from tests.forms.cases import BIRTH
from tests.forms.test_drafts import AT, CITIZEN, saved, started

pytestmark = pytest.mark.django_db

MARRIED = BIRTH["married parents, the mother asks"]
BIRTH_FORM = loading.definition("birth")


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    return out.getvalue()


def handed_in(draft: Draft, data: bytes | None = None, name: str = "giay.png") -> str:
    request = cast(PageRequest, SimpleNamespace(actor=CITIZEN, now=AT))
    upload: Any = SimpleUploadedFile(name, picture() if data is None else data)
    return papers.store(request, draft, BIRTH_FORM.find("paper_certificate"), upload)


@pytest.fixture
def draft() -> Draft:
    made = started()
    paper = {"files": [handed_in(made)], "bring": False}
    return saved(made, MARRIED | {"paper_certificate": paper})


def kept(draft: Draft) -> int:
    return files_of(str(draft.public_id)).count()


def test_a_file_belongs_to_its_draft_and_question(draft: Draft) -> None:
    (file,) = files_of(str(draft.public_id))
    assert draft.answers["paper_certificate"]["files"] == [str(file.public_id)]
    assert (file.kind, file.retention_class) == ("paper_certificate", "draft")


def test_a_file_that_cannot_be_kept_is_refused_in_words(draft: Draft) -> None:
    with pytest.raises(FileRefused) as refused:
        handed_in(draft, b"MZ\x90 a program")
    assert refused.value.words
    assert kept(draft) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"birth_evidence": "electronic"},
        {"situation": "foundling"},
        {"paper_certificate": {"files": [], "bring": True}},
        {"paper_certificate": None},
    ],
    ids=str,
)
def test_a_paper_no_longer_asked_or_taken_away_is_erased(
    draft: Draft, changed: dict[str, Any]
) -> None:
    saved(draft, changed)
    assert kept(draft) == 0


def test_an_answer_beside_it_erases_nothing(draft: Draft) -> None:
    saved(draft, {"child_name": "Hoàng An"})
    assert kept(draft) == 1


def test_deleting_the_form_erases_its_files(draft: Draft) -> None:
    actions.discard(draft_id=draft.pk, by=CITIZEN, at=AT)
    assert kept(draft) == 0


def test_what_expires_takes_its_files_along(draft: Draft) -> None:
    assert sweeps.delete_expired(AT + KEPT_FOR - timedelta(seconds=1)) == 0
    assert kept(draft) == 1
    assert sweeps.delete_expired(AT + KEPT_FOR) == 1
    assert kept(draft) == 0


def test_events_about_files_carry_no_name(draft: Draft) -> None:
    handed_in(draft, name="giay chung sinh Nong Thi Anh.png")
    written = str(list(Event.objects.values_list("payload", flat=True)))
    assert "Nong" not in written
