"""The other side of an intake: the rows as plain INSERTs."""

from psycopg.types.json import Jsonb

from bench.replay import statement


def test_a_row_becomes_one_insert_of_all_its_columns() -> None:
    sql, values = statement("dossiers_party", {"id": 7, "full_name": "Nông Thị Mẩy"})
    assert sql == b'INSERT INTO "dossiers_party" ("id", "full_name") VALUES (%s, %s)'
    assert values == [7, "Nông Thị Mẩy"]


def test_only_columns_of_json_are_given_as_json() -> None:
    row = {"words": ["nong", "#12"], "answers": {}}
    _sql, (words, answers) = statement("dossiers_dossier", row)
    assert words == ["nong", "#12"]
    assert isinstance(answers, Jsonb)
