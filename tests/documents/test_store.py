"""Files of a record: written before their row, served as nothing that can act."""

import os
import threading
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files import storage
from django.db import connections, transaction
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks, Settings

from gandan.documents import actions, queries, store, sweeps
from gandan.documents.intake import FileRefused, Why
from gandan.documents.models import PrintedSlip, StoredFile
from gandan.documents.web import serving
from gandan.kernel.actors import Actor
from gandan.kernel.localtime import at_local
from gandan.ledger.models import Event
from tests.documents.conftest import NEW, NINE, Picture, receipt

AT = at_local(NEW, NINE)
CITIZEN = Actor(kind="citizen", id="", user_id=None)
OFFICER = Actor(kind="official", id="b7c0", user_id=1)
SUBJECT = "9d3f8a52-0000-4000-8000-000000000007"


def keep(data: bytes, **values: Any) -> StoredFile:
    given: dict[str, Any] = {
        "content": BytesIO(data),
        "name": "Đơn của bà Hoàng.jpg",
        "subject": SUBJECT,
        "kind": "component",
        "retention_class": "unset",
        "by": CITIZEN,
        "at": AT,
    }
    return actions.store_upload(**(given | values))


def stored_names() -> list[str]:
    try:
        folders, _ = storage.default_storage.listdir("")
    except FileNotFoundError:
        return []
    return [f"{d}/{f}" for d in folders for f in storage.default_storage.listdir(d)[1]]


@pytest.fixture(autouse=True)
def _empty_store(_files_apart: Path) -> None:
    store.remove(stored_names())


def test_a_file_lies_under_a_random_name_and_its_row_knows_its_sum(
    db: None, picture: Picture
) -> None:
    file = keep(picture("JPEG"))

    assert stored_names() == [file.storage_name]
    assert "Hoàng" not in file.storage_name
    with storage.default_storage.open(file.storage_name) as kept:
        data = kept.read()
    assert (sha256(data).digest(), len(data)) == (bytes(file.sha256), file.size)
    assert (file.content_type, file.original_name) == (
        "image/jpeg",
        "Đơn của bà Hoàng.jpg",
    )
    assert (file.uploaded_at, file.uploaded_by_kind) == (AT, "citizen")
    event = Event.objects.get(kind="documents.file_stored.v1")
    assert event.subject == SUBJECT
    assert event.payload == {
        "file": str(file.public_id),
        "kind": "component",
        "size": file.size,
    }


def test_files_lie_outside_the_web_root(
    db: None, picture: Picture, settings: Settings
) -> None:
    place = Path(storage.default_storage.path(keep(picture("PNG")).storage_name))
    assert not place.is_relative_to(Path(settings.STATIC_ROOT))
    assert place.stat().st_mode & 0o077 == 0


def test_a_refused_file_leaves_nothing(db: None) -> None:
    with pytest.raises(FileRefused):
        keep(b"MZ")
    assert stored_names() == []
    assert not StoredFile.objects.exists()


def test_a_record_has_room_for_a_hundred_files(db: None, picture: Picture) -> None:
    file = keep(picture("PNG", size=(200, 200)))
    StoredFile.objects.bulk_create(
        StoredFile(
            subject=SUBJECT,
            kind="component",
            content_type="image/png",
            size=1,
            sha256=file.sha256,
            storage_name=f"x{n}",
            original_name="a.png",
            retention_class="unset",
            uploaded_at=AT,
            uploaded_by_kind="citizen",
        )
        for n in range(actions.MOST_FILES - 1)
    )
    with pytest.raises(FileRefused) as refused:
        keep(picture("PNG", size=(200, 200)))
    assert refused.value.why == Why.TOO_MANY_FILES
    keep(picture("PNG", size=(200, 200)), subject="another")


def test_a_drafts_files_become_the_dossiers(db: None, picture: Picture) -> None:
    file = keep(picture("PNG"), subject="draft")
    moved = actions.hand_on(
        subject="draft", to=SUBJECT, retention_class="years_70", by=CITIZEN, at=AT
    )
    assert moved == 1
    assert list(queries.files_of(SUBJECT)) == [file]
    assert queries.files_of(SUBJECT, kind="result").count() == 0
    file.refresh_from_db()
    assert file.retention_class == "years_70"
    assert actions.hand_on(subject="draft", to=SUBJECT, by=CITIZEN, at=AT) == 0
    assert Event.objects.filter(kind="documents.files_handed_on.v1").count() == 1


