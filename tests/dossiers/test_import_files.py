"""The file of an import: encodings, separators, headers; all of it or nothing; and a
memory that does not grow with it."""

import csv
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from gandan.dossiers.importing.reporting import Refused
from gandan.dossiers.importing.rows import COLUMNS, FileRefused
from gandan.dossiers.models import Dossier
from gandan.ledger.models import Entry, Event
from tests.dossiers.book import Line, book, line, load, text_of

pytestmark = pytest.mark.django_db

GOOD = [line(1), line(2)]
TEXT = text_of(GOOD)


def nothing_written() -> bool:
    events = Event.objects.filter(kind__startswith="dossiers.")
    return not (Dossier.objects.exists() or events.exists())


# --- what is read --------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.replace("\r\n", "\n").encode(),
        TEXT.rstrip().encode(),  # the last line without an end
        (TEXT + "\r\n,,,,,,,,,,,,,,,,,,\r\n\r\n").encode(),  # a spreadsheet's rest
        text_of(GOOD, delimiter=";").encode(),
        b"\xef\xbb\xbf" + text_of(GOOD, delimiter=";").encode(),
        text_of(GOOD, columns=list(GOOD[0])).encode(),  # only the columns it has
        text_of(GOOD, columns=sorted(COLUMNS)).encode(),
        TEXT.replace("1.001193", '"1.001193"').encode(),
        TEXT.replace("code,", " code ,").encode(),
    ],
    ids=[
        "plain",
        "with a mark of order",
        "lines of Unix",
        "no last end of line",
        "empty lines",
        "semicolons",
        "semicolons and a mark",
        "few columns",
        "another order",
        "quotes",
        "a space in the header",
    ],
)
def test_a_file_is_read_however_a_spreadsheet_wrote_it(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "book.csv"
    path.write_bytes(content)
    assert load(path).accepted == 2
    # And all of these are the same book.
    assert load(book(tmp_path, *GOOD)).unchanged == 2


def test_pauses_keep_their_semicolons_in_a_file_of_semicolons(tmp_path: Path) -> None:
    path = tmp_path / "book.csv"
    pauses = "2025-03-12..2025-03-13;2025-03-17..2025-03-18"
    text = text_of(
        [line(1, pauses=pauses, ended_on="2025-03-20", returned_on="")], delimiter=";"
    )
    path.write_text(text, "utf-8")
    load(path)
    assert Dossier.objects.get().pauses.count() == 2


# --- what is not ---------------------------------------------------------------------

HEAD = ",".join(COLUMNS)
UNREADABLE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "book.csv, line 1: column 'code' is missing"),
    "one column": (b"code\r\nA\r\n", "book.csv, line 1: column 'procedure' is missing"),
    "no header": (
        TEXT.encode().partition(b"\r\n")[2],
        "book.csv, line 1: unknown column 'H14.X01273-250310-0001'",
    ),
    "a column twice": (
        f"{HEAD},code\r\n".encode(),
        "book.csv, line 1: column 'code' stands twice",
    ),
    "an unknown column": (
        f"{HEAD},name\r\n".encode(),
        "book.csv, line 1: unknown column 'name'",
    ),
    "UTF-16": (TEXT.encode("utf-16"), "book.csv, line 1: not UTF-8"),
    "windows-1258": (
        (TEXT + "a,Thục Phán\r\n").replace("ụ", "\xfa").encode("latin-1"),
        "book.csv, line 4: not UTF-8",
    ),
    "cut in a letter": (TEXT.encode() + "Ph\u00e1".encode()[:-1], "line 4: not UTF-8"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0", "book.csv, line 1: not UTF-8"),
    "NUL in the header": (
        b"\0" + TEXT.encode(),
        "book.csv, line 1: this is no CSV text",
    ),
    "a cell without end": (
        TEXT.encode() + b'"' + b"x" * 140_000,
        "field larger than field limit",
    ),
}


@pytest.mark.parametrize("name", UNREADABLE)
@pytest.mark.parametrize("partial", [False, True])
def test_an_unreadable_file_is_one_sentence_and_nothing_is_written(
    tmp_path: Path, name: str, partial: bool
) -> None:
    content, sentence = UNREADABLE[name]
    path = tmp_path / "book.csv"
    path.write_bytes(content)
    with pytest.raises(FileRefused) as refused:
        load(path, partial=partial)
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)
    assert nothing_written()
    assert os.listdir(tmp_path) == ["book.csv"]


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match=r"none\.csv: No such file or directory"):
        load(tmp_path / "none.csv")
    with pytest.raises(FileRefused, match="Is a directory"):
        load(tmp_path)


