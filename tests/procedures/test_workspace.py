"""The catalogue in the workspace: who reads, who writes, who speaks for which wall."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from gandan.kernel.actors import Role
from gandan.kernel.localtime import local_day
from gandan.ledger.models import Event
from gandan.people.models import User
from gandan.places import queries as places
from gandan.places.models import Organisation
from gandan.procedures import queries
from gandan.procedures.models import Posting
from tests import factories

pytestmark = pytest.mark.django_db

TODAY = local_day(datetime.now(UTC))


def province() -> Organisation:
    found = places.organisation_by_key("04@2021-01-01")
    assert found is not None
    return found


@pytest.fixture
def as_official(client: Client) -> Any:
    def sign_in(role: Role) -> Client:
        desk = factories.desk(TODAY)
        body = province() if role == Role.ADMINISTRATOR else desk
        actor = factories.official(f"w-{role}", (role, body), on=TODAY)
        client.force_login(
            User.objects.get(public_id=actor.id),
            backend="django.contrib.auth.backends.ModelBackend",
        )
        return client

    return sign_in


PAGES = [
    "/danh-muc/thu-tuc",
    "/danh-muc/thu-tuc?q=khai+sinh&tat-ca=1",
    "/danh-muc/thu-tuc?q=1.0011",
    "/danh-muc/thu-tuc?q=zzzz&trang=99",
    "/danh-muc/thu-tuc/1.001193",
    "/danh-muc/thu-tuc/1.013978",
    "/danh-muc/thu-tuc/niem-yet",
]


@pytest.mark.parametrize("address", [*PAGES, "/danh-muc/thu-tuc/1.001193/moi"])
def test_a_stranger_is_sent_to_sign_in(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 302
    assert "/tai-khoan/" in response["Location"]


@pytest.mark.parametrize("prefix", ["", "/en", "/fr"])
@pytest.mark.parametrize("address", PAGES)
def test_every_official_reads_the_catalogue(
    as_official: Any, prefix: str, address: str
) -> None:
    assert as_official(Role.SPECIALIST).get(prefix + address).status_code == 200


@pytest.mark.parametrize("role", [r for r in Role if r != Role.ADMINISTRATOR])
def test_only_an_administrator_writes_versions(as_official: Any, role: Role) -> None:
    client = as_official(role)
    for method in (client.get, client.post):
        assert method("/danh-muc/thu-tuc/1.001193/moi").status_code == 404


def form(**changed: str) -> dict[str, str]:
    return {
        "everyday_vi": "Làm giấy khai sinh cho con",
        "everyday_en": "Get a birth certificate",
        "everyday_fr": "",
        "search_words": "khai sinh\ngiấy khai sinh",
        "basis": "Quyết định 12/QĐ-UBND ngày 01/10/2026",
        "valid_from": f"{TODAY:%d/%m/%Y}",
        "published_on": "01/10/2026",
        "quantity_0": "0,5",
        "unit_0": "WORKING_DAY",
        **changed,
    }


def test_a_decision_of_the_province_becomes_a_version_with_its_number(
    as_official: Any,
) -> None:
    client = as_official(Role.ADMINISTRATOR)
    assert client.get("/danh-muc/thu-tuc/1.001193/moi").status_code == 200
    response = client.post("/danh-muc/thu-tuc/1.001193/moi", form())
    assert response.status_code == 302
    new, old = queries.versions("1.001193")
    assert (old.national_only, new.national_only) == (True, False)
    assert (old.valid_to, new.valid_from) == (TODAY, TODAY)
    assert new.published_on == date(2026, 10, 1)
    (limit,) = new.limits()
    assert (str(limit.allowance), limit.basis, limit.verified) == (
        "0.5 WORKING_DAY",
        "Quyết định 12/QĐ-UBND ngày 01/10/2026",
        True,
    )
    assert new.questions() == old.questions()
    assert Event.objects.filter(
        kind="procedures.version_published.v1", subject=str(new.public_id)
    ).exists()
    page = client.get("/danh-muc/thu-tuc/1.001193").content.decode()
    assert "Quyết định 12/QĐ-UBND" in page


def test_words_alone_leave_the_national_mark(as_official: Any) -> None:
    client = as_official(Role.ADMINISTRATOR)
    same = form(quantity_0="1", search_words="giấy chứng sinh")
    client.post("/danh-muc/thu-tuc/1.001193/moi", same)
    new, old = queries.versions("1.001193")
    assert new.national_only
    assert new.limits() == old.limits()
    assert new.search_words == ["giấy chứng sinh"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"basis": ""}, "basis"),
        ({"valid_from": "1/1/2015"}, "valid_from"),
        ({"valid_from": "yesterday"}, "valid_from"),
        ({"unit_0": ""}, "quantity_0"),
        ({"quantity_0": "-1"}, "quantity_0"),
        ({"quantity_0": "0"}, None),
    ],
)
def test_a_wrong_form_is_kept_and_explained(
    as_official: Any, changed: dict[str, str], field: str | None
) -> None:
    client = as_official(Role.ADMINISTRATOR)
    response = client.post("/danh-muc/thu-tuc/1.001193/moi", form(**changed))
    assert response.status_code == 422
    assert (field or "__all__") in response.context["form"].errors
    assert len(queries.versions("1.001193")) == 1


def test_the_same_words_again_are_refused_in_words(as_official: Any) -> None:
    held = queries.versions("1.001193")[0]
    same = form(
        everyday_fr=held.everyday["fr"],
        search_words="\n".join(held.search_words),
        quantity_0="1",
        life_events="birth",
    )
    response = as_official(Role.ADMINISTRATOR).post(
        "/danh-muc/thu-tuc/1.001193/moi", same
    )
    assert response.status_code == 422
    assert len(queries.versions("1.001193")) == 1


def wall_address() -> str:
    return f"/danh-muc/thu-tuc/niem-yet/{factories.desk(TODAY).key}"


def test_a_desk_confirms_what_hangs_on_its_wall(as_official: Any) -> None:
    client = as_official(Role.HEAD_ONE_STOP)
    assert client.get(wall_address()).status_code == 200
    response = client.post(wall_address(), {"posted_on": f"{TODAY:%d/%m/%Y}"})
    assert response.status_code == 302
    posting = Posting.objects.get()
    listed = queries.of_desk(factories.desk(TODAY), on=TODAY)
    assert posting.posted_on == TODAY
    assert posting.procedures == len(listed) >= 200
    assert posting.versions_digest == queries.versions_digest(listed)
    event = Event.objects.get(kind="procedures.posting_confirmed.v1")
    assert event.organisation == factories.desk(TODAY).key
    public = client.get("/en/cong-khai").content.decode()
    assert "On the wall since" in public


def test_a_version_after_the_confirmation_puts_the_desk_behind(
    as_official: Any,
) -> None:
    client = as_official(Role.HEAD_ONE_STOP)
    client.post(wall_address(), {"posted_on": f"{TODAY:%d/%m/%Y}"})
    as_official(Role.ADMINISTRATOR).post("/danh-muc/thu-tuc/1.001193/moi", form())
    response = as_official(Role.HEAD_ONE_STOP).get("/danh-muc/thu-tuc/niem-yet")
    (wall,) = response.context["mine"]
    assert (wall.behind, wall.is_up_to_date) == (1, False)
    page = client.get(wall_address())
    assert [v.code for v in page.context["changed"]] == ["1.001193"]


@pytest.mark.parametrize("posted_on", ["", "31/12/2099", "32/01/2026"])
def test_a_wall_is_not_confirmed_for_a_day_that_is_not_there(
    as_official: Any, posted_on: str
) -> None:
    response = as_official(Role.COUNTER).post(wall_address(), {"posted_on": posted_on})
    assert response.status_code == 422
    assert not Posting.objects.exists()


def picture() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    return SimpleUploadedFile("wall.png", out.getvalue(), "image/png")


def test_a_photo_of_the_wall_is_kept_for_officials(as_official: Any) -> None:
    client = as_official(Role.COUNTER)
    sent = {"posted_on": f"{TODAY:%d/%m/%Y}", "photo": picture()}
    assert client.post(wall_address(), sent).status_code == 302
    address = f"/danh-muc/thu-tuc/niem-yet/anh/{Posting.objects.get().public_id}"
    response = client.get(address)
    assert response["Content-Type"].startswith("image/")
    assert response.getvalue()
    assert address in client.get("/danh-muc/thu-tuc/niem-yet").content.decode()
    client.logout()
    assert client.get(address).status_code == 302
    assert address not in client.get("/cong-khai").content.decode()


@pytest.mark.parametrize("content", [b"", b"not a picture", b"%PDF-1.7 broken"])
def test_a_photo_that_is_none_confirms_nothing(
    as_official: Any, content: bytes
) -> None:
    photo = SimpleUploadedFile("wall.png", content, "image/png")
    sent = {"posted_on": f"{TODAY:%d/%m/%Y}", "photo": photo}
    response = as_official(Role.COUNTER).post(wall_address(), sent)
    assert response.status_code == 422
    assert "photo" in response.context["form"].errors
    assert not Posting.objects.exists()


def test_nobody_speaks_for_another_desk(as_official: Any) -> None:
    other = factories.desk(TODAY, "01290").key
    client = as_official(Role.HEAD_ONE_STOP)
    assert client.get(f"/danh-muc/thu-tuc/niem-yet/{other}").status_code == 404
    assert client.get("/danh-muc/thu-tuc/niem-yet/none").status_code == 404


@pytest.mark.parametrize("role", [Role.SPECIALIST, Role.SIGNATORY, Role.ADMINISTRATOR])
def test_other_roles_confirm_no_wall(as_official: Any, role: Role) -> None:
    assert as_official(role).get(wall_address()).status_code == 404


def test_the_catalogue_is_read_in_a_few_questions(
    as_official: Any, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_official(Role.SPECIALIST)
    client.get("/danh-muc/thu-tuc")
    with django_assert_max_num_queries(8):
        client.get("/danh-muc/thu-tuc")
    client.get("/cong-khai")
    with django_assert_max_num_queries(8):
        client.get("/cong-khai")
