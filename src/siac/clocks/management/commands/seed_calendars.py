# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from siac.clocks.public import seed_calendars
from siac.countries.public import COUNTRIES, FIRST, LAST

_NAMES = [country.name for country in COUNTRIES.values()]


class Command(BaseCommand):
    help = (
        f"Carga los calendarios de {', '.join(_NAMES[:-1])} y {_NAMES[-1]} "
        f"({FIRST.year}-{LAST.year}) sin tocar lo ya editado."
    )

    def handle(self, **options: Any) -> None:
        gained = seed_calendars(timezone.now())
        self.stdout.write(f"{len(gained)} calendarios, {sum(gained.values())} días nuevos.")
