# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.db import migrations

from siac.countries.public import COUNTRIES


def name_territories(apps: Any, schema_editor: Any) -> None:
    """Say the code of each commune that the list of its country has, as every save does from now on."""
    points = apps.get_model("servicepoints", "ServicePoint")
    rows = points.objects.exclude(commune="").values_list("pk", "commune", "institution__jurisdiction")
    for pk, commune, jurisdiction in list(rows):
        places = COUNTRIES[jurisdiction].places
        code = places.local_named(commune)
        if code is not None:
            points.objects.filter(pk=pk).update(territory=code, commune=places.locals[code])


class Migration(migrations.Migration):
    dependencies = [("servicepoints", "0003_places_and_channels")]
    operations = [migrations.RunPython(name_territories, migrations.RunPython.noop)]
