from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from approvals.actions import starters


class Command(BaseCommand):
    help = "Put the shipped policies in place, in warn mode. Those that are there already stay as they are."

    def handle(self, **options: Any) -> None:
        for policy in starters.load(now=timezone.now()):
            self.stdout.write(f"{policy.title}: {policy.get_mode_display()}")
