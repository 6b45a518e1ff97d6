# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.core.management.base import BaseCommand

from siac.organizations.models import Institution


class Command(BaseCommand):
    """Print slug and name of every body, a tab between."""

    help = "Lista los organismos: dirección y nombre, separados por un tabulador."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line per body, by name."""
        for slug, name in Institution.objects.order_by("name", "pk").values_list("slug", "name"):
            self.stdout.write(f"{slug}\t{name}")
