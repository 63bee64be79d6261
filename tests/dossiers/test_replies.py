"""Who waits for a late dossier asks; the head of the desk owes the answer."""

import pytest

from gandan.dossiers import actions
from gandan.duties.models import Duty
from gandan.notices.models import Message
from tests.factories import TUESDAY, applicant, at, counter, head, processing

pytestmark = pytest.mark.django_db
ON = TUESDAY.date()
LATE = at("2025-06-16")


def test_a_question_is_owed_by_the_head_until_it_is_answered() -> None:
    dossier = processing()
    actions.nudge(dossier_id=dossier.pk, by=applicant(dossier), at=LATE)
    duty = Duty.objects.get(kind="answer_nudge", done_at=None)
    assert (duty.role, duty.due_on) == ("head_one_stop", LATE.date())
    assert duty.link == f"/ho-so/{dossier.public_id}/tra-loi"

    # A second question is the same debt, since the first day.
    later = at("2025-06-17")
    actions.nudge(dossier_id=dossier.pk, by=applicant(dossier), at=later)
    duty.refresh_from_db()
    assert (duty.done_at, duty.due_on) == (None, LATE.date())

    told = "Chờ trạm y tế xác nhận, trả thứ Năm."
    answered = actions.answer_nudge(
        dossier_id=dossier.pk, answer=told, by=head(ON), at=later
    )
    assert answered == 2
    assert not Duty.objects.filter(kind="answer_nudge", done_at=None).exists()
    letters = Message.objects.filter(template="nudge_answered")
    assert {row.params["answer"] for row in letters} <= {told}
    # Nothing is left to answer.
    again = actions.answer_nudge(
        dossier_id=dossier.pk, answer=told, by=head(ON), at=later
    )
    assert again == 0


def test_a_question_stays_owed_when_the_dossier_moves_on() -> None:
    dossier = processing()
    actions.nudge(dossier_id=dossier.pk, by=applicant(dossier), at=LATE)
    actions.ask_withdrawal(dossier_id=dossier.pk, by=counter(ON), at=LATE)
    assert Duty.objects.filter(kind="answer_nudge", done_at=None).exists()


def test_only_the_head_of_the_desk_answers() -> None:
    dossier = processing()
    actions.nudge(dossier_id=dossier.pk, by=applicant(dossier), at=LATE)
    with pytest.raises(PermissionError):
        actions.answer_nudge(
            dossier_id=dossier.pk, answer="Sắp xong", by=counter(ON), at=LATE
        )
