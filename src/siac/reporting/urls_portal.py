# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.reporting.accountability import portal as accountability
from siac.reporting.circle import portal as circle
from siac.reporting.opendata import portal

app_name = "reporting"
urlpatterns = [
    path("como-mejoramos/", circle.improving, name="improving"),
    path("rendicion-de-cuentas/", accountability.letters, name="letters"),
    path("rendicion-de-cuentas/<int:letter_id>/", accountability.letter, name="letter"),
    path("rendicion-de-cuentas/<int:letter_id>/pdf/", accountability.paper, name="letter_paper"),
    path("datos/", portal.data_home, name="data"),
    path("datos/catalogo.jsonld", portal.show_catalogue, name="catalogue"),
    path("datos/<slug:name>/", portal.dataset, name="dataset"),
    path("datos/<slug:name>.csv", portal.dataset_csv, name="dataset_csv"),
    path("datos/<slug:name>/datapackage.json", portal.dataset_package, name="dataset_package"),
]
