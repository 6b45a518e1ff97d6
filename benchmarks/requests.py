# SPDX-License-Identifier: EUPL-1.2
"""What is asked of the product, and of the floor, at each size."""

import json
from collections.abc import Callable
from ipaddress import IPv4Address
from secrets import randbits, token_hex

from django.http import HttpResponseBase
from django.test import Client
from django.utils.timezone import now

from benchmarks.fill import SLUG
from benchmarks.measuring import WARM_UP, Request
from siac.accounts.public import Scope, User, create_token
from siac.cases.models import Case
from siac.config.demonstration.accounts import PASSWORD
from siac.organizations.public import Institution
from siac.people.public import reveal

BASE = f"/{SLUG}"
WORK = f"{BASE}/gestion/solicitudes/"
OFFICER = "calidad@puerto-cordillera.demo.invalid"
Send = Callable[[int], HttpResponseBase]


def all_requests(institution: Institution, rounds: int) -> list[Request]:
    """Return the requests to measure, floor included."""
    staff, citizen = Client(), Client()
    staff.force_login(User.objects.get(email=OFFICER))
    filled = Case.objects.filter(institution=institution, year=2020)
    old = list(filled.order_by("number").values_list("number", "pk")[: rounds + WARM_UP + 2])
    kind = filled.select_related("kind").earliest("pk").kind

    def listed(**params: str) -> HttpResponseBase:
        return staff.get(WORK, params)

    create, inbox, page = "floor: create", "floor: inbox", "floor: case page"
    return [
        Request("create through the form, both POSTs", _both_posts(), 302, create),
        Request("create through the form, the last POST", _last_post(rounds), 302, create),
        Request("create by staff", _staff_create(staff, kind.pk), 302, create),
        Request("create through the API", _api_create(kind.code), 201, create),
        Request(create, _floor_create(staff, kind.pk), 302),
        Request("work list, open by due day", lambda n: listed(vista="abiertas"), floor=inbox),
        Request(
            "work list, filtered",
            lambda n: listed(vista="todas", tipo=str(kind.pk), canal="web"),
            floor=inbox,
        ),
        Request("search, common word", lambda n: listed(vista="todas", q="problema"), floor=inbox),
        Request(
            "search, rare word", lambda n: listed(vista="todas", q=f"raro{abs(n) * 37 + 5}"), floor=inbox
        ),
        Request("search, two words", lambda n: listed(vista="todas", q="techo agua"), floor=inbox),
        Request("search, person", lambda n: listed(vista="todas", q=f"persona{abs(n) + 1}"), floor=inbox),
        Request(inbox, lambda n: staff.get("/_floor/inbox/", {"slug": SLUG})),
        Request("case page", lambda n: staff.get(f"{WORK}2020-{old[abs(n)][0]:06d}/"), floor=page),
        Request("tracking page", _tracking(citizen, institution), floor=page),
        Request(page, lambda n: staff.get(f"/_floor/{old[abs(n)][1]}/")),
        Request("sign in", lambda n: _visitor().post("/cuenta/login/", _SIGN_IN), 302),
    ]


_SIGN_IN = {"login": OFFICER, "password": PASSWORD}
TYPED = {
    "subject": "Filtración de agua",
    "body": "Se llueve la sala.",
    "q_establecimiento": "Escuela",
    "given_names": "Ana",
    "family_names": "Soto",
    "email": "ana@demo.invalid",
}


def _visitor() -> Client:
    """Return a browser with an address of its own: limits of rate count by address."""
    return Client(REMOTE_ADDR=str(IPv4Address(randbits(32))))


def _filled_in() -> tuple[Client, str]:
    """Send the form once; return who did and where it is sent from for good."""
    citizen = _visitor()
    return citizen, citizen.post(f"{BASE}/solicitud/reclamo/", TYPED)["Location"]


def _both_posts() -> Send:
    def send(number: int) -> HttpResponseBase:
        citizen, address = _filled_in()
        return citizen.post(address)

    return send


def _last_post(rounds: int) -> Send:
    """Send forms filled in before."""
    filled = [_filled_in() for _ in range(rounds + WARM_UP + 1)]

    def send(number: int) -> HttpResponseBase:
        citizen, address = filled.pop()
        return citizen.post(address)

    return send


def _staff_create(staff: Client, kind: int) -> Send:
    """File for somebody new each time: a second request of the same person would be asked about first."""
    data = {"kind": kind, "channel": "phone", "body": "Llama por una filtración.", "given_names": "Ana"}
    return lambda number: staff.post(f"{WORK}nueva/", {**data, "email": f"a{token_hex(6)}@demo.invalid"})


def _api_create(kind: str) -> Send:
    user = User.objects.get(email=OFFICER)
    _, token = create_token(
        institution_id=Institution.objects.get(slug=SLUG).pk,
        user=user,
        scopes=[Scope.CASES_CREATE],
        name="benchmark",
        now=now(),
        days=1,
    )
    program = Client(headers={"Authorization": f"Bearer {token}"})
    data = {
        "kind": kind,
        "body": "Llega una filtración de otro sistema.",
        "answers": {"establecimiento": "Escuela"},
        "person": {"given_names": "Ana", "email": "a@demo.invalid"},
    }
    body = json.dumps(data)
    address = f"/api/v1/cases?institution={SLUG}"
    return lambda number: program.post(address, body, content_type="application/json")


def _tracking(citizen: Client, institution: Institution) -> Send:
    case = Case.objects.filter(institution=institution, person__isnull=False, year=2020).earliest("pk")
    person_id = case.person_id or 0
    person = reveal(institution.pk, [person_id], actor_id=None, reason="benchmark", now=now())[person_id]
    citizen.post(f"{BASE}/seguimiento/", {"code": case.code, "second_factor": person.email})
    return lambda number: citizen.get(f"{BASE}/seguimiento/solicitud/")


def _floor_create(staff: Client, kind: int) -> Send:
    data = {"slug": SLUG, "kind": kind, "body": "Llama por una filtración."}
    return lambda number: staff.post("/_floor/create/", data)
