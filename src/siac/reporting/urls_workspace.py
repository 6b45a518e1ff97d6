# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.reporting.home import workspace as home
from siac.reporting.summaries import workspace as summaries

app_name = "reporting"
urlpatterns = [
    path("como-vamos/", home.how_we_do, name="home"),
    path("resumenes/", summaries.summary_list, name="summaries"),
    path("resumenes/<int:summary_id>/", summaries.summary, name="summary"),
    path("resumenes/<int:summary_id>/seguir/", summaries.go_on, name="summary_go_on"),
    path("resumenes/<int:summary_id>/pdf/", summaries.paper, name="summary_paper"),
]
