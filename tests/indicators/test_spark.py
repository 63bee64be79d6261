"""The same integers from Spark in local mode, on every definition.

Only in `make test-spark` and `make test-full`, which install pyspark and Java 17.
"""

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pytest

from gandan.dossiers.facts import TABLES
from gandan.figures.facts import FactTable, Kind
from gandan.indicators import emission
from gandan.indicators.definitions import DEFINITIONS, MEASURES
from gandan.indicators.emission import Dialect
from tests.indicators import facts_at_random as random_facts
from tests.indicators import plainly
from tests.indicators.plainly import Key

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(
        "'spark' not in config.getoption('markexpr')", reason="only in make test-spark"
    ),
    pytest.mark.skipif(
        find_spec("pyspark") is None or shutil.which("java") is None,
        reason="pyspark or Java is not installed: make test-spark installs them",
    ),
    # The JVM's sockets are closed by its own end.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
ROWS = 600
_TYPES = {Kind.TEXT: "STRING", Kind.BOOLEAN: "BOOLEAN"}


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from pyspark.sql import SparkSession

    folder = tmp_path_factory.mktemp("spark")
    session = (
        SparkSession.builder.master("local[2]")
        .appName("gandan")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.warehouse.dir", str(folder))
        .config("spark.local.dir", str(folder))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def counted(spark: Any) -> dict[Key, int]:
    """What Spark gives for every measure, over the rows of all tables."""
    found: dict[Key, int] = {}
    for table in TABLES:
        schema = ", ".join(
            f"{column.name} {_TYPES.get(column.kind, 'BIGINT')}"
            for column in table.columns
        )
        rows = random_facts.tuples(table, _rows(table))
        spark.createDataFrame(rows, schema).createOrReplaceTempView(table.name)
        measures = [one for one in MEASURES.values() if one.table is table]
        for group in emission.groups(measures):
            sql = emission.statement(group, relation=table.name, dialect=Dialect.SPARK)
            for row in spark.sql(sql).collect():
                measure, unit, procedure, half, key, n = row
                assert (measure, unit, procedure, half, key) not in found
                found[measure, unit, procedure, half, key] = n
    return found


def _rows(table: FactTable) -> list[Any]:
    return random_facts.many(table, ROWS, seed=TABLES.index(table))


@pytest.mark.parametrize("code", DEFINITIONS)
def test_spark_counts_what_a_plain_reading_counts(
    code: str, counted: dict[Key, int]
) -> None:
    measures = DEFINITIONS[code].measures
    codes = {measure.code for measure in measures}
    expected: dict[Key, int] = {}
    for measure in measures:
        expected |= plainly.counts([measure], _rows(measure.table))
    assert expected
    assert {key: n for key, n in counted.items() if key[0] in codes} == expected
