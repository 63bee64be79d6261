"""`gandan due`: what it prints, and what it says to wrong words."""

import json
import subprocess
import sys
import time
from typing import Any

import pytest

from gandan.kernel.due import main

RECEIVED = ("--received", "2025-04-29T09:00")
TWO_DAYS = (*RECEIVED, "--limit", "2 WORKING_DAY")
MONDAY = ("--received", "2025-03-10T09:00")


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert main([*words, "--json"]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    found: dict[str, Any] = json.loads(printed.out)
    return found


def due(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    return answer(capsys, *words)["due"]


def test_a_program_reads_exactly_this(capsys: pytest.CaptureFixture[str]) -> None:
    def span(first: str, last: str, counts: int, why: str) -> dict[str, Any]:
        return {"from": first, "to": last, "counts": counts, "why": why}

    assert answer(capsys, *TWO_DAYS) == {
        "due": "2025-05-06",
        "provisional": False,
        "reasoning": [
            span("2025-04-29", "2025-04-29", 0, "day_zero"),
            span("2025-04-30", "2025-04-30", 0, "holiday"),
            span("2025-05-01", "2025-05-01", 0, "holiday"),
            span("2025-05-02", "2025-05-02", 0, "swapped_off"),
            span("2025-05-03", "2025-05-04", 0, "weekend"),
            span("2025-05-05", "2025-05-06", 2, "counted"),
        ],
    }


def test_a_person_reads_the_date_and_its_reasons(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(list(TWO_DAYS)) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Hạn trả kết quả: thứ Ba 06/05/2025",
        (
            "  2 ngày làm việc, tính từ hôm sau ngày nhận (thứ Ba 29/04/2025) "
            "→ thứ Ba 06/05/2025"
        ),
        "  30/04–02/05 không tính: nghỉ lễ, hoán đổi",
        "  05–06/05: ngày 1–2",
        "  Thứ Bảy, Chủ nhật không tính: 03–04/05",
        "  Quy định áp dụng: nd61-2018, Nghị định 61/2018/NĐ-CP, Điều 19",
    ]


@pytest.mark.parametrize(
    ("lang", "first"),
    [
        ("vi", "Hạn trả kết quả: thứ Ba 06/05/2025"),
        ("en", "Due date: Tuesday 06/05/2025"),
        ("fr", "Échéance : mardi 06/05/2025"),
    ],
)
def test_three_languages(
    capsys: pytest.CaptureFixture[str], lang: str, first: str
) -> None:
    assert main([*TWO_DAYS, "--lang", lang]) == 0
    assert capsys.readouterr().out.splitlines()[0] == first


@pytest.mark.parametrize(
    ("received", "limit", "pause", "restart", "extend"),
    [
        ("2025-04-29", "2", "2025-05-05..2025-05-08", "2025-05-12", "2025-05-09"),
        ("2025-04-14", "15", "2025-04-25..2025-05-12", "2025-06-02", "2025-05-20"),
        ("2026-02-02", "10", "2026-02-06..2026-02-25", "2026-03-11", "2026-03-05"),
    ],
)
def test_the_pairs_of_the_issue(
    capsys: pytest.CaptureFixture[str],
    received: str,
    limit: str,
    pause: str,
    restart: str,
    extend: str,
) -> None:
    words = (
        f"--received={received}T09:00",
        f"--limit={limit} WORKING_DAY",
        f"--pause={pause}",
    )
    assert due(capsys, *words) == restart
    assert due(capsys, *words, "--rules", "nd118-2025") == restart
    assert due(capsys, *words, "--rules", "extend-by-wait") == extend
    assert due(capsys, *words, "--rules", "EXTEND_BY_WAIT") == extend


def test_several_intervals(capsys: pytest.CaptureFixture[str]) -> None:
    words = (
        *RECEIVED,
        "--limit=27 WORKING_DAY",
        "--left-out=2025-05-12..2025-05-20:posting",
        "--left-out=2025-05-16..2025-05-27:measuring",
    )
    assert due(capsys, *words) == "2025-06-25"
    assert due(capsys, *words, "--pause=2025-06-02..2025-06-03") == "2025-07-10"


def test_an_open_pause_has_no_due_date_and_says_since_when(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = (*TWO_DAYS, "--pause=2025-05-05..")
    found = answer(capsys, *words)

    assert found["due"] is None
    assert found["reasoning"][-1] == {
        "from": "2025-05-05",
        "to": None,
        "counts": 0,
        "why": "paused",
    }
    assert main(list(words)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Tạm dừng từ thứ Hai 05/05/2025"
    assert len(set(lines)) == len(lines)


def test_a_limit_in_words_has_no_due_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert due(capsys, *RECEIVED, "--limit", "text") is None


def test_an_undecreed_year_is_provisional(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "--received=2026-12-31T09:00", "--limit=1 WORKING_DAY")
    assert (found["due"], found["provisional"]) == ("2027-01-04", True)


def test_parts_of_a_day_are_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, *MONDAY, "--limit=7.5 WORKING_DAY")
    assert sum(span["counts"] for span in found["reasoning"]) == 7.5


@pytest.mark.parametrize(
    ("received", "found"),
    [
        ("2025-03-10T17:30:00Z", "2025-03-12"),  # 00:30 on Tuesday
        ("2025-03-10T09:00+07:00", "2025-03-11"),
        ("2025-03-10 09:00:59", "2025-03-11"),
    ],
)
def test_a_moment_may_name_its_offset(
    capsys: pytest.CaptureFixture[str], received: str, found: str
) -> None:
    words = ("--received", received, "--limit=1 WORKING_DAY")
    assert due(capsys, *words) == found


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--limit", "2 DAY"), "--received"),
        (RECEIVED, "--limit"),
        (("--received", "yesterday", "--limit", "2 DAY"), "--received"),
        (("--received", "2025-04-29", "--limit", "2 DAY"), "--received"),
        (("--received", "2025-02-29T09:00", "--limit", "2 DAY"), "--received"),
        (("--received", "2025-04-29T25:00", "--limit", "2 DAY"), "--received"),
        (("--received", "2025-W18-2T09:00", "--limit", "2 DAY"), "--received"),
        (("--received", "1970-01-01T09:00", "--limit", "2 DAY"), "--received"),
        (("--received", "2010-01-04T09:00", "--limit", "2 DAY"), "--received"),
        ((*RECEIVED, "--limit", "soon"), "--limit"),
        ((*RECEIVED, "--limit", "0 DAY"), "--limit"),
        ((*RECEIVED, "--limit", "2 YEAR"), "--limit"),
        ((*TWO_DAYS, "--pause", "2025-05-08..2025-05-05"), "--pause"),
        ((*TWO_DAYS, "--pause", "2025-05-05"), "--pause"),
        ((*TWO_DAYS, "--pause", "..2025-05-05"), "--pause"),
        ((*TWO_DAYS, "--pause", "2025-05-32..2025-06-01"), "--pause"),
        ((*TWO_DAYS, "--pause", "2025-05-05..9999-01-01"), "--pause"),
        ((*TWO_DAYS, "--left-out", "2025-05-05..2025-05-07:"), "--left-out"),
        ((*TWO_DAYS, "--left-out", "05/05..07/05:tax"), "--left-out"),
        ((*TWO_DAYS, "--rules", "nd1-1999"), "--rules"),
        ((*TWO_DAYS, "--lang", "de"), "--lang"),
        ((*TWO_DAYS, "--frist", "3"), "--frist"),
    ],
)
def test_wrong_words_get_one_sentence_that_names_the_argument(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], named: str
) -> None:
    assert main(list(words)) == 2
    printed = capsys.readouterr()

    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert printed.err.startswith("gandan due: ")
    assert named in printed.err


def test_help_is_not_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert "--left-out" in capsys.readouterr().out


def run(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )


def test_the_command_needs_no_framework_and_no_database() -> None:
    heavy = {"django", "psycopg", "pydantic", "rich", "asyncio", "config"}
    program = (
        "import sys; from gandan.kernel import due;"
        f"due.main({[*TWO_DAYS, '--json']!r});"
        "print(sorted({name.split('.')[0] for name in sys.modules}))"
    )
    loaded = set(json.loads(run(program).stdout.splitlines()[-1].replace("'", '"')))

    assert "argparse" in loaded
    assert not heavy & loaded


def test_the_command_answers_within_three_tenths_of_a_second() -> None:
    program = f"from gandan.kernel import due; due.main({list(TWO_DAYS)!r})"

    def seconds() -> float:
        started = time.perf_counter()
        run(program)
        return time.perf_counter() - started

    assert min(seconds() for _ in range(5)) <= 0.3
