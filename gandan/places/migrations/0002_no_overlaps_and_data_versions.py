"""What Django cannot say: no two rows of one thing on the same day, names in NFC,
and a token per family of tables that every change renews.

Equality inside an exclusion constraint usually wants btree_gist, which our embedded
server does not ship. A range of one element overlaps another exactly when the two
are equal, and GiST knows ranges: so equality is written as the overlap of
`[x, x]` ranges.
"""

from django.db import migrations

DAYS = "daterange(starts, ends)"


def _same(column: str, kind: str = "int8range") -> str:
    return f"{kind}({column}, {column}, '[]')"


def _same_text(column: str) -> str:
    return _same(column, "places_textrange")


MINUTES = (
    "int4range((extract(epoch FROM opens) / 60)::int, "
    "(extract(epoch FROM closes) / 60)::int)"
)

ONE = {
    "places_place": ("place_code_names_one_unit_a_day", [_same_text("code"), DAYS], ""),
    "places_placename": ("placename_is_one_a_day", [_same("place_id"), DAYS], ""),
    "places_placeattribute": (
        "placeattribute_has_one_value_a_day",
        [_same("place_id"), _same_text("kind"), DAYS],
        "",
    ),
    "places_organisation": (
        "organisation_agency_code_is_held_by_one",
        [_same_text("agency_code"), DAYS],
        "WHERE (agency_code <> '')",
    ),
    "places_organisationname": (
        "organisationname_is_one_a_day",
        [_same("organisation_id"), DAYS],
        "",
    ),
    "places_seat": (
        "seat_chairs_are_one_at_a_time",
        [_same("committee_id"), DAYS],
        "WHERE (role = 'chair')",
    ),
    "places_openinghours": (
        "openinghours_do_not_overlap",
        [
            _same("coalesce(organisation_id, 0)"),
            _same("weekday", "int4range"),
            DAYS,
            MINUTES,
        ],
        "",
    ),
}

NFC = {
    "places_place": ("name", "full_name"),
    "places_placename": ("name", "full_name"),
    "places_organisation": ("name", "short_name"),
    "places_organisationname": ("name", "short_name"),
    "places_calendarday": ("name",),
}

VERSIONED = {
    "places": (
        "places_place",
        "places_placename",
        "places_placeattribute",
        "places_succession",
        "places_organisation",
        "places_organisationname",
        "places_organisationsuccession",
        "places_receiver",
    ),
    "calendar": (
        "places_calendarday",
        "places_decreedyear",
        "places_openinghours",
    ),
}

RENEW = """
CREATE FUNCTION places_renew_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO places_dataversion (name, token)
    VALUES (TG_ARGV[0], gen_random_uuid())
    ON CONFLICT (name) DO UPDATE SET token = EXCLUDED.token;
    RETURN NULL;
END
$$
"""


def _sql(forwards: str, backwards: str) -> migrations.RunSQL:
    return migrations.RunSQL(forwards, backwards)


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [
        _sql(
            'CREATE TYPE places_textrange AS RANGE (subtype = text, collation = "C")',
            "DROP TYPE places_textrange",
        ),
        *(
            _sql(
                f"ALTER TABLE {table} ADD CONSTRAINT {name} "
                f"EXCLUDE USING gist ({' WITH &&, '.join(terms)} WITH &&) {where}",
                f"ALTER TABLE {table} DROP CONSTRAINT {name}",
            )
            for table, (name, terms, where) in ONE.items()
        ),
        *(
            _sql(
                f"ALTER TABLE {table} ADD CONSTRAINT {table[7:]}_{column}_is_nfc "
                f"CHECK ({column} IS NFC NORMALIZED)",
                f"ALTER TABLE {table} DROP CONSTRAINT {table[7:]}_{column}_is_nfc",
            )
            for table, columns in NFC.items()
            for column in columns
        ),
        _sql(RENEW, "DROP FUNCTION places_renew_version()"),
        *(
            _sql(
                f"CREATE TRIGGER {table}_renews AFTER INSERT OR UPDATE OR DELETE OR "
                f"TRUNCATE ON {table} FOR EACH STATEMENT "
                f"EXECUTE FUNCTION places_renew_version('{family}')",
                f"DROP TRIGGER {table}_renews ON {table}",
            )
            for family, tables in VERSIONED.items()
            for table in tables
        ),
    ]
