"""The national catalogue comes in whole or not at all, and twice changes nothing."""

import csv
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from gandan.kernel.actors import SYSTEM
from gandan.ledger.models import Event
from gandan.procedures import actions, queries
from gandan.procedures.importing.catalogue import Report, import_files
from gandan.procedures.importing.source import FileRefused
from gandan.procedures.models import ProcedureVersion

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
COLUMNS = (
    "code,name,field,promulgating_agency,executing_agencies,levels,levels_basis,"
    "handled_by,subjects,kind,state,in_catalogue_2026_07,detail,url"
)
Write = Callable[..., Path]


def row(code: str, name: str, listed: int = 1, **changed: str) -> dict[str, str]:
    values = dict.fromkeys(COLUMNS.split(","), "")
    values |= {
        "code": code,
        "name": name,
        "field": "Thử nghiệm",
        "executing_agencies": "Ủy ban nhân dân cấp xã",
        "levels": "commune",
        "handled_by": "local_government",
        "kind": "national",
        "subjects": "Công dân Việt Nam",
        "url": "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/x",
        "in_catalogue_2026_07": str(listed),
    }
    return values | changed


def detail(code: str, name: str, days: int = 3, **changed: Any) -> dict[str, Any]:
    channel = {
        "channel": "in_person",
        "time_qty": days,
        "time_unit": "working_day",
        "fees": [],
        "note": "",
    }
    items = [{"name": "Tờ khai", "original": 1, "copy": 0, "forms": []}]
    return {
        "code": code,
        "name": name,
        "field": "Thử nghiệm",
        "levels": ["commune"],
        "subjects": ["Công dân Việt Nam"],
        "executing": "Ủy ban nhân dân cấp xã",
        "authority": "",
        "decision_no": "1/QĐ",
        "channels": [channel],
        "documents": [{"group": "", "items": items}],
        "legal_basis": ["60/2014/QH13"],
        "results": ["Giấy"],
        "url": "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/x",
        "source": "portal-api",
        "as_of": "2026-07-18",
        **changed,
    }


@pytest.fixture
def catalogue(tmp_path: Path) -> Write:
    def write(*rows: dict[str, str], name: str = "catalogue.csv", **how: Any) -> Path:
        path = tmp_path / name
        out = StringIO()
        writer = csv.DictWriter(out, COLUMNS.split(","), **how)
        writer.writeheader()
        writer.writerows(rows)
        path.write_text(out.getvalue(), encoding="utf-8")
        return path

    return write


@pytest.fixture
def details(tmp_path: Path) -> Write:
    def write(*records: dict[str, Any], name: str = "details.jsonl") -> Path:
        path = tmp_path / name
        lines = [json.dumps(r, ensure_ascii=False) for r in records]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


def bring(*paths: Path, **how: Any) -> Report:
    return import_files(paths, by=SYSTEM, at=AT, **how)


def test_a_second_import_changes_nothing(catalogue: Write, details: Write) -> None:
    files = (
        catalogue(row("9.000001", "Một"), row("9.000002", "Hai")),
        details(detail("9.000001", "Một")),
    )
    assert bring(*files).counts == {
        "added": 2,
        "changed": 0,
        "ended": 0,
        "unchanged": 0,
    }
    events, versions = Event.objects.count(), ProcedureVersion.objects.count()
    assert bring(*files).counts["unchanged"] == 2
    assert bring(files[1]).counts["unchanged"] == 1
    assert (Event.objects.count(), ProcedureVersion.objects.count()) == (
        events,
        versions,
    )


def test_a_changed_record_is_a_new_version_and_the_old_one_stays(
    catalogue: Write, details: Write
) -> None:
    bring(catalogue(row("9.000001", "Một")), details(detail("9.000001", "Một", 3)))
    newer = detail("9.000001", "Một", 5, as_of="2026-09-01")
    report = bring(details(newer))
    assert [(c.code, c.sections) for c in report.changed] == [("9.000001", ("limits",))]
    new, old = queries.versions("9.000001")
    assert (old.valid_to, new.valid_from) == (date(2026, 9, 1), date(2026, 9, 1))
    assert [v.limits()[0].quantity for v in (old, new)] == [3, 5]
    assert queries.version_on("9.000001", date(2026, 8, 31)).number == 1


def test_when_a_page_was_read_is_no_change(details: Write) -> None:
    bring(details(detail("9.000001", "Một")))
    again = detail("9.000001", "Một", as_of="2026-10-01", source="portal-text")
    assert bring(details(again)).counts["unchanged"] == 1


def test_a_code_gone_from_the_catalogue_ends_once(catalogue: Write) -> None:
    bring(catalogue(row("9.000001", "Một")))
    gone = catalogue(row("9.000001", "Một", 0), row("9.000002", "Hai", 0))
    assert bring(gone).counts == {"added": 1, "changed": 0, "ended": 2, "unchanged": 0}
    assert bring(gone).counts["unchanged"] == 2
    with pytest.raises(queries.NoSuchProcedure):
        queries.version_on("9.000001", date(2026, 7, 1))
    assert queries.version_on("9.000001", date(2026, 6, 30)).number == 1


def test_a_complete_catalogue_ends_what_it_does_not_name(catalogue: Write) -> None:
    bring(catalogue(row("9.000001", "Một"), row("9.000002", "Hai")))
    one = catalogue(row("9.000001", "Một"))
    assert bring(one).ended == []
    # The seeds come from the same catalogue, so they end too.
    assert "9.000002" in bring(one, complete=True, as_of=date(2026, 11, 1)).ended


