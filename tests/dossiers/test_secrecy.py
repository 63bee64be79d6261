"""What a found slip, a stranger, a log or an address may learn of a dossier: nothing
of a person, of an address or of land; and guessing learns nothing at all."""

import json
import logging
import re
from collections.abc import Iterator
from statistics import median
from time import perf_counter
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from gandan.dossiers import access, actions, secrets
from gandan.dossiers.models import Dossier, Party
from gandan.dossiers.web.public import receipts
from gandan.dossiers.web.public.quiet import Quiet
from gandan.kernel.logs import without_capability
from gandan.ledger.models import Event
from gandan.people import attempts
from gandan.people.actors import ANONYMOUS
from tests.dossiers.filing import text_of
from tests.factories import (
    TUESDAY,
    at,
    counter,
    opening,
    processing,
    received,
    signatory,
    specialist,
)

pytestmark = pytest.mark.django_db
ON = TUESDAY.date()
LAND = "1.013978"
_now = [TUESDAY]

OWNER = actions.PartyIn(
    role="owner",
    full_name="Hoàng Thị Mẩy",
    born_year=1952,
    identity_number="004152001234",
    telephone="0912345678",
    email="may@example.vn",
    address="xóm Lũng Vài, xã Cô Ba, Cao Bằng",
    village="xóm Lũng Vài",
)
BRINGER = actions.PartyIn(
    role="bringer", full_name="Sùng A Páo", identity_number="004090001234"
)
# None of these, with or without marks, may stand anywhere a slip leads to.
PRIVATE = (
    *("Hoàng Thị Mẩy", "bà Mẩy", "Sùng A Páo", "hoang thi may", "sung a pao"),
    *("004152001234", "0912345678", "0912 345 678", "may@example.vn", "1952"),
    *("Lũng Vài", "lung vai", "thửa đất số 12", "thửa số 12", "tờ bản đồ số 7"),
)
TALK = (
    "Bà HOÀNG THỊ MẨY (004152001234, ĐT 0912 345 678) chưa ký; bà Mẩy và ông Sùng A "
    "Páo ở xóm Lũng Vài có thửa đất số 12, tờ bản đồ số 7; thư may@example.vn."
)


def now() -> Any:
    return _now[0]


@pytest.fixture(autouse=True)
def _clock(settings: Settings) -> Iterator[None]:
    settings.GANDAN_NOW = "tests.dossiers.test_secrecy.now"
    _now[0] = TUESDAY
    cache.clear()
    yield
    cache.clear()


def land(**more: Any) -> Dossier:
    return processing(
        procedure=LAND,
        case="registration",
        parties=(OWNER, BRINGER),
        village="xóm Lũng Vài",
        answers={"parcels": [{"parcel_number": "12", "map_sheet": "7"}]},
        **more,
    )


def opened(client: Client, dossier: Dossier) -> Client:
    capability = secrets.capability(dossier.ledger_id)
    answer = client.get(f"/k/{capability}")
    assert answer.headers["Location"] == "/theo-doi/ho-so"
    return client


# --- the faces ------------------------------------------------------------------------


def talked_about() -> dict[str, Dossier]:
    """Dossiers whose officers wrote more than they should, in every state that shows
    free words."""
    asked, late, refused, stopped = land(), land(), land(), land()
    wanted = [{"key": "a", "name": f"Giấy của {TALK}", "why": TALK}]
    actions.ask_supplement(
        dossier_id=asked.pk, wanted=wanted, by=specialist(ON), at=TUESDAY
    )
    actions.apologise(
        dossier_id=late.pk,
        reason=TALK,
        new_due=at("2025-07-10").date(),
        by=signatory(ON),
        at=TUESDAY,
    )
    for dossier, verb in ((refused, "refuse"), (stopped, "stop")):
        act = getattr(actions, verb)
        act(dossier_id=dossier.pk, reason=TALK, by=signatory(ON), at=TUESDAY)
    filed = [
        actions.submit(
            opening(ON, parties=(OWNER, BRINGER)), by=ANONYMOUS, at=TUESDAY
        ).dossier
        for _ in range(2)
    ]
    actions.send_back(dossier_id=filed[0].pk, wanted=wanted, by=counter(ON), at=TUESDAY)
    actions.reject(dossier_id=filed[1].pk, reason=TALK, by=counter(ON), at=TUESDAY)
    withdrawn = land()
    actions.ask_withdrawal(
        dossier_id=withdrawn.pk, by=counter(ON), at=TUESDAY, reason=TALK
    )
    return {
        "supplement": asked,
        "apologised": late,
        "refused": refused,
        "stopped": stopped,
        "sent back": filed[0],
        "rejected": filed[1],
        "withdrawal asked": withdrawn,
    }


