"""The database makes the row of figures with the app, so that every app has one, however it was inserted."""

from django.db import migrations

MAKE = """
CREATE FUNCTION catalog_app_figures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO catalog_appfigures (app_id) SELECT id FROM added;
    RETURN NULL;
END $$;
CREATE TRIGGER catalog_app_figures AFTER INSERT ON catalog_microapp
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION catalog_app_figures();
"""
TAKE_BACK = "DROP TRIGGER catalog_app_figures ON catalog_microapp; DROP FUNCTION catalog_app_figures();"


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial")]
    operations = [migrations.RunSQL(MAKE, TAKE_BACK)]
