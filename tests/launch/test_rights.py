"""What the role of the pages may and may not do."""

import pytest
from django.db import ProgrammingError, connection, transaction

# Written out by hand: table, may change rows, may remove rows.
RIGHTS = [
    ("django_session", "SELECT", True),
    ("django_session", "INSERT", True),
    ("django_session", "UPDATE", True),
    ("django_session", "DELETE", True),
    ("django_session", "TRUNCATE", False),
    ("ledger_event", "SELECT", True),
    ("ledger_event", "INSERT", True),
    ("ledger_event", "UPDATE", False),
    ("ledger_event", "DELETE", False),
    ("ledger_event", "TRUNCATE", False),
    ("ledger_entry", "SELECT", True),
    ("ledger_entry", "INSERT", True),
    ("ledger_entry", "UPDATE", False),
    ("ledger_entry", "DELETE", False),
    ("ledger_entry", "TRUNCATE", False),
    ("django_migrations", "SELECT", True),
    ("django_migrations", "INSERT", False),
    ("launch_prepared", "UPDATE", False),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("table", "right", "granted"), RIGHTS)
def test_the_pages_may_do_exactly_this(table: str, right: str, granted: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege('gandan_web', %s, %s)", [table, right]
        )
        assert cursor.fetchone() == (granted,)


@pytest.mark.usefixtures("as_web")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_event SET kind = kind",
        "DELETE FROM ledger_entry",
        "DROP TABLE django_session",
        "CREATE TABLE public.mine (id int)",
    ],
)
def test_the_pages_cannot_rewrite_history_or_the_schema(statement: str) -> None:
    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.usefixtures("as_web")
def test_the_pages_write_a_session() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_session (session_key, session_data, expire_date)"
            " VALUES ('k', '', now())"
        )
        cursor.execute("DELETE FROM django_session")
        assert cursor.rowcount == 1
