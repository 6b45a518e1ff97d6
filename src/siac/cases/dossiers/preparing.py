# SPDX-License-Identifier: EUPL-1.2
"""Dossiers are registered before anything is read, made by the worker, handed out for a day."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction
from procrastinate.contrib.django import app

from siac.cases.access import case_for, people_hidden_from, visible_to
from siac.cases.domain.rights import CaseRight
from siac.cases.dossiers.casefile import CaseFile, Order, index_csv, make_case_file
from siac.cases.dossiers.person import entries_of, person_zip
from siac.cases.dossiers.pieces import pieces_of
from siac.cases.dossiers.release import released_pieces
from siac.cases.locking import cases_to_lock
from siac.cases.models import Case, Dossier, DossierForm, DossierState, Edition
from siac.cases.pages import person_of
from siac.cases.texts import ANONYMOUS, IDENTIFIED
from siac.documents.public import CheckedFile, ScanState, Visibility, attach, erase_attachments
from siac.infra.jobs import is_passing
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.organizations.public import Access, access_in
from siac.people.public import PeopleRight, Person

PREPARE = "cases.prepare_dossier"
KEPT_FOR = timedelta(hours=24)
WHOLE = (
    "Contiene los datos de la solicitud, sus plazos explicados, "
    "cada pieza en el orden en que llegó, los avisos enviados y la"
    " historia. El índice da la página y la huella SHA-256 de cada "
    "pieza; las piezas que son archivos van también en su forma original."
)
PREPARED = "Lo preparó {} a partir del sistema. Los borradores no forman parte del expediente."
RELEASED = (
    "Es la versión que se entrega a otras personas: lo que la ley "
    "reserva está tachado, con la norma que lo permite, o no se incluye."
    " La huella SHA-256 es la de lo que aquí se entrega."
)
_MEDIA = {DossierForm.PDF: "application/pdf", DossierForm.ZIP: "application/zip"}


@transaction.atomic
def begin_case_file(*, access: Access, case: Case, edition: Edition, form: str, now: datetime) -> Dossier:
    """Register the wish for a file of `case`, which the caller got through `access`, and start its job.

    Raises:
        Refused: no such form.
    """
    if form not in DossierForm.values:
        raise Refused("dossier_form")
    cases_to_lock().get(pk=case.pk)  # one writer of its chain at a time
    made = Dossier.objects.create(
        institution=access.institution,
        edition=edition,
        case=case,
        requested_by=access.user,
        form=form,
        created_at=now,
    )
    data = {"dossier": made.pk, "edition": edition.value, "form": form}
    record(access.institution.pk, case.stream, "cases.dossier_asked", now, access.user.pk, data)
    app.configure_task(PREPARE).defer(dossier_id=made.pk)
    return made


@transaction.atomic
def begin_person(*, access: Access, person_id: int, now: datetime) -> Dossier:
    """Register the wish for everything held about a person, and start its job.

    Raises:
        PermissionDenied: the user may not export, or not read identities.
        Refused: the body knows no such person, its identity was erased, or only
            cases that the user does not see name it.
    """
    access.require(CaseRight.EXPORT)
    access.require(PeopleRight.IDENTITY)
    people = Person.objects.select_for_update().filter(institution=access.institution, erased_at=None)
    if not people.filter(pk=person_id).exists() or people_hidden_from(access, [person_id]):
        raise Refused("person_unknown")
    made = Dossier.objects.create(
        institution=access.institution, edition=Edition.PERSON, person_id=person_id, requested_by=access.user,
        form=DossierForm.ZIP, created_at=now,
    )  # fmt: skip
    data = {"dossier": made.pk, "edition": made.edition, "form": made.form}
    record(access.institution.pk, made.subject, "cases.dossier_asked", now, access.user.pk, data)
    app.configure_task(PREPARE).defer(dossier_id=made.pk)
    return made


def prepare_dossier(*, dossier_id: int, now: datetime) -> None:
    """Make a dossier with the rights its requester has now; one that is done stays as it is.

    Reading is journaled.
    """
    made = Dossier.objects.select_related("institution", "requested_by", "case").get(pk=dossier_id)
    if made.state != DossierState.WAITING:
        return
    try:
        access = access_in(made.requested_by, made.institution.slug)
        access.require(CaseRight.EXPORT)
        make = _person if made.edition == Edition.PERSON else _case_file
        name, content = make(made, access, now=now)
        _keep(made, name, content, now=now)
    except Exception as error:
        if not is_passing(error):  # else the job is done again, and finds it waiting
            Dossier.objects.filter(pk=made.pk).update(state=DossierState.FAILED, finished_at=now)
        raise


def _case_file(made: Dossier, access: Access, *, now: datetime) -> tuple[str, bytes]:
    case = case_for(
        access,
        made.case.folio if made.case else "",
        to=CaseRight.EXPORT,
        now=now,
        reveals=made.edition == Edition.COMPLETE,
    )
    order = (_released if made.edition == Edition.RELEASE else _complete)(access, case, now=now)
    Dossier.objects.filter(pk=made.pk).update(pieces=len(order.pieces))
    name = f"{'entrega' if made.edition == Edition.RELEASE else 'expediente'}-{case.folio}"
    file = make_case_file(order, as_zip=made.form == DossierForm.ZIP, progress=_progress(made))
    return packed(name, file, order)


def _complete(access: Access, case: Case, *, now: datetime) -> Order:
    person = person_of(access, case, now=now)
    known = person.display_name if person else ANONYMOUS if case.person_id is None else IDENTIFIED
    pieces = pieces_of(case, person=known)
    return Order(
        access.institution,
        case,
        pieces,
        person,
        "Expediente",
        [WHOLE, PREPARED.format(access.user.name)],
        now,
    )


def _released(access: Access, case: Case, *, now: datetime) -> Order:
    pieces = released_pieces(case)
    return Order(
        access.institution, case, pieces, None, "Versión para entregar", [RELEASED], now, with_people=False
    )


def _person(made: Dossier, access: Access, *, now: datetime) -> tuple[str, bytes]:
    access.require(PeopleRight.IDENTITY)
    entries = entries_of(access, made.person_id or 0, now=now)
    if entries is None:
        raise Refused("person_unknown")
    ids = list(visible_to(access).filter(person__in=entries.ids).values_list("pk", flat=True))
    Dossier.objects.filter(pk=made.pk).update(case_ids=ids)
    return f"datos-persona-{made.pk}.zip", person_zip(access, entries, now=now, progress=_progress(made))


def _progress(made: Dossier) -> Callable[[int], None]:
    def told(done: int) -> None:
        if done % 10 == 0:
            Dossier.objects.filter(pk=made.pk).update(pieces_done=done)

    return told


def packed(name: str, file: CaseFile, order: Order) -> tuple[str, bytes]:
    """Return the name and content of what is handed out: the PDF, or a ZIP where files lie beside it."""
    if not file.beside:
        return f"{name}.pdf", file.pdf
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}.pdf", file.pdf)
        archive.writestr("indice.csv", index_csv(order))
        for own, content in file.beside.items():
            archive.writestr(f"piezas/{own}", content)
    return f"{name}.zip", target.getvalue()


@transaction.atomic
def _keep(made: Dossier, name: str, content: bytes, *, now: datetime) -> None:
    """Hand the file over, once: a worker that was taken for dead may have been at it too."""
    if made.case_id:
        cases_to_lock().get(pk=made.case_id)
    else:
        Person.objects.select_for_update().get(pk=made.person_id or 0)
    if not Dossier.objects.filter(pk=made.pk, state=DossierState.WAITING).exists():
        return
    form = DossierForm(name.rpartition(".")[2])
    digest = sha256(content).hexdigest()
    file = CheckedFile(name, _MEDIA[form], len(content), digest, ScanState.OFF, ContentFile(content, name))
    rows = attach(
        made.institution_id, "dossier", made.pk, [file], actor_id=made.requested_by_id, now=now,
        visibility=Visibility.INTERNAL,
    )  # fmt: skip
    data = {"dossier": made.pk, "sha256": digest}
    record(made.institution_id, made.subject, "cases.dossier_made", now, made.requested_by_id, data)
    Dossier.objects.filter(pk=made.pk).update(
        state=DossierState.READY, form=form, attachment_id=rows[0].pk, sha256=digest, finished_at=now,
    )  # fmt: skip


def expire_dossiers(*, now: datetime) -> int:
    """Erase the files of dossiers a day old; return how many. The rows and their SHA-256 stay."""
    old = Dossier.objects.filter(state=DossierState.READY, created_at__lte=now - KEPT_FOR)
    count = 0
    for made in old.order_by("pk"):
        with transaction.atomic():
            if made.attachment_id:
                erase_attachments(made.institution_id, [made.attachment_id], now=now)
            Dossier.objects.filter(pk=made.pk).update(state=DossierState.EXPIRED, attachment_id=None)
        count += 1
    return count
