"""History from another book, line by line: what a good line becomes, what a bad one
says, and that a file is taken wholly or not at all."""

import json
from datetime import date
from pathlib import Path

import pytest

from gandan.dossiers import actions
from gandan.dossiers.importing.reporting import Refused
from gandan.dossiers.models import Dossier, Pause, Rating
from gandan.duties.models import Duty
from gandan.ledger.models import Entry, Event, Pending, Private, Record
from gandan.notices.models import Message
from gandan.places import queries as places
from tests.dossiers.book import IMPORTED_AT, Line, book, line, load
from tests.factories import (
    TUESDAY,
    at,
    counter,
    opening,
    signatory,
    specialist,
)

pytestmark = pytest.mark.django_db


def one() -> Dossier:
    return Dossier.objects.get()


# --- good lines ----------------------------------------------------------------------


def test_a_full_line_becomes_a_labelled_dossier(tmp_path: Path) -> None:
    report = load(
        book(
            tmp_path,
            line(
                procedure="1.013978",
                received_by="01279",
                helped_at="01282",
                channel="online",
                received_at="2025-03-10T09:05:30",
                limit="17 WORKING_DAY",
                due_on="2025-04-10",
                pauses="2025-03-12..2025-03-17;2025-03-20..2025-03-24",
                extended_to="2025-05-15",
                ended_on="2025-05-14",
                outcome="refused",
                returned_on="2025-05-20",
                fee_vnd="120000",
                paid="cash",
                result_electronic="true",
                digitised="false",
                rating="4",
            ),
        )
    )
    assert (report.accepted, report.rejected, report.unchanged) == (1, 0, 0)
    dossier = one()
    assert dossier.imported
    assert dossier.import_batch is not None
    assert dossier.received_at == at("2025-03-10", "09:05").replace(second=30)
    assert (dossier.state, dossier.outcome) == ("returned", "refused")
    assert (dossier.ended_on, dossier.returned_on) == (
        date(2025, 5, 14),
        date(2025, 5, 20),
    )
    # The date of the book stands; an accepted later one stands above it.
    assert (dossier.promised_on, dossier.due_on) == (
        date(2025, 4, 10),
        date(2025, 5, 15),
    )
    assert (dossier.fee_vnd, dossier.paid) == (120_000, "cash")
    assert (dossier.result_electronic, dossier.digitised) == (True, False)
    bodies = [
        body.key if body else ""
        for body in (dossier.competent, dossier.received_by, dossier.helped_at)
    ]
    assert bodies == [
        "04.01273@2021-01-01",
        "04.01279@2021-01-01/mc",
        "04.01282@2021-01-01/mc",
    ]
    spans = Pause.objects.order_by("starts_on").values_list("starts_on", "ends_on")
    assert list(spans) == [
        (date(2025, 3, 12), date(2025, 3, 17)),
        (date(2025, 3, 20), date(2025, 3, 24)),
    ]
    assert Rating.objects.get().score == 4


def test_imported_history_has_no_ledger_entry_no_duty_and_no_letter(
    tmp_path: Path,
) -> None:
    lines = [line(n) for n in range(1, 6)]
    lines.append(line(6, ended_on="", outcome="", returned_on=""))
    lines.append(
        line(7, ended_on="", outcome="", returned_on="", pauses="2025-03-11..")
    )
    load(book(tmp_path, *lines))
    assert Dossier.objects.filter(imported=True).count() == 7
    ledgers = (Entry, Record, Private, Pending)
    assert [model.objects.count() for model in ledgers] == [0, 0, 0, 0]
    assert not Duty.objects.filter(room="dossiers").exists()
    assert not Message.objects.exists()
    # One event stands for the batch: how many, and from which file.
    (event,) = Event.objects.filter(kind="dossiers.history_imported.v1")
    assert event.payload == {"rows": 7, "file": "book.csv"}


