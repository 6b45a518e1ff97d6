# SPDX-License-Identifier: EUPL-1.2
"""The addresses of GeoReport v2 (wiki.open311.org/GeoReport_v2).

What a body offers is told to everybody. What people wrote is told to nobody without a key, nor how their
request goes: the standard lets everybody read requests, but a body publishes figures that it decided on and
no single request (decision 32), and who has its code follows it (decision 18); a number goes up by one and
would open every other. The key comes as the parameter `api_key`, as `Authorization: Bearer`, or as the user
of HTTP Basic, by which clients that know no key for reading can give it in the address.
"""

from django.http import HttpRequest, HttpResponse

from siac.integrations.open311 import reading
from siac.integrations.open311.door import body_of, called
from siac.integrations.open311.filing import filed
from siac.integrations.open311.telling import listed, request_page, token
from siac.integrations.open311.writing import Wrong, answered

__all__ = ["definition", "request_page", "requests", "services", "token"]


@called("GET", "HEAD")
def services(request: HttpRequest, form: str) -> HttpResponse:
    """List what can be asked for."""
    body = body_of(request)
    told = [reading.service(kind) for kind in reading.services_of(body).values()]
    return answered(form, told, root="services", item="service")


@called("GET", "HEAD")
def definition(request: HttpRequest, form: str, code: str) -> HttpResponse:
    """Tell what a service asks."""
    kind = reading.services_of(body_of(request)).get(code)
    if kind is None:
        raise Wrong(404, "service_code no existe.")
    return answered(form, reading.definition(kind), root="service_definition")


@called("GET", "HEAD", "POST")
def requests(request: HttpRequest, form: str) -> HttpResponse:
    """List requests, or file one."""
    return filed(request, form) if request.method == "POST" else listed(request, form)