@pytest.mark.parametrize(
    "ending",
    [
        b"H14.X01273-250310-0009;1.001193;\xff\r\n",  # no UTF-8, far down
        b'"' + b"x" * 140_000,
    ],
)
def test_a_file_broken_far_down_leaves_nothing_behind(
    tmp_path: Path, ending: bytes
) -> None:
    """Also where bad lines were being set aside: the file of rejects goes too."""
    lines = [line(n) for n in range(1, 12_001)]
    lines[3] |= {"rating": "9"}
    path = tmp_path / "book.csv"
    path.write_bytes(text_of(lines).encode() + ending)
    with pytest.raises(FileRefused, match="line 12002"):
        load(path, partial=True)
    assert nothing_written()
    assert os.listdir(tmp_path) == ["book.csv"]


def test_a_line_with_other_than_the_headers_cells_is_refused_and_kept_whole(
    tmp_path: Path,
) -> None:
    path = book(tmp_path, line(1))
    short, long = "H14.X01273-250310-0002,1.001193", "a," * 25 + "b"
    path.write_text(path.read_text("utf-8") + f"{short}\r\n{long}\r\n", "utf-8")
    with pytest.raises(Refused) as refused:
        load(path)
    assert [(e["line"], e["field"]) for e in refused.value.report.errors] == [
        (3, "line"),
        (4, "line"),
    ]
    report = load(path, partial=True)
    assert (report.accepted, report.rejected) == (1, 2)
    rejects = Path(str(report.rejects_file)).read_text("utf-8").splitlines()
    assert rejects[1].startswith(f"3,{short},")
    assert rejects[2].startswith(f"4,{long},")


def test_the_bad_lines_hold_what_the_file_said(tmp_path: Path) -> None:
    """So that they can be mended and sent again."""
    bad = line(2, received_at="10/03/2025", pauses="2025-03-11..2025-03-12;x")
    report = load(book(tmp_path, line(1), bad), partial=True)
    with Path(str(report.rejects_file)).open(encoding="utf-8", newline="") as file:
        (kept,) = csv.DictReader(file)
    assert {name: kept[name] for name in COLUMNS if kept[name]} == bad
    assert (kept["line"], kept["reason"][:11]) == ("3", "received_at")


# --- all or nothing ------------------------------------------------------------------


def test_one_bad_line_after_twelve_thousand_good_ones_undoes_all(
    tmp_path: Path,
) -> None:
    """Chunks of five thousand were written already; none of them stays."""
    lines = [line(n) for n in range(1, 12_001)]
    lines.append(line(9999, outcome="lost"))
    with pytest.raises(Refused) as refused:
        load(book(tmp_path, *lines))
    assert refused.value.report.errors[0]["line"] == 12_002
    assert nothing_written()
    assert not Entry.objects.exists()


# --- memory --------------------------------------------------------------------------


def _many(folder: Path, rows: int, *, first: int = 0) -> Path:
    """A book as long as a province's, every line with dates of its own."""
    path = folder / f"book-{first}.csv"
    hours = [f"{hour:02}:{minute:02}" for hour in range(7, 17) for minute in range(60)]
    outcomes = ("result", "result", "refused", "withdrawn")

    def lines() -> Iterator[Line]:
        for number in range(first, first + rows):
            day = 1 + number % 28
            yield line(
                1,
                code=f"H14.X01273-25{1 + number // 20_000:02}01-{number % 20_000:05}",
                received_at=f"2025-0{1 + number % 6}-{day:02}T{hours[number % 600]}",
                limit=f"{1 + number % 30} WORKING_DAY" if number % 5 else "4 HOUR",
                pauses=f"2025-06-{day:02}..2025-07-{1 + number % 9:02}"
                if number % 3 == 0
                else "",
                ended_on=f"2025-07-{10 + number % 20:02}",
                outcome=outcomes[number % 4],
                returned_on="",
            )

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(lines())
    return path


def _resident_mib() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


@pytest.mark.full
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """200,000 lines need no more than 25,000 did, give or take what caches may hold."""
    load(_many(tmp_path, 25_000))
    before = _resident_mib()
    report = load(_many(tmp_path, 200_000, first=30_000))
    grown = _resident_mib() - before
    assert report.accepted == 200_000
    assert grown < 48, f"{grown:.0f} MiB more"
