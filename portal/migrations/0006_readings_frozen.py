"""The database itself keeps frozen readings and corrections, targets and board reports as they are, whoever asks."""

from django.db import migrations

READINGS = """
CREATE FUNCTION portal_reading_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: what is frozen never changes.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege', HINT = 'Write a correction beside it.';
END
$$;
CREATE TRIGGER portal_kpireading_frozen BEFORE UPDATE OR DELETE ON portal_kpireading
    FOR EACH ROW WHEN (OLD.kind <> 'daily') EXECUTE FUNCTION portal_reading_refuse();
CREATE TRIGGER portal_boardsnapshot_frozen BEFORE UPDATE OR DELETE ON portal_boardsnapshot
    FOR EACH ROW EXECUTE FUNCTION portal_reading_refuse();
CREATE TRIGGER portal_kpitarget_frozen BEFORE UPDATE OR DELETE ON portal_kpitarget
    FOR EACH ROW EXECUTE FUNCTION portal_reading_refuse();
"""
UNDO = """
DROP TRIGGER portal_kpitarget_frozen ON portal_kpitarget;
DROP TRIGGER portal_boardsnapshot_frozen ON portal_boardsnapshot;
DROP TRIGGER portal_kpireading_frozen ON portal_kpireading;
DROP FUNCTION portal_reading_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("portal", "0005_board")]
    operations = [migrations.RunSQL(READINGS, UNDO)]
