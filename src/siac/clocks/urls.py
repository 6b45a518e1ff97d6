# SPDX-License-Identifier: EUPL-1.2
"""Under `<slug>/gestion/`, as `workspace:clocks:…`."""

from django.urls import path

from siac.clocks.workspace import calendars, changes, days, move_lists, own_rules, previews, rules

app_name = "clocks"
urlpatterns = [
    path("calendarios/", calendars.calendars, name="calendars"),
    path("calendarios/hoy-no-se-atiende/", days.closure, name="closure"),
    path("calendarios/nuevo-dia/", days.add_day, name="add_day"),
    path("calendarios/dia/<int:day_id>/anular/", days.revoke_day, name="revoke_day"),
    path("calendarios/cambios/", changes.changes, name="changes"),
    path("calendarios/cambios/<int:change_id>/", changes.change, name="change"),
    path("calendarios/cambios/<int:change_id>/plazos/", move_lists.ask, name="move_list_new"),
    path("calendarios/plazos-movidos/<int:list_id>/", move_lists.show, name="move_list"),
    path("calendarios/plazos-movidos/<int:list_id>/archivo/", move_lists.file, name="move_list_file"),
    path("calendarios/vista-previa/<int:preview_id>/", previews.show, name="preview"),
    path("calendarios/cambios/<int:change_id>/continuar/", changes.change_go_on, name="change_go_on"),
    path("calendarios/<int:year>/", calendars.year, name="year"),
    path("calendarios/confirmar/<str:code>/", calendars.confirm, name="confirm"),
    path("calendarios/historia/<str:code>/", calendars.history, name="history"),
    path("reglas/", rules.rules, name="rules"),
    path("reglas/propia-nueva/", own_rules.own_rule_new, name="own_rule_new"),
    path("reglas/propias/<slug:code>/", own_rules.own_rule_page, name="own_rule"),
]