def test_no_verb_gives_imported_history_an_entry_afterwards(tmp_path: Path) -> None:
    """Not even when an open imported dossier goes on here, to its very end."""
    load(book(tmp_path, line(ended_on="", outcome="", returned_on="")))
    dossier = one()
    on = date(2025, 3, 10)
    officer = counter(on)
    actions.ask_supplement(
        dossier_id=dossier.pk,
        wanted=[{"key": "cs", "name": "Giấy chứng sinh", "why": ""}],
        by=specialist(on),
        at=at("2025-03-11"),
    )
    actions.take_papers(dossier_id=dossier.pk, by=officer, at=at("2025-03-12"))
    actions.decide(dossier_id=dossier.pk, by=signatory(on), at=at("2025-03-13"))
    actions.hand_over(dossier_id=dossier.pk, by=officer, at=at("2025-03-14"))
    dossier.refresh_from_db()
    assert dossier.state == "returned"
    assert dossier.ledger_seq == 0
    assert not Entry.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        # Monday 10 March 2025, 1 working day: Tuesday.
        ({}, date(2025, 3, 11)),
        ({"limit": "2 WORKING_DAY"}, date(2025, 3, 12)),
        ({"limit": "15 DAY"}, date(2025, 3, 25)),
        ({"limit": "1 MONTH"}, date(2025, 4, 10)),
        ({"limit": "4 HOUR"}, date(2025, 3, 10)),
        # After closing it counts from the next opening.
        (
            {"limit": "2 WORKING_DAY", "received_at": "2025-03-10T17:30"},
            date(2025, 3, 13),
        ),
        # Complete papers begin the count anew (Decree 61/2018): Monday 17 + 2.
        (
            {"limit": "2 WORKING_DAY", "pauses": "2025-03-11..2025-03-17"},
            date(2025, 3, 19),
        ),
        # 30 April and 1 May are holidays; 2 May was swapped (Friday off).
        (
            {"limit": "2 WORKING_DAY", "received_at": "2025-04-29T09:00"},
            date(2025, 5, 6),
        ),
        ({"limit": "text"}, None),
    ],
)
def test_an_empty_due_date_is_computed(
    tmp_path: Path, changes: Line, due: date | None
) -> None:
    report = load(book(tmp_path, line(1, **changes)))
    assert one().due_on == due
    assert report.mismatched == 0


def test_a_given_due_date_stands_and_a_mismatch_is_counted(tmp_path: Path) -> None:
    report = load(
        book(
            tmp_path,
            line(1, due_on="2025-03-11"),
            line(2, due_on="2025-03-12"),
            line(3, due_on="2025-03-12", limit="text"),
        )
    )
    assert (report.accepted, report.mismatched) == (3, 1)
    dates = Dossier.objects.order_by("code").values_list("due_on", flat=True)
    assert list(dates) == [date(2025, 3, 11), date(2025, 3, 12), date(2025, 3, 12)]


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, "returned"),
        ({"returned_on": ""}, "done"),
        ({"returned_on": "", "outcome": "refused"}, "refused"),
        ({"returned_on": "", "outcome": "withdrawn"}, "stopped"),
        ({"outcome": "stopped"}, "stopped"),
        ({"returned_on": "", "outcome": "", "ended_on": ""}, "processing"),
        (
            {
                "returned_on": "",
                "outcome": "",
                "ended_on": "",
                "pauses": "2025-03-11..",
            },
            "supplement",
        ),
    ],
)
def test_the_state_follows_from_how_it_ended(
    tmp_path: Path, changes: Line, state: str
) -> None:
    load(book(tmp_path, line(1, **changes)))
    assert one().state == state


@pytest.mark.parametrize(
    ("words", "day", "key"),
    [
        ("01273", "2025-06-30", "04.01273@2021-01-01"),  # the former ward Hợp Giang
        ("01273", "2025-07-01", "04.01273@2025-07-01"),  # the code was used again
        ("040", "2025-06-30", "04.040@2021-01-01"),  # districts received until then
        ("04.SO-TP@2021-01-01", "2025-06-30", "04.SO-TP@2021-01-01"),
    ],
)
def test_an_agency_is_the_one_of_that_day(
    tmp_path: Path, words: str, day: str, key: str
) -> None:
    load(book(tmp_path, line(competent=words, received_at=f"{day}T09:00")))
    assert one().competent.key == key


# --- bad lines -----------------------------------------------------------------------

