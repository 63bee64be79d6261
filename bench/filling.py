"""Databases of a given size: the importer's rows, then names, parties and duties set by
set, since imported history has none of them."""

from collections.abc import Callable
from typing import Any

from psycopg.sql import SQL, Identifier

from bench.house import House, Login
from config.launch import prepare

NAMES = 60_000
# Three of the focus commune's people have it, in every database.
RARE = "Phùng Chiêm Hạc"
_RARE_WORDS = ["chiem", "hac", "phung"]
COMMON = "Hoàng Thị"

_NAMED = """
UPDATE dossiers_dossier AS d SET owner_name = n.full_name, words = n.words || d.words
FROM bench_names AS n WHERE n.n = (d.id * 48271) %% %s AND d.imported
"""
_RARE = """
UPDATE dossiers_dossier AS d SET owner_name = %s, words = %s || ARRAY(
    SELECT w FROM unnest(d.words) AS w WHERE w LIKE '#%%')
WHERE d.id IN (
    SELECT min(id) + 100 * k FROM dossiers_dossier, generate_series(1, 3) AS k
    WHERE competent_id = %s GROUP BY k)
"""
_PARTIES = """
INSERT INTO dossiers_party (dossier_id, role, ordinal, full_name, sort_key, sex,
    identity_number, old_identity_number, telephone, email, address, village, paper,
    spoken_language, fingerprint, place_id)
SELECT d.id, 'owner', 0, d.owner_name, COALESCE(n.sort_key, ''), COALESCE(n.sex, ''),
    '004' || lpad((d.id * 7919 %% 1000000000)::text, 9, '0'), '', '', '', '', '', '',
    '', false, d.place_id
FROM dossiers_dossier AS d LEFT JOIN bench_names AS n ON n.n = (d.id * 48271) %% %s
WHERE d.imported
"""
# What the actions would have left: one duty that is owed, or one that is done.
_DUTIES = """
INSERT INTO duties_duty (room, subject, kind, organisation_id, role, label, detail,
    person, place_id, village, due_on, waiting_for, waiting_since, link, since_at,
    done_at)
SELECT 'dossiers', d.public_id::text,
    CASE WHEN d.state IN ('supplement') THEN 'await_papers' ELSE 'process' END,
    d.competent_id, 'specialist', d.code, left(d.field, 200), d.owner_name, d.place_id,
    '', d.due_on, CASE WHEN d.state = 'supplement' THEN 'applicant' ELSE '' END,
    NULL, '/ho-so/' || d.public_id, d.received_at, d.ended_at
FROM dossiers_dossier AS d WHERE d.imported
"""
_EVENTS = """
INSERT INTO ledger_event (kind, subject, organisation, payload, by_kind, by_id,
    occurred_at)
SELECT 'dossiers.ended.v1', d.public_id::text, '', '{}', 'system', '', d.ended_at
FROM dossiers_dossier AS d WHERE d.imported AND d.ended_at IS NOT NULL
"""
_LOOSE = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid IN ('dossiers_dossier'::regclass, 'dossiers_party'::regclass,
                   'duties_duty'::regclass, 'ledger_event'::regclass)
  AND NOT indisunique AND NOT indisprimary
"""


def name_of(rows: int) -> str:
    """Changes with the schema, so that a kept database is never a stale one."""
    return f"bench_{rows}_{prepare.key()}"


def filled(house: House, rows: int, tell: Callable[[str], None]) -> str:
    """A database with so many imported dossiers; kept if it is there already."""
    name = name_of(rows)
    if house.has(name):
        return name
    making = f"bench_making_{rows}"
    house.copy(making)
    file = house.home / f"history-{rows}.csv"
    tell(f"writing {rows:,} lines")
    house.ask(making, "history", path=str(file), rows=rows)
    tell(f"importing {rows:,} lines")
    house.gandan(making, "import_dossiers", str(file))
    file.unlink()
    tell(f"naming {rows:,} people")
    names = house.home / "names.tsv"
    house.ask(making, "names", path=str(names), many=NAMES)
    with house.connect(making) as login:
        focus = house.ask(making, "focus")
        _name_everybody(login, names.read_bytes(), focus)
    house.rename(making, name)
    return name


def _name_everybody(login: Login, names: bytes, focus: int) -> None:
    """Indexes that prove nothing are made again afterwards: quicker, without bloat."""
    login.execute(
        "CREATE TABLE bench_names (n bigint PRIMARY KEY, full_name text, sort_key text,"
        " sex text, words text[])"
    )
    with login.cursor().copy("COPY bench_names FROM STDIN") as copy:
        copy.write(names)
    login.execute("ANALYZE bench_names")
    loose: list[tuple[Any, ...]] = login.execute(_LOOSE).fetchall()
    for index, _definition in loose:
        login.execute(SQL("DROP INDEX {}").format(Identifier(index.strip('"'))))
    login.execute(_NAMED, [NAMES])
    login.execute(_RARE, [RARE, _RARE_WORDS, focus])
    login.execute(_PARTIES, [NAMES])
    login.execute(_DUTIES)
    login.execute(_EVENTS)
    login.execute("DROP TABLE bench_names")
    for table in ("dossiers_dossier", "dossiers_party", "duties_duty", "ledger_event"):
        login.execute(SQL("VACUUM FULL {}").format(Identifier(table)))
    for _index, definition in loose:
        login.execute(definition)
    login.execute("VACUUM ANALYZE")
    login.execute("CHECKPOINT")
