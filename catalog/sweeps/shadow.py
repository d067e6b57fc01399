"""Temporary copies of the tables that sweeps write. PostgreSQL finds a temporary table before the real one of that name, so
the same SQL then reads and writes the copies: no lock on a real row, and nothing is left after the rollback."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

# Which rows a copy starts with. The audit log starts empty; questions that are closed and old plans matter to no sweep.
COPIED = {
    "catalog_microapp": "TRUE",
    "catalog_sweeprun": "TRUE",
    "catalog_sweepitem": "run_id IN (SELECT id FROM public.catalog_sweeprun WHERE now > %(since)s OR state = 'held')",
    "catalog_flag": "TRUE",
    "catalog_reminder": "TRUE",
    "catalog_archive": "TRUE",
    "catalog_handover": "TRUE",
    "portal_notification": "closed_at IS NULL",
    "portal_auditevent": "FALSE",
}
COLUMNS = """
SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
"""
TEXT_INDEXES = """
SELECT c.oid::regclass::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
WHERE i.indrelid = %s::regclass AND a.amname = 'gin'
"""
LIKE = "INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING IDENTITY INCLUDING CONSTRAINTS INCLUDING INDEXES"


@contextmanager
def shadow(since: object) -> Iterator[None]:
    """Inside, all writes of sweeps go to copies; at the end everything is rolled back."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            for table, rows in COPIED.items():
                cursor.execute(f"CREATE TEMP TABLE {table} (LIKE public.{table} {LIKE}) ON COMMIT DROP")
                cursor.execute(TEXT_INDEXES, [f"pg_temp.{table}"])
                for (index,) in cursor.fetchall():
                    cursor.execute(f"DROP INDEX {index}")
                cursor.execute(COLUMNS, [f"public.{table}"])
                names = cursor.fetchone()[0]
                copy = f"INSERT INTO pg_temp.{table} ({names}) SELECT {names} FROM public.{table} WHERE {rows}"  # noqa: S608
                cursor.execute(copy, {"since": since})  # type: ignore[dict-item]
                cursor.execute(f"SELECT coalesce(max(id), 0) + 1 FROM public.{table}")  # noqa: S608  (names from above)
                cursor.execute(f"ALTER TABLE pg_temp.{table} ALTER COLUMN id RESTART WITH {cursor.fetchone()[0]:d}")
                cursor.execute(f"ANALYZE pg_temp.{table}")
        yield
        transaction.set_rollback(True)
