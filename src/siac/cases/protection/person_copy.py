# SPDX-License-Identifier: EUPL-1.2
"""Everything that is held about one person, for that person: JSON to take
elsewhere, a PDF to read, the files handed in.

Right of access and portability (art. 5 and 9 Ley 19.628 as of Ley 21.719; art. 15 and 20 of
Regulation (EU) 2016/679; art. 19 Ley 29733).
"""

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from siac.cases.access import configured, people_hidden_from, visible_to
from siac.cases.extensions import PersonEntries, personal_parts
from siac.cases.models import Case, CaseMessage, MessageKind, ThirdParty
from siac.cases.pages import answers_of, clock_lines, files_of, messages_with_files
from siac.cases.papers import RECEIPT
from siac.cases.protection.detecting import of_others
from siac.cases.protection.redaction_rules import black_out
from siac.documents.public import Attachment, ScanState, open_file
from siac.infra.pdf import Paper, render
from siac.kernel.text import words
from siac.notices.public import STATES, State, channel_label, kind_title, notices_of
from siac.organizations.public import Access
from siac.people.public import PersonData, agent_name, export_person, reveal, same_people
from siac.ui.public import long_date

CARRIED = 60 * 1024 * 1024
_OTHERS_WORDS = frozenset({MessageKind.HEARING, MessageKind.OBJECTION})
WITHHELD = "Texto de otra persona: no se incluye."
LIMITS = (
    "Los datos de otras personas que aparecen en los textos están tachados.",
    (
        "No incluye lo que quien lo preparó no puede leer, por su unidad "
        "o por ser reservado: si corresponde, lo prepara quien lo lee."
    ),
)


def entries_of(access: Access, person_id: int, *, now: datetime) -> PersonEntries | None:
    """Return the entries that are the person `person_id`, or None for one
    unknown or erased; the reading is journaled.

    PersonEntries that only restricted cases name which `access` does not see are left out with those cases.

    The same document, or the same e-mail and name where one of both has no
    document: a household may share an address.
    """
    institution_id = access.institution.pk
    ids = {person_id, *same_people(institution_id, person_id)}
    ids -= people_hidden_from(access, ids)
    found = reveal(institution_id, sorted(ids), actor_id=access.user.pk, reason="person_export", now=now)
    if person_id not in found:
        return None
    own = found[person_id]
    same = {pk: other for pk, other in sorted(found.items(), reverse=True) if _is_same(own, other)}
    return PersonEntries(own, list(same), list(same.values()))


def _is_same(one: PersonData, other: PersonData) -> bool:
    if one.document_number and other.document_number:
        return (one.document_type, one.document_number) == (other.document_type, other.document_number)
    same_mail = one.email.casefold() == other.email.casefold()
    return same_mail and words(one.display_name) == words(other.display_name)


def person_zip(
    access: Access, entries: PersonEntries, *, now: datetime, progress: Callable[[int], None]
) -> bytes:
    """Return the ZIP of everything held about a person that `access` may read.

    Raises:
        PdfUnavailable: the PDF could not be typeset now.
    """
    institution = access.institution
    cases = list(
        visible_to(access).filter(person__in=entries.ids).select_related("text", "assignee").order_by("pk")
    )
    files: list[tuple[str, Attachment]] = []
    told = []
    for place, case in enumerate(cases, start=1):
        told.append(_case(access, configured(institution, case), entries, files))
        progress(place)
    data = {
        "institucion": institution.name,
        "preparado": now.astimezone(institution.zone).isoformat(timespec="seconds"),
        "alcance": list(LIMITS),
        "persona": [
            export_person(institution.pk, pk, actor_id=access.user.pk, now=now) for pk in entries.ids
        ],
        "solicitudes": told,
        "como_tercero": _as_third_party(access, entries),
        **_further(access, entries),
    }
    target, size = io.BytesIO(), 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("datos.json", json.dumps(data, ensure_ascii=False, indent=1))
        archive.writestr("informe.pdf", _report(access, entries, data, now=now))
        for name, file in files:
            if size + file.size <= CARRIED:
                size += file.size
                with open_file(file) as stored:
                    archive.writestr(f"archivos/{name}", stored.read())
    return target.getvalue()


def _case(
    access: Access, case: Case, entries: PersonEntries, files: list[tuple[str, Attachment]]
) -> dict[str, Any]:
    others = _others(access, case, entries)

    def own(text: str) -> str:
        return black_out(text, [*of_others(text, entries.identity), *others])[0]

    shown = messages_with_files(case, for_citizen=False)
    messages = []
    for item in shown:
        message, theirs = item.message, item.message.kind in _OTHERS_WORDS
        messages.append({
            "tipo": message.get_kind_display(),
            "fecha": message.at.astimezone(access.institution.zone).isoformat(timespec="seconds"),
            "de": "la persona" if message.author_id is None and not theirs else "la institución",
            "texto": WITHHELD if theirs else own(message.body),
            "archivos": [] if theirs else _files(case, item.files, files),
        })  # fmt: skip
    return {
        "folio": case.folio,
        "tipo": case.kind.name,
        "canal": case.get_channel_display(),
        "ingresada": case.filed_at.astimezone(access.institution.zone).isoformat(timespec="seconds"),
        "estado": case.get_ending_display() if case.ending else case.get_state_display(),
        "resultado": case.outcome_words,
        "causal": case.ground_words,
        "calificacion": case.rating,
        "asunto": own(case.text.subject),
        "texto": own(case.text.body),
        "lugar": own(case.text.place),
        "respuestas": [{"pregunta": q, "respuesta": own(a)} for q, a in answers_of(case)],
        "archivos": _files(case, files_of(case), files),
        "mensajes": messages,
        "plazos": [
            {
                "plazo": line.clock.label,
                "vence": line.clock.due_on.isoformat(),
                "estado": line.clock.get_state_display(),
            }
            for line in clock_lines(case)
        ],
        "avisos": [
            {
                "aviso": kind_title(n.kind),
                "canal": channel_label(n.channel),
                "estado": STATES[State(n.state)],
                "fecha": (n.sent_at or n.created_at).isoformat(timespec="seconds"),
            }
            for n in notices_of(access.institution.pk, "case", case.pk).filter(
                recipient=f"person:{case.person_id}"
            )
        ],
    }


