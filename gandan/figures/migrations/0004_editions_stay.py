"""An approved edition, and its values, never change: also not by a shell."""

from django.db import migrations

_FORWARD = """
CREATE FUNCTION figures_edition_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.approved_at IS NOT NULL THEN
        RAISE EXCEPTION 'edition % is approved and stays as it is', OLD.id;
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER edition_stays BEFORE UPDATE OR DELETE ON figures_edition
    FOR EACH ROW EXECUTE FUNCTION figures_edition_stays();
CREATE FUNCTION figures_value_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held bigint := CASE TG_OP WHEN 'INSERT' THEN NEW.edition_id ELSE OLD.edition_id END;
BEGIN
    IF EXISTS (
        SELECT FROM figures_edition WHERE id = held AND approved_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'edition % is approved and stays as it is', held;
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER value_stays BEFORE INSERT OR UPDATE OR DELETE ON figures_editionvalue
    FOR EACH ROW EXECUTE FUNCTION figures_value_stays();
"""
_BACK = """
DROP TRIGGER value_stays ON figures_editionvalue;
DROP FUNCTION figures_value_stays;
DROP TRIGGER edition_stays ON figures_edition;
DROP FUNCTION figures_edition_stays;
"""


class Migration(migrations.Migration):
    dependencies = [("figures", "0003_editions")]
    operations = [migrations.RunSQL(_FORWARD, _BACK)]
