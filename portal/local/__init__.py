"""One machine's own PostgreSQL, Valkey and site: what `manage.py up`, `manage.py test` and every other command run on
when no address of a server is given. Nothing here is used in production."""
