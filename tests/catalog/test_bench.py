"""The benchmark commands run from end to end on a few apps; how fast they are is for whoever runs them to read."""

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("catalog", ["empty page", "deep page", "detail"]),
        ("sweep", ["usage", "purge", "apps/s"]),
        ("policy", ["engine alone", "first night", "next night"]),
    ],
)
def test_a_benchmark_prints_its_figures(capsys, what, says):
    call_command("bench", what, apps=60, requests=2)
    printed = capsys.readouterr().out
    for words in says:
        assert words in printed