def test_an_older_source_never_replaces_a_newer_one(details: Write) -> None:
    bring(details(detail("9.000001", "Một", 3)))
    bring(details(detail("9.000001", "Một", 5, as_of="2026-09-01")))
    (problem,) = bring(details(detail("9.000001", "Một", 4))).refused
    assert "older than the version in force since 2026-09-01" in str(problem)
    assert queries.versions("9.000001")[0].limits()[0].quantity == 5


def test_a_decision_of_the_province_is_not_overwritten(details: Write) -> None:
    bring(details(detail("9.000001", "Một", 5)))
    held = queries.versions("9.000001")[0]
    draft = held.draft().with_content(notes=("Quyết định của tỉnh",))
    data = draft.to_json() | {"national_only": False}
    actions.publish_version(
        publication=actions.Publication(
            draft=type(draft).from_json(data), valid_from=date(2026, 8, 1)
        ),
        by=SYSTEM,
        at=AT,
    )
    (problem,) = bring(
        details(detail("9.000001", "Một", 9, as_of="2026-12-01"))
    ).refused
    assert "decision of the province" in problem.reason


def test_our_words_and_conditions_outlive_an_import(details: Write) -> None:
    """Birth registration is seeded with questions; a new national record keeps them."""
    held = queries.versions("1.001193")[0]
    items = [
        {"name": "Giấy chứng sinh", "original": 2, "copy": 0, "forms": []},
        {"name": "Giấy mới", "original": 1, "copy": 0, "forms": []},
    ]
    new = detail(
        "1.001193", "Thủ tục đăng ký khai sinh", 2,
        as_of="2026-10-01", documents=[{"group": "", "items": items}],
    )  # fmt: skip
    bring(details(new))
    version = queries.versions("1.001193")[0]
    assert version.number == held.number + 1
    assert (version.everyday, version.questions()) == (held.everyday, held.questions())
    kept, added = version.papers()
    assert (kept.key, kept.original, bool(kept.condition)) == ("birth_paper", 2, True)
    assert (added.name, added.condition) == ("Giấy mới", None)
    assert held.reviewed
    assert not version.reviewed


BAD_CODE = "1.00119"


@pytest.mark.parametrize(
    ("text", "line", "field", "reason"),
    [
        ("", 1, "", "the file is empty"),
        ("code,name\n1.001193,x\n", 1, "header", "columns missing"),
        ("{bad\n", 1, "", "is not JSON"),
        ('{"code": "9.000001"}\n', 1, "name", "missing or not a text"),
        (
            json.dumps(detail("9.000001", "Một")) + "\n" + json.dumps([]) + "\n",
            2,
            "",
            "is not an object",
        ),
        (json.dumps(detail(BAD_CODE, "Một")) + "\n", 1, "code", "not a code like"),
        (
            json.dumps(detail("9.000001", "\u00d0ăng ký"), ensure_ascii=False) + "\n",
            1,
            "name",
            "U+00D0",
        ),
        ('{"code": "9.000001", "name": "x", "channels": 3}', 1, "channels", "a list"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_imported(
    tmp_path: Path, details: Write, text: str, line: int, field: str, reason: str
) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text(text, encoding="utf-8")
    good = details(detail("9.000009", "Tốt"))
    with pytest.raises(FileRefused) as refused:
        bring(good, bad)
    (problem,) = refused.value.problems
    assert (problem.file, problem.line, problem.field) == ("bad.jsonl", line, field)
    assert reason in problem.reason
    assert not ProcedureVersion.objects.filter(code="9.000009").exists()


def test_a_code_that_stands_twice_is_refused(catalogue: Write) -> None:
    with pytest.raises(FileRefused) as refused:
        bring(catalogue(row("9.000001", "Một"), row("9.000001", "Hai")))
    assert "9.000001 stands already in catalogue.csv, line 2" in str(refused.value)


@pytest.mark.parametrize("how", [{"delimiter": ";"}, {"delimiter": ","}])
def test_a_byte_order_mark_and_semicolons_are_read(
    catalogue: Write, how: dict[str, str]
) -> None:
    path = catalogue(row(" 9.000001", "Một"), **how)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert bring(path).counts["added"] == 1


def test_the_command_ends_with_one_object(
    catalogue: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(catalogue(row("9.000001", "Một")))
    call_command("import_procedures", path, json=True)
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told == {
        "added": 1,
        "changed": 0,
        "ended": 0,
        "unchanged": 0,
        "refused": 0,
        "changes": [],
        "errors": [],
    }


def test_the_command_refuses_with_status_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("a,b\n1,2\n")
    with pytest.raises(CommandError) as refused:
        call_command("import_procedures", str(bad), json=True)
    assert refused.value.returncode == 1
    captured = capsys.readouterr()
    assert json.loads(captured.out)["refused"] == 1
    assert "bad.csv, line 1, header" in captured.err


@pytest.mark.parametrize(
    ("field", "confidentiality"),
    [("Nuôi con nuôi", "sensitive"), ("TRẺ EM", "sensitive"), ("Đất đai", "ordinary")],
)
def test_the_class_of_a_procedure_follows_from_its_field(
    catalogue: Write, field: str, confidentiality: str
) -> None:
    bring(catalogue(row("9.000001", "Một", field=field)))
    assert queries.versions("9.000001")[0].confidentiality == confidentiality


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        bring(tmp_path / "none.csv")
    assert "none.csv" in str(refused.value)
    assert "cannot be read" in str(refused.value)