# A public id is random and may hold any four figures.
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PAGES = ("/theo-doi", "/theo-doi/ho-so", "/theo-doi/rut", "/theo-doi/bo-sung")


@pytest.mark.parametrize("prefix", ["", "/en", "/fr"])
def test_no_page_a_slip_leads_to_names_a_person_an_address_or_a_plot(
    prefix: str,
) -> None:
    for state, dossier in talked_about().items():
        client = opened(Client(), dossier)
        for page in PAGES:
            answer = client.get(prefix + page)
            told = text_of(answer) + repr(sorted(answer.headers.items()))
            told += repr([morsel.OutputString() for morsel in answer.cookies.values()])
            told = UUID.sub("", told).lower()
            for secret in PRIVATE:
                assert secret.lower() not in told, (state, page, secret)
            assert "no-store" in answer.headers["Cache-Control"], (state, page)


def test_the_picture_for_the_photo_album_names_nobody() -> None:
    dossier = talked_about()["sent back"]
    request: Any = type("Request", (), {"build_absolute_uri": lambda s, x: x})()
    said = json.dumps(receipts.filed_of(request, dossier).data(), ensure_ascii=False)
    assert str(dossier.filing_number) in said
    for secret in PRIVATE:
        assert secret.lower() not in said.lower()


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Bà Hoàng Thị Mẩy chưa ký", "Bà … chưa ký"),
        ("ba hoang thi may chua ky", "ba … chua ky"),
        ("BÀ MẨY chưa ký", "… chưa ký"),
        ("Mẩy là tên", "Mẩy là tên"),  # a word alone may be a word
        ("Hồ sơ của ông Sùng  A\nPáo", "Hồ sơ của ông …"),
        ("Gọi 0912 345 678 trước 10/06/2025", "Gọi … trước 10/06/2025"),
        ("thửa 12, tờ 7", "…, …"),
        ("Tờ khai 2 bản, 150.000 đ", "Tờ khai 2 bản, 150.000 đ"),
        ("Nghị định 118/2025/NĐ-CP", "Nghị định 118/2025/NĐ-CP"),
        ("ở xóm Lũng Vài, xã Cô Ba, Cao Bằng.", "ở …."),
        ("", ""),
    ],
)
def test_free_words_lose_whom_they_name(said: str, shown: str) -> None:
    assert Quiet(land())(said) == shown


def test_the_longest_and_the_shortest_names_go_too() -> None:
    people = (
        actions.PartyIn(role="owner", full_name="Sùng"),
        actions.PartyIn(
            role="spouse", full_name="Nguyễn Phúc Hoàng Thị Mai Phương Anh"
        ),
    )
    quiet = Quiet(received(parties=people))
    assert quiet("ông Sùng và bà Nguyễn Phúc Hoàng Thị Mai Phương Anh") == "… và bà …"
    # A name of one word is a word too: only after «ông» or «bà» it is surely a name.
    assert quiet("cây sùng mọc ven suối") == "cây sùng mọc ven suối"


# --- protected procedures


