from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from catalog.actions.marketplace import starters


class Command(BaseCommand):
    help = "Put the shipped templates in the marketplace. What is there already stays as it is."

    def handle(self, **options: Any) -> None:
        for template in starters.load(now=timezone.now()):
            self.stdout.write(f"{template.name} {template.latest.number if template.latest else ''}")