def test_erasing_takes_row_and_bytes(
    db: None,
    picture: Picture,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    first, second = keep(picture("PNG")), keep(picture("JPEG"))
    with django_capture_on_commit_callbacks(execute=True):
        gone = actions.erase(
            subject=SUBJECT, files=[str(first.public_id)], by=OFFICER, at=AT
        )
    assert gone == 1
    assert stored_names() == [second.storage_name]
    assert list(queries.files_of(SUBJECT)) == [second]


@pytest.mark.django_db(transaction=True)
def test_an_erasure_that_rolls_back_loses_no_bytes(picture: Picture) -> None:
    file = keep(picture("PNG"))
    with transaction.atomic():
        actions.erase(subject=SUBJECT, by=OFFICER, at=AT)
        transaction.set_rollback(True)
    assert stored_names() == [file.storage_name]


@pytest.mark.django_db(transaction=True)
def test_bytes_of_an_upload_that_rolled_back_are_swept_after_a_day(
    picture: Picture,
) -> None:
    kept = keep(picture("PNG"))
    with transaction.atomic():
        lost = keep(picture("PNG"))
        transaction.set_rollback(True)
    assert sorted(stored_names()) == sorted([kept.storage_name, lost.storage_name])
    for name in stored_names():
        os.utime(storage.default_storage.path(name), (AT.timestamp(), AT.timestamp()))

    assert sweeps.remove_orphans(at=AT + timedelta(hours=23)) == 0
    assert sweeps.remove_orphans(at=AT + timedelta(hours=25)) == 1
    assert stored_names() == [kept.storage_name]


def test_a_sweep_before_the_first_file_finds_nothing(
    db: None, settings: Settings, tmp_path: Path
) -> None:
    location = {"location": str(tmp_path / "nothing here yet")}
    settings.STORAGES = settings.STORAGES | {
        "default": settings.STORAGES["default"] | {"OPTIONS": location}
    }
    assert sweeps.remove_orphans(at=AT) == 0


# --- serving -----------------------------------------------------------------------


def test_a_file_is_a_download_that_can_do_nothing(db: None, picture: Picture) -> None:
    file = keep(picture("JPEG"))
    answer = serving.serve(file)
    assert b"".join(answer)[:3] == b"\xff\xd8\xff"
    answer.close()
    assert answer["Content-Type"] == "image/jpeg"
    disposition = answer["Content-Disposition"]
    assert disposition.startswith("attachment")
    assert "Ho" not in disposition
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("content_type", "shown"),
    [("image/jpeg", "inline"), ("application/pdf", "attachment")],
)
def test_only_a_picture_may_be_shown_inside_a_page(
    db: None, picture: Picture, content_type: str, shown: str
) -> None:
    file = keep(picture("JPEG"))
    file.content_type = content_type
    answer = serving.serve(file, inline=True)
    assert answer["Content-Disposition"].startswith(shown)
    answer.close()


# --- printing ----------------------------------------------------------------------


def printed(**values: Any) -> PrintedSlip:
    return actions.record_print(
        subject=SUBJECT, paper=receipt(**values), by=OFFICER, at=AT
    )


def test_a_print_is_kept_with_its_promise_and_without_its_words(db: None) -> None:
    slip = printed()
    assert (slip.form, slip.form_set, slip.form_number) == (
        "receipt",
        "tt03-2025",
        1,
    )
    assert (slip.prints, slip.promised_on) == (1, NEW + timedelta(days=37))
    kept = " ".join(str(value) for value in vars(slip).values())
    assert "Hoàng" not in kept
    event = Event.objects.get(kind="documents.slip_printed.v1")
    assert event.payload["promised_on"] == "2025-12-05"


def test_the_same_words_again_are_the_same_paper(db: None) -> None:
    first = printed()
    again = printed(
        withdrawal_token="",
        follow_secret="",
        print_number=2,
        printed_on=NEW + timedelta(days=1),
        copy_for_file=True,
    )
    assert (again.pk, again.prints) == (first.pk, 2)
    assert queries.printed_before(SUBJECT, "receipt")


def test_another_date_is_another_paper_and_both_promises_stand(db: None) -> None:
    printed()
    printed(due_on=NEW + timedelta(days=40))
    assert PrintedSlip.objects.count() == 2
    assert queries.promises_of(SUBJECT) == [
        NEW + timedelta(days=37),
        NEW + timedelta(days=40),
    ]


@pytest.mark.django_db(transaction=True)
def test_of_two_prints_at_once_only_one_is_the_first() -> None:
    together = threading.Barrier(2)
    counts: list[int] = []

    def press() -> None:
        together.wait(5)
        try:
            counts.append(printed().prints)
        finally:
            connections.close_all()

    hands = [threading.Thread(target=press) for _ in range(2)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert sorted(counts) == [1, 2]
