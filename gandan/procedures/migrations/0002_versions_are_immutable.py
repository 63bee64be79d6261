"""What Django cannot say: a version is never edited or deleted, its end is written
once, and no two versions of one procedure hold on the same day.

Equality inside an exclusion constraint usually wants btree_gist, which our embedded
server does not ship: a range of one number overlaps another exactly when both are
equal. An empty range (replaced on its first day) overlaps nothing.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION procedures_version_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a version of a procedure is never deleted'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF to_jsonb(NEW) - 'valid_to' IS DISTINCT FROM to_jsonb(OLD) - 'valid_to' THEN
        RAISE EXCEPTION 'a version of a procedure is never edited; publish the next one'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.valid_to IS NOT NULL AND NEW.valid_to IS DISTINCT FROM OLD.valid_to THEN
        RAISE EXCEPTION 'the end of a version is written once'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_initial")]

    operations = [
        migrations.RunSQL(GUARD, "DROP FUNCTION procedures_version_guard()"),
        migrations.RunSQL(
            "CREATE TRIGGER procedures_version_is_immutable "
            "BEFORE UPDATE OR DELETE ON procedures_procedureversion "
            "FOR EACH ROW EXECUTE FUNCTION procedures_version_guard()",
            "DROP TRIGGER procedures_version_is_immutable "
            "ON procedures_procedureversion",
        ),
        migrations.RunSQL(
            "ALTER TABLE procedures_procedureversion "
            "ADD CONSTRAINT version_holds_alone_on_its_days EXCLUDE USING gist ("
            "int8range(procedure_id, procedure_id, '[]') WITH &&, "
            "daterange(valid_from, valid_to) WITH &&)",
            "ALTER TABLE procedures_procedureversion "
            "DROP CONSTRAINT version_holds_alone_on_its_days",
        ),
        migrations.RunSQL(
            "ALTER TABLE procedures_procedureversion "
            "ADD CONSTRAINT version_name_is_nfc CHECK (name IS NFC NORMALIZED)",
            "ALTER TABLE procedures_procedureversion "
            "DROP CONSTRAINT version_name_is_nfc",
        ),
    ]