def _others(access: Access, case: Case, entries: PersonEntries) -> list[str]:
    """Return the names and addresses of the third parties of a case, which are not this person's to read."""
    ids = (
        ThirdParty.objects.filter(case=case).exclude(person__in=entries.ids).values_list("person", flat=True)
    )
    people = reveal(access.institution.pk, list(ids), actor_id=None, reason="", now=case.filed_at).values()
    found = [
        text
        for p in people
        for text in (p.display_name, p.family_names, p.email, p.phone, p.document_number, agent_name(p.agent))
    ]
    return [text for text in found if text]


def _files(
    case: Case, rows: Sequence[Attachment], files: list[tuple[str, Attachment]]
) -> list[dict[str, Any]]:
    told = []
    for row in rows:
        gone = row.erased_at is not None or row.scan_state == ScanState.INFECTED
        name = f"{case.folio}/{row.pk}-{row.name}"
        told.append(
            {
                "nombre": row.said_name,
                "sha256": row.sha256,
                "bytes": row.size,
                "en_el_zip": "" if gone else name,
            }
        )
        if not gone:
            files.append((name, row))
    return told


def _as_third_party(access: Access, entries: PersonEntries) -> list[dict[str, Any]]:
    """Return where the person was heard as a third party: what it was told and
    said, not who asked nor for what.
    """
    rows = ThirdParty.objects.filter(institution=access.institution, person__in=entries.ids)
    rows = rows.filter(case__in=visible_to(access)).select_related("case", "asked").order_by("pk")
    return [
        {
            "folio": row.case.folio,
            "avisado": row.told_at.isoformat(timespec="seconds"),
            "hasta": row.until.isoformat(),
            "postura": row.get_stand_display(),
            "se_le_dijo": black_out(row.asked.body, of_others(row.asked.body, entries.identity))[0],
            "respondio": _answered(row),
        }
        for row in rows
    ]


def _answered(row: ThirdParty) -> list[str]:
    """Return what it answered; nothing where several were heard, whose answers cannot be told apart."""
    if ThirdParty.objects.filter(case=row.case_id).count() > 1:
        return [WITHHELD]
    said = CaseMessage.objects.filter(case=row.case_id, kind=MessageKind.OBJECTION, at__gte=row.told_at)
    return list(said.order_by("pk").values_list("body", flat=True))


def _further(access: Access, entries: PersonEntries) -> dict[str, list[dict[str, Any]]]:
    """Return what higher contexts hold of the person; of the texts what is its own."""

    def own(text: str) -> str:
        return black_out(text, of_others(text, entries.identity))[0]

    return {
        name: [
            {key: own(value) if key in part.texts else value for key, value in row.items()}
            for row in part.build(access, entries)
        ]
        for name, part in personal_parts().items()
    }


def _report(access: Access, entries: PersonEntries, data: dict[str, Any], *, now: datetime) -> bytes:
    institution, person = access.institution, entries.identity
    rows = [
        ["Nombre", person.display_name or "Sin nombre"],
        ["Documento", person.document_number],
        ["Identidad verificada por", person.verified_by],
        ["Correo", person.email],
        ["Teléfono", person.phone],
        ["Dirección", person.address],
        ["Representante", person.agent],
        ["Solicitudes", str(len(data["solicitudes"]))],
        ["Como tercero", str(len(data["como_tercero"]))],
        *([part.replace("_", " ").capitalize(), str(len(data[part]))] for part in personal_parts()),
        ["Preparado", long_date(institution.local_date(now))],
    ]
    content = {
        "heading": "Copia de sus datos",
        "introduction": [
            (
                f"{institution.name} guarda de usted lo que sigue. El archivo "
                "datos.json dice lo mismo para leerlo con un programa."
            ),
            *LIMITS,
        ],
        "rows": [row for row in rows if row[1]],
        "sections": [_section(case) for case in data["solicitudes"]],
    }
    return render(RECEIPT, Paper(institution, "Copia de sus datos", content), seconds=120.0)


def _section(case: dict[str, Any]) -> dict[str, Any]:
    lines = [f"{case['tipo']}, ingresada el {case['ingresada'][:10]} ({case['canal']}). {case['estado']}."]
    lines += [part for part in case["texto"].splitlines() if part.strip()]
    lines += [f"{row['pregunta']}: {row['respuesta']}" for row in case["respuestas"]]
    for message in case["mensajes"]:
        lines.append(f"{message['fecha'][:10]} · {message['tipo']} ({message['de']}):")
        lines += [part for part in message["texto"].splitlines() if part.strip()]
    lines += [f"Archivo: {file['nombre']} (SHA-256 {file['sha256']})" for file in case["archivos"]]
    return {"heading": f"{case['folio']} · {case['asunto'] or 'Datos borrados'}", "paragraphs": lines}
