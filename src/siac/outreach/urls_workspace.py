# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.outreach.workspace import calendar, campaigns, materials

app_name = "outreach"
urlpatterns = [
    path("difusion/", campaigns.campaign_list, name="campaigns"),
    path("difusion/nueva/", campaigns.campaign_form, name="campaign_new"),
    path("difusion/calendario/", calendar.month, name="calendar"),
    path("difusion/calendario.ics", calendar.calendar, name="calendar_file"),
    path("difusion/materiales/", materials.material_list, name="materials"),
    path("difusion/archivo/", campaigns.archive, name="archive"),
    path("difusion/<int:campaign_id>/", campaigns.campaign, name="campaign"),
    path("difusion/<int:campaign_id>/cambiar/", campaigns.campaign_form, name="campaign_change"),
    path("difusion/<int:campaign_id>/evaluar/", campaigns.evaluation, name="evaluation"),
    path("difusion/<int:campaign_id>/archivos/<int:attachment_id>/", campaigns.file, name="file"),
    path("difusion/<int:campaign_id>/materiales/nuevo/", materials.material_form, name="material_new"),
    path("difusion/materiales/<int:material_id>/pdf/", materials.paper, name="material"),
    path("difusion/materiales/<int:material_id>/rehacer/", materials.renew, name="material_renew"),
    path("difusion/materiales/<int:material_id>/retirar/", materials.retire, name="material_retire"),
]