def protected() -> Dossier:
    """Health, adoption, criminal records: the catalogue's own class."""
    dossier = land()
    wanted = [{"key": "a", "name": "Giấy khám sức khỏe tâm thần", "why": "hết hạn"}]
    actions.ask_supplement(
        dossier_id=dossier.pk, wanted=wanted, by=specialist(ON), at=TUESDAY
    )
    Dossier.objects.filter(pk=dossier.pk).update(
        confidentiality=access.PROTECTED, limit_basis="Luật Nuôi con nuôi"
    )
    dossier.refresh_from_db()
    return dossier


def test_the_catalogues_class_is_the_one_the_filter_protects() -> None:
    # A grant for the disabled: its limit is text, so the officer sets the date.
    dossier = received(
        procedure="1.001776", due_on=at("2025-07-01").date(), due_why="x"
    )
    assert dossier.confidentiality == access.PROTECTED


@pytest.mark.parametrize("prefix", ["", "/en", "/fr"])
def test_a_protected_dossier_shows_state_and_dates_and_not_what_it_is(
    prefix: str,
) -> None:
    dossier = protected()
    client = opened(Client(), dossier)
    version = dossier.procedure
    telling = [
        *version.everyday.values(),
        *(version.name, version.code, "Giấy khám sức khỏe", "Luật Nuôi con nuôi"),
        *(name for step in version.steps() for name in step.words.values()),
    ]
    for page in PAGES:
        told = text_of(client.get(prefix + page))
        for words in telling:
            assert words not in told, (page, words)
    assert str(dossier.code) in text_of(client.get(prefix + "/theo-doi/ho-so"))


def test_a_protected_dossier_can_be_completed_without_naming_its_papers() -> None:
    dossier = actions.submit(opening(ON), by=ANONYMOUS, at=TUESDAY).dossier
    wanted = [{"key": "a", "name": "Giấy khám sức khỏe tâm thần", "why": ""}]
    actions.send_back(dossier_id=dossier.pk, wanted=wanted, by=counter(ON), at=TUESDAY)
    Dossier.objects.filter(pk=dossier.pk).update(confidentiality=access.PROTECTED)
    page = text_of(opened(Client(), dossier).get("/theo-doi/bo-sung"))
    assert "Giấy tờ số 1 trong phiếu yêu cầu" in page
    assert "sức khỏe" not in page


# --- guessing

CSRF = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
UNKNOWN = "H14.X01273-250610-6999"


def guess(code: str, secret: str, *, address: str = "10.0.0.1") -> Any:
    return Client(REMOTE_ADDR=address).post(
        "/theo-doi", {"code": code, "secret": secret}
    )


def seen(answer: Any, code: str, secret: str) -> tuple[int, str, Any]:
    """The answer without what the guesser typed and the form's own token."""
    page = CSRF.sub("", text_of(answer)).replace(code, "CODE").replace(secret, "SECRET")
    headers = {k: v for k, v in answer.headers.items() if k != "Content-Length"}
    return answer.status_code, page, (sorted(headers), sorted(answer.cookies))


def test_unknown_code_wrong_secret_and_too_many_tries_are_one_answer() -> None:
    dossier = received()
    code, right = str(dossier.code), secrets.follow_secret(dossier.ledger_id)
    wrong = "AAAA-AAAA"
    unknown = seen(guess(UNKNOWN, wrong), UNKNOWN, wrong)
    assert unknown[0] == 422
    assert seen(guess(code, wrong), code, wrong) == unknown
    for number in range(attempts.MOST_BY_THING):
        guess(code, wrong, address=f"10.0.1.{number}")
    # The right secret now, and still the same answer.
    too_many = guess(code, right, address="10.0.2.1")
    assert seen(too_many, code, right) == unknown
    imported = received(at("2025-06-11"))
    Dossier.objects.filter(pk=imported.pk).update(imported=True)
    known = secrets.follow_secret(imported.ledger_id)
    answer = guess(str(imported.code), known, address="10.0.2.2")
    assert seen(answer, str(imported.code), known) == unknown


def test_one_sender_tries_twenty_times_whatever_the_code() -> None:
    dossier = received()
    code, right = str(dossier.code), secrets.follow_secret(dossier.ledger_id)
    for number in range(attempts.MOST_BY_ADDRESS):
        guess(f"H14.X01273-250610-{number:04}", "AAAA-AAAA")
    assert guess(code, right).status_code == 422
    assert guess(code, right, address="10.9.9.9").status_code == 302


