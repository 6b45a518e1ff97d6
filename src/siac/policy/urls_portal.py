# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.policy import portal

app_name = "policy"
urlpatterns = [
    path("politica/", portal.policy, name="policy"),
    path("politica/documentos/<int:document_id>/", portal.document, name="document"),
    path("politica/ediciones/<int:number>/", portal.edition, name="edition"),
    path("politica/ediciones/<int:number>/pdf/", portal.paper, name="paper"),
]
