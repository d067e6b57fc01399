"""How fast the catalog is, on synthetic apps in a throw-away database: `manage.py bench catalog` and `bench sweep`."""
