# SPDX-License-Identifier: EUPL-1.2
"""Dossiers are registered before anything is read, made by the worker, handed out for a day."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from siac.cases.access import case_for, people_hidden_from, sees_all_of, visible_to
from siac.cases.domain.rights import CaseRight
from siac.cases.locking import cases_to_lock
from siac.cases.models import Case, Dossier, DossierForm, Edition
from siac.cases.pages import person_of
from siac.cases.protection.casefile import CaseFile, Order, index_csv, make_case_file
from siac.cases.protection.person_copy import entries_of, person_zip
from siac.cases.protection.pieces import pieces_of
from siac.cases.protection.release import released_pieces
from siac.cases.texts import ANONYMOUS, IDENTIFIED
from siac.documents.public import Content, Prepared
from siac.infra.jobs import ASKED
from siac.infra.longwork import Line, TimeSource, begin, tell
from siac.journal.public import record, record_access
from siac.kernel.errors import Refused
from siac.organizations.public import Access, access_in
from siac.people.public import PeopleRight, lock_person

LINE = Line(
    Dossier,
    "cases.prepare_dossier",
    "dossier_id",
    queue=ASKED,
    related=("institution", "requested_by", "case"),
)
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
    made = Dossier(
        institution=access.institution,
        edition=edition,
        case=case,
        requested_by=access.user,
        form=form,
        created_at=now,
    )
    begin(LINE, made, now=now, refusal="dossier_begun")
    data = {"dossier": made.pk, "edition": edition.value, "form": form}
    record(access.institution.pk, case.stream, "cases.dossier_asked", now, access.user.pk, data)
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
    person = lock_person(access.institution.pk, person_id)
    if person is None or person.erased_at is not None or people_hidden_from(access, [person_id]):
        raise Refused("person_unknown")
    made = Dossier(
        institution=access.institution, edition=Edition.PERSON, person_id=person_id, requested_by=access.user,
        form=DossierForm.ZIP, created_at=now,
    )  # fmt: skip
    begin(LINE, made, now=now, refusal="dossier_begun")
    data = {"dossier": made.pk, "edition": made.edition, "form": made.form}
    record(access.institution.pk, made.subject, "cases.dossier_asked", now, access.user.pk, data)
    return made


def _build(made: Dossier, clock: TimeSource) -> Content:
    """Make a dossier with the rights its requester has now; reading is journaled."""
    access = access_in(made.requested_by, made.institution.slug)
    access.require(CaseRight.EXPORT)
    make = _person if made.edition == Edition.PERSON else _case_file
    name, content = make(made, access, clock)
    return Content(name, _MEDIA[_form_of(name)], io.BytesIO(content))


def _form_of(name: str) -> DossierForm:
    return DossierForm(name.rpartition(".")[2])


def _case_file(made: Dossier, access: Access, clock: TimeSource) -> tuple[str, bytes]:
    now = clock()
    case = case_for(
        access,
        made.case.folio if made.case else "",
        to=CaseRight.EXPORT,
        now=now,
        reveals=made.edition == Edition.COMPLETE,
    )
    order = (_released if made.edition == Edition.RELEASE else _complete)(access, case, now=now)
    tell(made, now, total=len(order.pieces))
    name = f"{'entrega' if made.edition == Edition.RELEASE else 'expediente'}-{case.folio}"
    file = make_case_file(order, as_zip=made.form == DossierForm.ZIP, progress=_progress(made, clock))
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


def _person(made: Dossier, access: Access, clock: TimeSource) -> tuple[str, bytes]:
    now = clock()
    access.require(PeopleRight.IDENTITY)
    entries = entries_of(access, made.person_id or 0, now=now)
    if entries is None:
        raise Refused("person_unknown")
    ids = list(visible_to(access).filter(person__in=entries.ids).values_list("pk", flat=True))
    tell(made, now, case_ids=ids)
    return f"datos-persona-{made.pk}.zip", person_zip(
        access, entries, now=now, progress=_progress(made, clock)
    )


def _progress(made: Dossier, clock: TimeSource) -> Callable[[int], None]:
    def told(done: int) -> None:
        if done % 10 == 0:
            tell(made, clock(), done=done)

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


def _kept(made: Dossier, content: Content, now: datetime) -> None:
    made.form, made.done = _form_of(content.name), made.total
    made.save(update_fields=["form", "done"])
    if made.case_id:
        _check_living(made, cases_to_lock().get(pk=made.case_id))
    else:
        lock_person(made.institution_id, made.person_id or 0)
    data = {"dossier": made.pk, "sha256": made.sha256}
    record(made.institution_id, made.subject, "cases.dossier_made", now, made.requested_by_id, data)


def _check_living(made: Dossier, case: Case) -> None:
    """Refuse what was read of a case before it was erased."""
    if case.erased_at is not None and case.erased_at >= made.created_at:
        raise Refused("prepared_out_of_reach")


def _may(made: Dossier, access: Access, now: datetime) -> None:
    """Ask again for the right to the case, or to the person and to every case that names them; each fetch
    leaves a line in the access stream.
    """
    if made.case is not None:
        _check_living(made, case_for(access, made.case.folio, to=CaseRight.EXPORT, now=now))
    else:
        access.require(CaseRight.EXPORT)
        access.require(PeopleRight.IDENTITY)
        if people_hidden_from(access, [made.person_id or 0]) or not sees_all_of(
            access, Dossier.objects.filter(pk=made.pk)
        ):
            raise Refused("prepared_out_of_reach")
    record_access(access.institution.pk, access.user.pk, made.subject, now, reason=f"dossier:{made.pk}")


DOSSIERS: Prepared[Dossier, Access] = Prepared(
    "dossier", LINE, _build, _may, keep=timedelta(hours=24), kept=_kept, forgets={"case_ids": []}
)
