"""Importing: a book of dossiers into a large one, and the national catalogue."""

import csv
import json
import time
from collections.abc import Callable
from pathlib import Path

from bench.figures import Figure, at_least, at_most
from bench.house import BenchBroken, House, Login

FEW, MANY = 25_000, 100_000
CATALOGUE, DETAILS = 5_735, 2_006
_TABLES = ("dossiers_dossier", "dossiers_pause", "dossiers_rating")
_FIELDS = ("Đất đai", "Hộ tịch", "Bảo trợ xã hội", "Đầu tư", "Giáo dục")


def _imported(house: House, source: str, rows: int, seed: int) -> tuple[float, int]:
    """(seconds, peak bytes) of the command, into a fresh copy of the large book."""
    file = house.home / f"import-{seed}.csv"
    house.ask(source, "history", path=str(file), rows=rows, seed=seed, open_rows=False)
    house.copy("bench_import", source)
    seconds, peak, said = house.gandan(
        "bench_import", "import_dossiers", str(file), "--json"
    )
    report = json.loads(said.splitlines()[-1])
    if report["accepted"] != rows:
        raise BenchBroken(f"import: {report['accepted']} of {rows} rows accepted")
    file.unlink()
    return seconds, peak


def _copied(house: House, source: str) -> float:
    """Seconds for COPY to take the finished rows of the last import: no checks, no
    dates to compute, the same indexes."""
    folder = house.home
    newest = "SELECT max(id) FROM dossiers_dossier"
    with house.connect(source) as login:
        (last,) = login.execute(newest).fetchone() or (0,)
    with house.connect("bench_import") as login:
        for table in _TABLES:
            key = "id" if table == "dossiers_dossier" else "dossier_id"
            rows = f"(SELECT * FROM {table} WHERE {key} > {last})"
            _out(login, rows, folder / f"{table}.copy")
    house.copy("bench_import", source)
    started = time.perf_counter()
    with house.connect("bench_import") as login, login.transaction():
        for table in _TABLES:
            with login.cursor().copy(f"COPY {table} FROM STDIN") as copy:
                copy.write((folder / f"{table}.copy").read_bytes())
    seconds = time.perf_counter() - started
    for table in _TABLES:
        (folder / f"{table}.copy").unlink()
    return seconds


def _out(login: Login, rows: str, file: Path) -> None:
    with (
        file.open("wb") as target,
        login.cursor().copy(f"COPY {rows} TO STDOUT") as copy,
    ):
        for block in copy:
            target.write(block)


def run(house: House, large: str, tell: Callable[[str], None]) -> list[Figure]:
    tell(f"{FEW:,} dossiers")
    _seconds, small_peak = _imported(house, large, FEW, seed=2)
    tell(f"{MANY:,} dossiers")
    seconds, peak = _imported(house, large, MANY, seed=3)
    tell("the same rows by COPY alone")
    copied = _copied(house, large)
    house.drop("bench_import")
    tell("the national catalogue")
    catalogue, again = _catalogue(house)
    return [
        at_least(
            "import.dossiers",
            MANY / seconds,
            "rows/s",
            floor=6_000,
            aim=10_000,
            baseline=MANY / copied,
            baseline_name="rows/s by COPY of the finished rows",
            note=f"{MANY:,} rows in {seconds:.1f} s",
        ),
        at_most(
            "import.memory",
            peak / small_peak,
            "×",
            floor=1.15,
            baseline=small_peak / 2**20,
            baseline_name=f"MB at {FEW:,} rows",
            note=f"peak {peak / 2**20:.0f} MB at {MANY:,} rows",
        ),
        at_most(
            "import.procedures",
            catalogue,
            "s",
            floor=60,
            baseline=again,
            baseline_name="s the second time, when nothing changes",
            note=f"{CATALOGUE:,} rows, {DETAILS:,} records",
        ),
    ]


def _catalogue(house: House) -> tuple[float, float]:
    """Seconds for a catalogue of the national one's size, and again unchanged."""
    rows, details = house.home / "catalogue.csv", house.home / "details.jsonl"
    _write_catalogue(rows, details)
    house.copy("bench_catalogue")
    words = ("import_procedures", str(rows), str(details), "--json")
    first, _peak, said = house.gandan("bench_catalogue", *words)
    report = json.loads(said.splitlines()[-1])
    if report["added"] != CATALOGUE or report["refused"]:
        raise BenchBroken(f"catalogue: {report['added']} of {CATALOGUE} rows added")
    again, _peak, _said = house.gandan("bench_catalogue", *words)
    house.drop("bench_catalogue")
    rows.unlink()
    details.unlink()
    return first, again


def _write_catalogue(rows: Path, details: Path) -> None:
    """In the shapes of the national portal, with codes that no procedure has."""
    with rows.open("w", encoding="utf-8", newline="") as file:
        columns = (
            "code,name,field,promulgating_agency,executing_agencies,levels,"
            "levels_basis,handled_by,subjects,kind,state,in_catalogue_2026_07,detail,url"
        )
        out = csv.writer(file)
        out.writerow(columns.split(","))
        for n in range(CATALOGUE):
            has_detail = n < DETAILS
            cells = [_code(n), _name(n), _FIELDS[n % len(_FIELDS)], "Bộ Nội vụ"]
            cells += ["Ủy ban nhân dân cấp xã", "commune", "detail"]
            cells += ["local_government", "Công dân Việt Nam", "national", "ACTIVE"]
            cells += ["1", "portal-text" if has_detail else "", _url(n)]
            out.writerow(cells)
    with details.open("w", encoding="utf-8") as file:
        for n in range(DETAILS):
            file.write(json.dumps(_detail(n), ensure_ascii=False) + "\n")


def _code(n: int) -> str:
    return f"9.{n:06}"


def _name(n: int) -> str:
    return f"Thủ tục thử số {n} về {_FIELDS[n % len(_FIELDS)].lower()}"


def _url(n: int) -> str:
    return f"https://dichvucong.gov.vn/thu-tuc-hanh-chinh/{n:08}"


def _detail(n: int) -> dict[str, object]:
    papers = [
        {"name": f"Giấy tờ thứ {k} của thủ tục {n}", "original": 1, "copy": 0}
        | {"forms": []}
        for k in range(5)
    ]
    channel = {
        "channel": "in_person",
        "time_qty": 1 + n % 20,
        "time_unit": "WORKING_DAY",
        "fees": [{"amount": 8000, "currency": "VND", "note": "", "portal_text": ""}],
        "note": "",
    }
    step = "Bước {}: Người nộp hồ sơ mang giấy tờ đến nơi tiếp nhận và nhận giấy hẹn.\n"
    return {
        "code": _code(n),
        "name": _name(n),
        "field": _FIELDS[n % len(_FIELDS)],
        "levels": ["commune"],
        "kind": "TTHC được giao luật quy định chi tiết",
        "decision_no": f"{n}/QĐ-BNV",
        "subjects": ["Công dân Việt Nam"],
        "executing": "Ủy ban nhân dân cấp xã",
        "authority": "Ủy ban nhân dân cấp xã",
        "channels": [channel, channel | {"channel": "online"}],
        "documents": [{"group": "", "items": papers}],
        "legal_basis": ["61/2018/NĐ-CP", "118/2025/NĐ-CP"],
        "results": ["Giấy xác nhận"],
        "url": _url(n),
        "source": "portal-text",
        "as_of": "2026-06",
        "conditions": "",
        "steps": "".join(step.format(k) for k in range(1, 9)),
    }
