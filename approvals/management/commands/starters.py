from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from approvals.actions import starters


class Command(BaseCommand):
    help = "Put the shipped policies, in warn mode, and approver groups in place. What is there already stays as it is."

    def handle(self, **options: Any) -> None:
        starters.found_groups()
        for policy in starters.load(now=timezone.now()):
            self.stdout.write(f"{policy.title}: {policy.get_mode_display()}")
