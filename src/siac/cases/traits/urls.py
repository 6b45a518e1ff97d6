# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.cases.traits import portal, workspace

PORTAL = [path("comprobante/<str:key>/sobre-usted/", portal.traits, name="traits")]
WORKSPACE = [path("solicitudes/<str:folio>/sobre-la-persona/", workspace.traits, name="traits")]
