"""The benchmark commands run from end to end on a few apps; how fast they are is for whoever runs them to read."""

from io import StringIO

import pytest
from django.core.management import call_command

from catalog.bench import database
from catalog.bench.load import load
from catalog.management.commands.bench import Command

pytestmark = pytest.mark.django_db(transaction=True)
APPS = 60
# The sweep comes last: it archives what the others look at.
PRINTED = {
    "catalog": ["empty page", "deep page", "detail"],
    "policy": ["engine alone", "first night", "next night"],
    "board": ["back-fill of 12 months", "readings of an hour", "one figure"],
    "sweep": ["usage", "purge", "apps/s"],
}


def test_each_benchmark_prints_its_figures():
    """In one throw-away database: migrating one takes longer than all the rest."""
    with database.throw_away() as url:
        staff = load(APPS, usage=True)
        for what, says in PRINTED.items():
            printed = StringIO()
            command = Command(stdout=printed)
            command.measure(what, staff, url, apps=APPS, requests=2, clones=1, usage_rows=300)
            for words in says:
                assert words in printed.getvalue(), what


def test_the_command_makes_its_own_database(capsys):
    call_command("bench", "clone", apps=APPS, clones=1)
    printed = capsys.readouterr().out
    assert "60 apps loaded" in printed and "upgrade" in printed and "median s" in printed
