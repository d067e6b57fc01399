"""The database itself keeps the audit log append-only: UPDATE, DELETE and TRUNCATE are refused, whoever asks.

The TRUNCATE trigger has a name of its own because a test database is emptied by TRUNCATE between tests."""

from django.db import migrations

TABLES = ("portal_auditevent", "portal_auditblock")

FUNCTION = """
CREATE FUNCTION portal_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: the audit log only grows.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege', HINT = 'Write a new event that corrects the old one.';
END
$$
"""


def guard(table: str) -> str:
    return f"""
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION portal_audit_refuse();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION portal_audit_refuse();
"""


def unguard(table: str) -> str:
    return f"DROP TRIGGER {table}_append_only ON {table}; DROP TRIGGER {table}_no_truncate ON {table};"


class Migration(migrations.Migration):
    dependencies = [("portal", "0003_user_constraints")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION portal_audit_refuse()"),
        *(migrations.RunSQL(guard(table), unguard(table)) for table in TABLES),
    ]