def test_right_answers_of_a_village_behind_one_address_count_for_nobody() -> None:
    """Telephones of one company share an address; only what is wrong slows it down."""
    dossier = received()
    code, right = str(dossier.code), secrets.follow_secret(dossier.ledger_id)
    for _ in range(attempts.MOST_BY_ADDRESS + 5):
        assert guess(code, right).status_code == 302


def test_a_guess_asks_the_database_the_same_whether_the_code_exists_or_not() -> None:
    dossier = received()
    counts = []
    for code in (UNKNOWN, str(dossier.code)):
        guess(code, "AAAA-AAAA")  # the counters of this thing exist from now on
        with CaptureQueriesContext(
            connection,
        ) as asked:
            guess(code, "BBBB-BBBB")
        counts.append([re.sub(r"'[^']*'|\d+", "?", q["sql"]) for q in asked])
    assert counts[0] == counts[1]


def test_a_guess_takes_the_same_time_whether_the_code_exists_or_not() -> None:
    """Medians of pairs, taken in turns; a difference a network would drown anyway."""
    dossier = received()
    times: dict[str, list[float]] = {UNKNOWN: [], str(dossier.code): []}
    for number in range(30):
        for code, taken in times.items():
            begun = perf_counter()
            guess(code, "AAAA-AAAA", address=f"10.1.{number}.1")
            taken.append(perf_counter() - begun)
    unknown, known = (median(taken) for taken in times.values())
    assert 0.67 < unknown / known < 1.5


def test_the_secret_is_read_as_people_type_it() -> None:
    dossier = received()
    secret = secrets.follow_secret(dossier.ledger_id)
    for typed in (secret, secret.lower(), secret.replace("-", ""), f" {secret} "):
        assert guess(str(dossier.code), typed).status_code == 302
    mistaken = secret.replace("O", "0").replace("I", "1").replace("B", "8")
    assert secrets.is_follow_secret(dossier.ledger_id, mistaken)
    assert not secrets.is_follow_secret(dossier.ledger_id, "")


# --- capabilities and logs


def test_a_capability_leads_to_a_clean_address_at_once(client: Client) -> None:
    dossier = received()
    capability = secrets.capability(dossier.ledger_id)
    answer = client.get(f"/k/{capability}")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/theo-doi/ho-so")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer.headers["Cache-Control"]
    assert capability not in text_of(client.get("/theo-doi/ho-so"))
    assert capability not in json.dumps(dict(client.session))


def test_an_unknown_capability_leaves_its_address_too(client: Client) -> None:
    answer = client.get("/k/" + "A" * 22)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/theo-doi")
    assert "Mã QR này không mở hồ sơ nào" in text_of(client.get("/theo-doi"))


def test_imported_history_is_followed_by_no_code_and_no_qr(client: Client) -> None:
    dossier = received()
    Dossier.objects.filter(pk=dossier.pk).update(imported=True)
    answer = client.get(f"/k/{secrets.capability(dossier.ledger_id)}")
    assert answer.headers["Location"] == "/theo-doi"
    assert (
        guess(str(dossier.code), secrets.follow_secret(dossier.ledger_id)).status_code
        == 422
    )


@pytest.fixture
def everything(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG)
    for name in ("django.request", "django.server", "django.security.csrf"):
        caplog.set_level(logging.DEBUG, logger=name)
    return caplog


