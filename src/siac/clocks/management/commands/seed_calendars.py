# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from siac.clocks.public import seed_calendars


class Command(BaseCommand):
    help = "Carga los calendarios de Chile, Perú y España (2010-2030) sin tocar lo ya editado."

    def handle(self, **options: Any) -> None:
        gained = seed_calendars(timezone.now())
        self.stdout.write(f"{len(gained)} calendarios, {sum(gained.values())} días nuevos.")
