# SPDX-License-Identifier: EUPL-1.2
"""What programs may do on a case beside reading it: its files, notes of the house, and the answer."""

from typing import Annotated, Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.utils.timezone import now as current_time
from ninja import File, Form, Path, Router
from ninja.files import UploadedFile
from ninja.responses import Status

from siac.accounts.public import Scope
from siac.cases.access import case_for
from siac.cases.commands.answering import answer_case
from siac.cases.commands.citizen import add_information
from siac.cases.commands.handling import add_note
from siac.cases.domain.rights import CaseRight
from siac.cases.models import Case
from siac.cases.pages import files_of, messages_with_files
from siac.cases.programs import schemas
from siac.cases.programs.rest import Folio, changed_once, reader, still_seen
from siac.documents.public import Attachment, Visibility, attachment, check_uploads, download_response
from siac.kernel.errors import Refused
from siac.organizations.public import READING, WRITING, Access, IfMatch, KeyHeader, Slug

router = Router(tags=["solicitudes"])
_ANY_FILE = {
    "responses": {200: {"description": "El archivo", "content": {"*/*": {"schema": {"format": "binary"}}}}}
}
FileId = Annotated[int, Path(ge=1, le=2**62, description="Número del archivo", example=881)]
Typed = Annotated[str, Form(max_length=4000, description="Qué se agrega")]


@router.get(
    "/cases/{folio}/files",
    response={200: list[schemas.FileOut], **READING},
    summary="Archivos de una solicitud",
)
def list_files(request: HttpRequest, folio: Folio, institution: Slug = None) -> list[dict[str, Any]]:
    """Return the files that came with the request and with what was written to and by its person."""
    now = current_time()
    access = reader(request, institution, Scope.CASES_READ, now=now)
    case = case_for(access, folio, to=None, now=now)
    return [_file(access, case, found, of) for found, of in _files(case)]


def _files(case: Case) -> list[tuple[Attachment, str]]:
    """Return the living files of a case that its person may have, each with what it came with (3 SQL)."""
    own = [(each, "request") for each in files_of(case) if each.visibility == Visibility.PUBLIC]
    written = [
        (each, shown.message.kind)
        for shown in messages_with_files(case, for_citizen=True)
        for each in shown.files
    ]
    return [(each, of) for each, of in own + written if each.erased_at is None]


def _file(access: Access, case: Case, found: Attachment, of: str) -> dict[str, Any]:
    plain = ("name", "media_type", "size", "sha256", "annulled_on")
    return {
        **{name: getattr(found, name) for name in plain},
        "id": found.pk,
        "of": of,
        "at": found.uploaded_at.astimezone(access.institution.zone),
        "link": f"{settings.SITE_URL}/api/v1/cases/{case.folio}/files/{found.pk}",
    }


@router.get(
    "/cases/{folio}/files/{file_id}",
    response=READING,
    summary="Descargar un archivo",
    openapi_extra=_ANY_FILE,
)
def read_file(request: HttpRequest, folio: Folio, file_id: FileId, institution: Slug = None) -> FileResponse:
    """Return a file of a case as it is; one that waits for the scanner is given to nobody (409)."""
    now = current_time()
    access = reader(request, institution, Scope.CASES_READ, now=now)
    case = case_for(access, folio, to=None, now=now)
    if file_id not in {found.pk for found, _ in _files(case)}:
        raise Http404(str(file_id))
    return download_response(attachment(access.institution.pk, file_id))


@router.post(
    "/cases/{folio}/files",
    response={201: schemas.Added, 200: schemas.Added, **WRITING},
    summary="Agregar archivos",
)
def add_files(
    request: HttpRequest,
    folio: Folio,
    body: Typed,
    files: Annotated[list[UploadedFile], File(description="Hasta 20 archivos de 10 MB")],
    institution: Slug = None,
    idempotency_key: KeyHeader = None,
    if_match: IfMatch = None,
) -> Status[dict[str, Any]]:
    """Add files for the citizen, with what they are (multipart/form-data); all are checked before any is
    kept.
    """
    now = current_time()
    access = reader(request, institution, Scope.CASES_WRITE, now=now)
    case = case_for(access, folio, to=CaseRight.FILE, now=now)
    if "\x00" in body:
        raise Refused("text_missing")
    checked = check_uploads(files)
    if not checked:
        raise Refused("file_missing")

    def work() -> Case:
        still_seen(case, if_match)
        return add_information(
            institution=access.institution, case_id=case.pk, body=body, files=checked, now=now,
            actor=access.user,
        )  # fmt: skip

    content = "\n".join([str(case.pk), body, *(each.sha256 for each in checked)])
    return changed_once(access, "cases.files", idempotency_key, content, now, work)


@router.post(
    "/cases/{folio}/notes",
    response={201: schemas.Added, 200: schemas.Added, **WRITING},
    summary="Agregar una nota interna",
)
def add_note_to_case(
    request: HttpRequest,
    folio: Folio,
    data: schemas.NoteIn,
    institution: Slug = None,
    idempotency_key: KeyHeader = None,
    if_match: IfMatch = None,
) -> Status[dict[str, Any]]:
    """Write a note that only the house sees; whoever is only here to control writes none, as on the page."""
    now = current_time()
    access = reader(request, institution, Scope.CASES_WRITE, now=now)
    case = case_for(access, folio, to=CaseRight.FILE, now=now)

    def work() -> Case:
        still_seen(case, if_match)
        return add_note(
            institution=access.institution, case_id=case.pk, body=data.body, actor=access.user, now=now
        )

    key, content = data.idempotency_key or idempotency_key, f"{case.pk}\n{data.body}"
    return changed_once(access, "cases.note", key, content, now, work)


@router.post(
    "/cases/{folio}/answer",
    response={201: schemas.Added, 200: schemas.Added, **WRITING},
    summary="Responder una solicitud",
)
def answer_one(
    request: HttpRequest,
    folio: Folio,
    data: schemas.AnswerIn,
    institution: Slug = None,
    idempotency_key: KeyHeader = None,
    if_match: IfMatch = None,
) -> Status[dict[str, Any]]:
    """Send the answer of the body. What a kind wants approved is refused (409 `approval_needed`): people
    approve.
    """
    now = current_time()
    access = reader(request, institution, Scope.CASES_ANSWER, now=now)
    case = case_for(access, folio, to=CaseRight.WORK, now=now)

    def work() -> Case:
        still_seen(case, if_match)
        return answer_case(
            institution=access.institution, case_id=case.pk, version=None, body=data.body,
            outcome=data.outcome, measures=data.measures, ground=data.ground, reasons=data.reasons,
            actor=access.user, now=now,
        )  # fmt: skip

    key = data.idempotency_key or idempotency_key
    said = [data.body, data.outcome.value, data.measures, data.ground, data.reasons]
    return changed_once(access, "cases.answer", key, "\n".join([str(case.pk), *said]), now, work)