def test_no_log_line_holds_a_capability(
    everything: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    capability = secrets.capability(received().ledger_id)
    client = Client(raise_request_exception=False)
    checked = Client(enforce_csrf_checks=True)
    asked = {
        client.get(f"/k/{capability}").status_code: "opened",
        client.get(f"/k/{capability}/").status_code: "not found",
        client.get(f"/en/k/{capability}/x?y={capability}").status_code: "not found",
        client.put(f"/fr/k/{capability}").status_code: "not allowed",
        checked.post(f"/k/{capability}").status_code: "refused",
    }

    def crash(given: str) -> bytes:
        raise RuntimeError(f"cannot read /k/{given}")

    monkeypatch.setattr(secrets, "capability_digest", crash)
    asked[client.get(f"/k/{capability}").status_code] = "broken"
    assert set(asked) == {302, 404, 405, 403, 500}
    # Django has said something of each, and nothing of what was in the address.
    assert "/k/…" in everything.text
    assert capability not in everything.text
    for record in everything.records:
        assert capability not in repr((record.msg, record.args, record.exc_text))


@pytest.mark.parametrize(
    ("line", "cut"),
    [
        ("Not Found: /k/abcDEF-_123", "Not Found: /k/…"),
        ("Not Found: /en/k/abc/def?x=1", "Not Found: /en/k/…"),
        ('"GET /k/abc HTTP/1.1" 404', '"GET /k/… HTTP/1.1" 404'),
        ("Not Found: /thu-tuc/kiem-tra", "Not Found: /thu-tuc/kiem-tra"),
    ],
)
def test_a_line_keeps_everything_but_the_capability(line: str, cut: str) -> None:
    assert without_capability(line) == cut


def test_codes_and_secrets_stand_in_no_log_event_or_address(
    everything: pytest.LogCaptureFixture, client: Client
) -> None:
    dossier = land()
    code, secret = str(dossier.code), secrets.follow_secret(dossier.ledger_id)
    guess(code, "AAAA-AAAA")
    answer = client.post("/theo-doi", {"code": code, "secret": secret})
    told = [answer.headers["Location"]]
    for page in PAGES:
        answer = client.get(page)
        told.append(answer.headers.get("Location", ""))
        told += re.findall(r'(?:href|action|src)="([^"]+)"', text_of(answer))
    _now[0] = at("2025-08-20")
    client.post("/theo-doi/hoi", {"dossier": str(dossier.public_id)})
    told += [json.dumps(e.payload) + e.subject for e in Event.objects.all()]
    told.append(everything.text)
    for words in (*PRIVATE, code, secret):
        for line in told:
            assert words.lower() not in UUID.sub("", line).lower(), (words, line)
    assert Event.objects.filter(kind="dossiers.nudged.v1").exists()


def test_a_stranger_holds_nothing(client: Client) -> None:
    dossier = land()
    for page in ("/theo-doi/rut", "/theo-doi/bo-sung", "/theo-doi/danh-gia"):
        assert client.get(f"{page}?ho-so={dossier.public_id}").status_code == 404
    for page in ("/theo-doi/hoi", "/theo-doi/giu"):
        sent = {"dossier": str(dossier.public_id)}
        assert client.post(page, sent).status_code == 404
    answer = client.get(f"/theo-doi/ho-so?ho-so={dossier.public_id}")
    assert answer.headers["Location"] == "/theo-doi"


def test_holding_one_dossier_opens_no_other(client: Client) -> None:
    mine, other = received(), land()
    opened(client, mine)
    for page in PAGES[1:]:
        assert client.get(f"{page}?ho-so={other.public_id}").status_code == 404
    assert client.get("/theo-doi/ho-so?ho-so=nonsense").status_code == 404


def test_the_code_is_never_filled_in_beforehand(client: Client) -> None:
    given = "code=H14.X01273-250610-0007&secret=AAAA-AAAA"
    page = text_of(client.get(f"/theo-doi?{given}"))
    boxes = re.findall(r'<input[^>]*name="(?:code|secret)"[^>]*>', page)
    assert len(boxes) == 2
    for box in boxes:
        assert "value=" not in box
        assert 'autocomplete="off"' in box


def test_people_are_read_only_when_there_are_words_about_them() -> None:
    dossier = Dossier.objects.get(pk=land().pk)
    with CaptureQueriesContext(connection) as asked:
        assert Quiet(dossier)("") == ""
    assert len(asked) == 0
    assert Party.objects.filter(dossier=dossier).count() == 2
