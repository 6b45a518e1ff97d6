# SPDX-License-Identifier: EUPL-1.2
"""What anybody who holds a signed document may know of its signature."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from siac.documents.public import attachment, download_response
from siac.infra.ratelimit import limited
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, portal_page
from siac.signing.domain.codes import shown, typed
from siac.signing.domain.signables import signable
from siac.signing.forms import CheckForm
from siac.signing.models import Signature
from siac.signing.queries import signed_copy, verified

_NONE = "Ningún documento firmado de este organismo tiene ese código. Revise que esté completo."


@require_http_methods(["GET", "HEAD", "POST"])
@limited("signing.check", limit=40, window_seconds=3600)
@portal_page
def check(request: HttpRequest, institution: Institution) -> HttpResponse:
    """Tell of the document with a code what it is, who signed it, when; compare a file with it (1 SQL)."""
    known = shown(typed(request.GET.get("codigo", "")))
    form = CheckForm(request.POST or None, request.FILES or None, initial={"code": known})
    row, same, status = None, None, 200
    if form.is_bound and form.is_valid():
        code = typed(form.cleaned_data["code"])
        row = verified(institution, code) if code else None
        if row is None:
            form.refuse(_NONE, "code")
        elif form.cleaned_data["file"]:
            same = _is_the_same(row, form.cleaned_data["file"])
    if form.is_bound and row is None:
        status = 422
    context = {"form": form, "row": row, "same": same, "code": shown(row.code) if row else ""}
    return render(request, "signing/portal/check.html", context, status=status)


@require_safe
@limited("signing.file", limit=60, window_seconds=3600, methods=("GET",))
@portal_page
def signed_file(
    request: HttpRequest, institution: Institution, kind: str, subject_id: int
) -> HttpResponseBase:
    """Hand out the signed file of a document that everybody may read (2 SQL, and that of asking whether
    they may).

    Raises:
        Http404: there is none, it is not for everybody, or its signature was annulled.
    """
    of = signable(kind)
    if of is None or of.published is None or not of.published(institution, subject_id):
        raise Http404(kind)
    row = signed_copy(institution, kind, subject_id)
    if row is None or row.signed_id is None:
        raise Http404(kind)
    try:
        return download_response(attachment(institution.pk, row.signed_id))
    except Refused:
        raise Http404(kind) from None


def _is_the_same(row: Signature, file: object) -> bool:
    digest = hashlib.sha256()
    for chunk in file.chunks():  # type: ignore[attr-defined]
        digest.update(chunk)
    return digest.hexdigest() == row.signed_sha256
