# SPDX-License-Identifier: EUPL-1.2
"""The floor: what bare Django with a session costs for the same rows, without
clocks, journal, folio or vault.
"""

import secrets

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path
from django.utils.timezone import now

from siac.cases.domain.states import OPEN
from siac.cases.models import Case, CaseMessage, CaseText
from siac.organizations.public import Institution

_LIST = engines["django"].from_string(
    "<html><table>{% for c in rows %}<tr><td><a href='/{{ c.pk }}/'>{{ "
    "c.folio }}</a><td>{{ c.text.subject }}<td>{{ c.kind.name }}"
    "<td>{{ c.unit.name }}<td>{{ c.topic.name }}<td>{{ c.assignee.name "
    "}}<td>{{ c.due_on|date:'d-m-Y' }}</tr>{% endfor %}</table></html>"
)
_PAGE = engines["django"].from_string(
    "<html><h1>{{ c.folio }} {{ c.text.subject }}</h1>{{ "
    "c.text.body|linebreaks }}{{ c.kind.name }} {{ c.unit.name }}"
    "{% for m in messages_list %}<article>{{ m.body|linebreaks "
    "}}{{ m.author.name }}</article>{% endfor %}</html>"
)


@login_required
def create(request: HttpRequest) -> HttpResponse:
    """Insert a case and its text."""
    institution = Institution.objects.get(slug=request.POST["slug"])
    case = Case.objects.create(
        institution=institution,
        year=1900,
        number=secrets.randbelow(2**31 - 1),
        tracking_code=secrets.token_hex(6),
        kind_id=int(request.POST["kind"]),
        state="received",
        channel="web",
        filed_at=now(),
    )
    CaseText.objects.create(case=case, institution=institution, subject="x", body=request.POST["body"])
    return HttpResponse(status=302, headers={"Location": "/"})


@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """List fifty open cases by what falls due, in the order of an index."""
    institution = Institution.objects.get(slug=request.GET["slug"])
    rows = (
        Case.objects.filter(institution=institution, state__in=sorted(OPEN))
        .select_related("text", "kind", "unit", "topic", "assignee")
        .defer("text__body", "text__search")
        .order_by("due_on", "pk")[:50]
    )
    return HttpResponse(_LIST.render({"rows": rows}, request))


@login_required
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one case."""
    case = Case.objects.select_related("text", "kind", "unit").get(pk=pk)
    messages = CaseMessage.objects.filter(case=case).select_related("author")
    return HttpResponse(_PAGE.render({"c": case, "messages_list": messages}, request))


urlpatterns = [
    path("_floor/create/", create),
    path("_floor/inbox/", inbox),
    path("_floor/<int:pk>/", page),
    path("", include("siac.config.urls")),
]