BAD: dict[str, tuple[Line, str, str]] = {
    "no code": ({"code": ""}, "code", "not like"),
    "a code of nobody": ({"code": "0007"}, "code", "not like"),
    "a code that fits no column": (
        {"code": "H14" + ".A" * 30 + "-250310-0001"},
        "code",
        "longer",
    ),
    "unknown procedure": (
        {"procedure": "9.999999"},
        "procedure",
        "not in the catalogue",
    ),
    "no procedure": ({"procedure": ""}, "procedure", "empty"),
    "unknown agency": ({"competent": "99999"}, "competent", "no agency of 10/03/2025"),
    "a district after the districts": (
        {"competent": "040", "received_at": "2025-07-01T09:00"},
        "competent",
        "no agency of 01/07/2025",
    ),
    "a new commune before its day": (
        {"competent": "04.01273@2025-07-01"},
        "competent",
        "no agency of 10/03/2025",
    ),
    "an unknown receiver": ({"received_by": "77"}, "received_by", "no agency"),
    "an unknown helper": ({"helped_at": "77"}, "helped_at", "no agency"),
    "unknown channel": ({"channel": "fax"}, "channel", "none of"),
    "no channel": ({"channel": ""}, "channel", "none of"),
    "a day without an hour": ({"received_at": "2025-03-10"}, "received_at", "not like"),
    "a week date": ({"received_at": "2025-W10-1T09:05"}, "received_at", "not like"),
    "29 February 2025": (
        {"received_at": "2025-02-29T09:00"},
        "received_at",
        "not like",
    ),
    "day first": ({"received_at": "10/03/2025 09:05"}, "received_at", "not like"),
    "before the law": ({"received_at": "2018-06-20T09:00"}, "received_at", "before"),
    "a due date of words": ({"due_on": "soon"}, "due_on", "not like"),
    "a due date by week": ({"due_on": "2025-W14-1"}, "due_on", "not like"),
    "a due date day first": ({"due_on": "11/03/2025"}, "due_on", "not like"),
    "a limit without unit": ({"limit": "5"}, "limit", "not a number and one of"),
    "a limit of nothing": ({"limit": "0 WORKING_DAY"}, "limit", "more than 0"),
    "a limit without end": ({"limit": "999999 DAY"}, "limit", "at most"),
    "a limit finer than is kept": ({"limit": "0.001 WORKING_DAY"}, "limit", "decimals"),
    "half a month": ({"limit": "0.5 MONTH"}, "limit", "whole number"),
    "a pause without dots": ({"pauses": "2025-03-11"}, "pauses", "not like"),
    "a pause that ends first": (
        {"pauses": "2025-03-12..2025-03-11"},
        "pauses",
        "not like",
    ),
    "a pause out of time": ({"pauses": "2025-03-12..2300-01-01"}, "pauses", "between"),
    "two open pauses": (
        {
            "pauses": "2025-03-11..;2025-03-12..",
            "ended_on": "",
            "outcome": "",
            "returned_on": "",
        },
        "pauses",
        "two open pauses",
    ),
    "an open pause in an ended dossier": (
        {"pauses": "2025-03-11.."},
        "pauses",
        "an open pause in an ended dossier",
    ),
    "an outcome without its day": (
        {"ended_on": "", "returned_on": ""},
        "ended_on",
        "come together",
    ),
    "a day without its outcome": (
        {"outcome": "", "returned_on": ""},
        "outcome",
        "come together",
    ),
    "handed over but not ended": (
        {"outcome": "", "ended_on": ""},
        "returned_on",
        "returned but not ended",
    ),
    "an unknown outcome": ({"outcome": "lost"}, "outcome", "none of"),
    "a fee with points": ({"fee_vnd": "120.000"}, "fee_vnd", "not a whole number"),
    "a negative fee": ({"fee_vnd": "-1"}, "fee_vnd", "not a whole number"),
    "a fee of 5,000 digits": ({"fee_vnd": "9" * 5000}, "fee_vnd", "not a whole number"),
    "figures of another script": ({"fee_vnd": "١٢٣"}, "fee_vnd", "not a whole number"),
    "paid by cheque": ({"paid": "cheque"}, "paid", "none of"),
    "a boolean in words": ({"digitised": "yes"}, "digitised", "neither true nor false"),
    "capitals": ({"digitised": "TRUE"}, "digitised", "neither true nor false"),
    "six stars": ({"rating": "6"}, "rating", "not 1 to 5"),
    "NUL": ({"procedure": "1.0011\x0093"}, "line", "NUL"),
    "NUL beside letters": ({"competent": "Thục\x00Phán"}, "line", "NUL"),
    "the other Ð": ({"competent": "Ðề Thám"}, "line", "U+00D0"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_line_says_field_value_and_reason_and_nothing_is_written(
    tmp_path: Path, name: str
) -> None:
    changes, field, reason = BAD[name]
    with pytest.raises(Refused) as refused:
        load(book(tmp_path, line(1), line(2, **changes), line(3)))
    (error,) = refused.value.report.errors
    assert (error["line"], error["field"]) == (3, field)
    assert reason in error["reason"]
    assert len(error["value"]) <= 120
    assert (refused.value.report.accepted, refused.value.report.rejected) == (0, 1)
    assert not Dossier.objects.exists()
    assert not Event.objects.filter(kind__startswith="dossiers.").exists()


@pytest.mark.parametrize("name", BAD)
def test_partial_takes_the_good_lines_and_writes_the_bad_one_with_its_reason(
    tmp_path: Path, name: str
) -> None:
    changes, field, reason = BAD[name]
    report = load(book(tmp_path, line(1), line(2, **changes), line(3)), partial=True)
    assert (report.accepted, report.rejected) == (2, 1)
    assert Dossier.objects.count() == 2
    assert report.rejects_file == str(tmp_path / "book.rejects.csv")
    head, *rejected = Path(report.rejects_file).read_text("utf-8").splitlines()
    assert head.startswith("line,code,procedure,competent,")
    assert len(rejected) == 1
    assert rejected[0].startswith("3,")
    assert field in rejected[0]
    assert reason in rejected[0]


# --- again ---------------------------------------------------------------------------


def test_twice_changes_nothing(tmp_path: Path) -> None:
    path = book(tmp_path, *[line(n) for n in range(1, 8)])
    load(path)
    before = list(Dossier.objects.order_by("pk").values())
    report = load(path)
    assert (report.accepted, report.unchanged, report.rejected) == (0, 7, 0)
    assert list(Dossier.objects.order_by("pk").values()) == before
    assert Event.objects.filter(kind="dossiers.history_imported.v1").count() == 1


def test_more_lines_of_the_same_book_are_added(tmp_path: Path) -> None:
    load(book(tmp_path, line(1), line(2)))
    report = load(book(tmp_path, line(1), line(2), line(3)))
    assert (report.accepted, report.unchanged) == (1, 2)


def test_the_same_content_in_another_order_of_columns_is_the_same(
    tmp_path: Path,
) -> None:
    load(book(tmp_path, line(1)))
    values = line(1)
    names = list(reversed(values))
    other = tmp_path / "other.csv"
    cells = [values[name] for name in names]
    other.write_text(f"{';'.join(names)}\n{';'.join(cells)}\n", "utf-8")
    assert load(other).unchanged == 1


def test_a_known_code_with_other_content_is_rejected(tmp_path: Path) -> None:
    load(book(tmp_path, line(1)))
    with pytest.raises(Refused) as refused:
        load(book(tmp_path, line(1, outcome="refused"), line(2)))
    (error,) = refused.value.report.errors
    assert (error["line"], error["field"], error["value"]) == (
        2,
        "code",
        "H14.X01273-250310-0001",
    )
    assert "other content" in error["reason"]
    assert (Dossier.objects.count(), one().outcome) == (1, "result")


def test_one_code_twice_in_a_file_with_other_content_is_rejected(
    tmp_path: Path,
) -> None:
    with pytest.raises(Refused):
        load(book(tmp_path, line(1), line(1, outcome="refused")))
    assert not Dossier.objects.exists()


def test_the_code_of_a_dossier_received_here_is_never_overwritten(
    tmp_path: Path,
) -> None:
    receipt = actions.open_and_receive(
        opening(TUESDAY.date()), by=counter(TUESDAY.date()), at=TUESDAY
    )
    code = str(receipt.dossier.code)
    with pytest.raises(Refused):
        load(book(tmp_path, line(1, code=code)))
    assert one().imported is False


def test_errors_beyond_two_hundred_are_counted_and_not_listed(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        load(book(tmp_path, *[line(n, rating="9") for n in range(1, 251)]))
    report = refused.value.report
    assert (report.rejected, len(report.errors)) == (250, 200)
    assert json.loads(report.as_json())["rejected"] == 250


def test_protected_procedures_stay_protected_in_history(tmp_path: Path) -> None:
    load(book(tmp_path, line(procedure="2.001255")))
    assert one().confidentiality == "sensitive"
    assert IMPORTED_AT.date() == one().created_at.date()
    assert places.directory().organisations[one().competent_id].key.startswith("04.")
