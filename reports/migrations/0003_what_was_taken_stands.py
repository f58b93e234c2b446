"""What a handover or a list of members was taken from the records never changes, its file neither, and none is deleted."""

from django.db import migrations

TABLES = ("reports_handoverpack", "reports_memberlist")
REFUSE = """
CREATE FUNCTION reseau_taken_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (OLD.content, OLD.digest, OLD.taken_at) IS DISTINCT FROM (NEW.content, NEW.digest, NEW.taken_at)
       OR (OLD.sha256 <> '' AND (OLD.file, OLD.sha256) IS DISTINCT FROM (NEW.file, NEW.sha256)) THEN
        RAISE EXCEPTION 'what was taken from the records stands' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
""" + "\n".join(
    f"CREATE TRIGGER {table}_stands BEFORE UPDATE OR DELETE ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION reseau_taken_stands();"
    for table in TABLES
)
ALLOW = (
    "\n".join(f"DROP TRIGGER {table}_stands ON {table};" for table in TABLES) + "DROP FUNCTION reseau_taken_stands();"
)


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_frozen")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
