# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for the codes of this context."""

from siac.accounts.public import Role, Scope
from siac.kernel.text import fold
from siac.organizations.domain.staffing import Act, Problem

ROLE_NAMES: dict[str, str] = {
    Role.FRONT_DESK: "Atención de público",
    Role.UNIT_OFFICER: "Profesional de unidad",
    Role.HEAD_OF_UNIT: "Jefatura de unidad",
    Role.QUALITY_MANAGER: "Encargada o encargado de calidad",
    Role.AUTHORITY: "Autoridad",
    Role.COMMITTEE_MEMBER: "Integrante de comité",
    Role.AUDITOR: "Auditoría",
    Role.ADMINISTRATOR: "Administración del sistema",
    Role.COMMUNICATIONS: "Comunicaciones",
    Role.PEOPLE_MANAGER: "Gestión de personas",
    Role.PLANNING: "Planificación",
    Role.INTERNAL_AUDITOR: "Auditoría interna",
    Role.COUNCIL_MEMBER: "Integrante externo de un consejo",
}
ROLE_HINTS: dict[str, str] = {
    Role.FRONT_DESK: "Ingresa solicitudes y consulta el estado de cualquiera.",
    Role.UNIT_OFFICER: "Trabaja y responde las solicitudes de su unidad.",
    Role.HEAD_OF_UNIT: "Asigna, amplía plazos y responde por su unidad; ve las reservadas de ella.",
    Role.QUALITY_MANAGER: "Lleva cartas, indicadores, importaciones y calendarios.",
    Role.AUTHORITY: "Ve el estado de todo, sin tocar solicitudes.",
    Role.COMMITTEE_MEMBER: "Ve cartas e indicadores.",
    Role.AUDITOR: "Lee todo y verifica el registro; no cambia nada.",
    Role.ADMINISTRATOR: "Configura unidades, personas, tipos de solicitud y calendarios.",
    Role.COMMUNICATIONS: "Lleva el plan de difusión y sus materiales; ve indicadores y ninguna solicitud.",
    Role.PEOPLE_MANAGER: "Lleva al personal: perfiles, brechas y capacitación; no ve solicitudes.",
    Role.PLANNING: "Lleva la política, los planes y el programa anual; ve indicadores y ninguna solicitud.",
    Role.INTERNAL_AUDITOR: "Revisa el sistema de calidad y su evidencia y abre hallazgos; no ve solicitudes.",
    Role.COUNCIL_MEMBER: "Ve y vota lo que decide su consejo, y lee las cartas. Siempre hasta un día.",
}
REFUSALS: dict[str, str] = {
    "if_match_failed": "Cambió desde que se leyó, o If-Match es de otra cosa: lea de nuevo.",
    "institution_closed": "El organismo ya está cerrado.",
    "institution_address": "La dirección debe empezar por https:// y ser de un sitio, sin usuario en ella.",
    "institution_open": "El organismo está abierto.",
    "translation_record": "Eso ya no está. Vuelva a la lista de traducciones.",
    "translation_language": "El organismo no ofrece ese idioma.",
    "translation_long": "{label} es demasiado largo.",
    "absence_days": "Revise los días: desde el primero hasta el último, no pasados, y a lo más un año.",
    "absence_twice": "{name} ya tiene una ausencia anotada en esos días.",
    "absence_substitute_away": (
        "{name} no puede reemplazar: es la misma persona o también está ausente esos días."
    ),
    "absence_substitute_right": "{name} no trabaja con las solicitudes de las mismas unidades.",
    "saved_meanwhile": "Otra persona lo guardó mientras usted lo editaba (versión {version}). Lo que "
    "escribió sigue aquí: vea qué cambió y, si corresponde, guarde otra vez.",
    "approval_overtaken": "Lo que iba a aprobar cambió desde que usted lo miró, y no se hizo nada. "
    "Revise cómo quedó y, si corresponde, apruébelo.",
    "unit_would_loop": "Una unidad no puede depender de sí misma ni de una unidad que depende de ella.",
    "unit_in_use": (
        "La unidad tiene {open_cases} solicitudes abiertas. Derívelas "
        "antes de desactivarla, o elija la unidad que la reemplaza."
    ),
    "unit_successor": "La unidad que reemplaza a otra que se cierra debe estar activa y ser distinta.",
    "account_administers": (
        "Es la única persona que administra: {bodies}. Nombre antes a otra, o agregue --abandon."
    ),
    "last_administrator": "Debe quedar al menos una persona con el rol de administración.",
    "code_taken": "Ya hay una unidad con el código {code}.",
    "reserved_slug": "La dirección «{slug}» está reservada. Elija otra.",
    "slug_taken": "Ya hay un organismo en la dirección «{slug}». Elija otra.",
    "installation_open": "Esta instalación ya está en uso: ya tiene un organismo o una cuenta.",
    "first_run_code": "El código no es el que muestra el servidor. Cópielo de nuevo.",
    "password_missing": "{email} todavía no tiene clave: escriba una.",
    "start_unknown": "Ese paso se da por hecho solo, cuando está hecho.",
    "start_left": "Todavía faltan pasos.",
    "program_without_role": "{email} no tiene un rol en un organismo: déselo primero.",
    "program_institution_needed": "{email} trabaja en {count} organismos: indique cuál con --institution.",
    "too_many_calls": "Demasiadas llamadas. Espere {seconds} segundos.",
    "invitation_ended": "La invitación ya fue aceptada, se retiró o pasaron sus catorce días.",
    "invitation_of_another": "La invitación es para {email}.",
    "account_of_others": (
        "La cuenta también trabaja en otro organismo: ayúdele quien administra la instalación."
    ),
    "not_oneself": "Su propio segundo paso lo cambia usted en su cuenta.",
    "second_step_missing": "La persona no tiene un segundo paso.",
    "practice_without_keys": (
        "Un organismo de práctica no tiene claves de programas: créelas en el organismo."
    ),
    "practice_without_letters": (
        "A un organismo de práctica no se invita: la persona debe trabajar antes en el organismo."
    ),
    "practice_of_practice": "Un organismo de práctica no tiene otro de práctica.",
    "practice_moving": "El organismo de práctica ya se está preparando.",
    "practice_unsound": "No se pudo copiar «{part}»: {reason}",
    "activity_unknown": "Esa actividad no está en el registro.",
    "activity_taken": "Ya hay una actividad que se llama «{name}».",
    "text_section": "Una sección pasa de {limit} caracteres o no existe.",
    "text_unknown": "Esa versión no existe: guárdela primero.",
    "text_published": "La versión {version} ya se publicó: para cambiar algo, guarde otra.",
    "text_incomplete": "Antes de publicar falta escribir: {sections}.",
    "text_day_past": "No se publica desde un día que ya pasó.",
    "role_ended": "El último día del rol ya pasó: elija hoy o un día posterior.",
    "outside_dated": "Quien viene de fuera tiene su rol hasta un día: indique el último, el de su mandato.",
    "administrator_undated": "El rol de administración no termina solo: quítelo cuando corresponda.",
    "sheet_empty": (
        "El archivo no tiene una tabla de unidades ni de personas. "
        "Los nombres de las columnas deben ser los de la plantilla."
    ),
    "sheet_long": "El archivo tiene más de {limit} filas. Divídalo en varios.",
    "table_unreadable": "No se pudo leer el archivo. Guárdelo como CSV, XLSX u ODS y súbalo otra vez.",
    "unit_gone": "La unidad «{code}» ya no está activa.",
    "sheet_moving": "Esta planilla ya se cargó o se está cargando.",
    "role_held": "Esa persona ya tiene ese rol ahí.",
}
SCOPE_NAMES: dict[str, str] = {
    Scope.CASES_CREATE: "Ingresar solicitudes",
    Scope.CASES_READ: "Leer solicitudes",
    Scope.CASES_WRITE: "Agregar antecedentes, archivos y notas",
    Scope.CASES_ANSWER: "Responder solicitudes",
    Scope.CATALOGUE_READ: "Leer el catálogo y los puntos de atención",
    Scope.FIGURES_READ: "Leer indicadores, cartas y encuestas",
    Scope.PEOPLE_WRITE: "Dar de alta y de baja a las personas del organismo (SCIM)",
}

_ROLE_WORDS = {
    Role.FRONT_DESK: ("atención", "oirs", "recepción"),
    Role.UNIT_OFFICER: ("profesional", "funcionario", "funcionaria", "encargado", "encargada"),
    Role.HEAD_OF_UNIT: ("jefatura", "jefe", "jefa", "jefatura de la unidad", "director", "directora"),
    Role.QUALITY_MANAGER: ("encargada de calidad", "encargado de calidad", "calidad"),
    Role.AUTHORITY: (),
    Role.COMMITTEE_MEMBER: ("comité",),
    Role.AUDITOR: ("auditor", "auditora"),
    Role.ADMINISTRATOR: ("administración", "administrador", "administradora"),
    Role.COMMUNICATIONS: ("comunicador", "comunicadora", "difusión"),
    Role.PEOPLE_MANAGER: ("personas", "recursos humanos", "rr. hh."),
    Role.PLANNING: ("planificador", "planificadora"),
    Role.INTERNAL_AUDITOR: ("auditor interno", "auditora interna", "control interno"),
    Role.COUNCIL_MEMBER: ("consejero", "consejera", "consejo"),
}
ROLES_BY_WORD: dict[str, str] = {
    fold(word): role.value for role in Role for word in (ROLE_NAMES[role], role.value, *_ROLE_WORDS[role])
}
"""A role by its folded name, or by another that people write."""
SHEET_PROBLEMS: dict[Problem, str] = {
    Problem.NAME_MISSING: "falta el nombre",
    Problem.NAME_LONG: "el nombre pasa de 150 caracteres",
    Problem.CODE_BAD: "el código «{value}» solo puede llevar letras sin tilde, números y guiones, hasta 40",
    Problem.CODE_TWICE: "el código «{value}» está en otra fila",
    Problem.UNIT_CLOSED: "la unidad «{value}» está cerrada: actívela antes en «Unidades»",
    Problem.PARENT_UNKNOWN: "no hay ninguna unidad «{value}» de la que depender",
    Problem.PARENT_WRONG: "depende de «{value}», que tiene problemas",
    Problem.PARENT_LOOPS: "depende de sí misma a través de «{value}»",
    Problem.NAME_AMBIGUOUS: "hay varias unidades que se llaman «{value}»: escriba el código",
    Problem.MAIL_MISSING: "falta el correo",
    Problem.MAIL_BAD: "«{value}» no es un correo",
    Problem.MAIL_TWICE: "{value} ya está con ese rol en otra fila",
    Problem.MAIL_OF_ANOTHER_NAME: "{value} está en otra fila con otro nombre",
    Problem.ROLE_MISSING: "falta el rol",
    Problem.ROLE_UNKNOWN: "no hay un rol «{value}»",
    Problem.ROLE_UNDATED: "el rol de {value} lleva un último día, que aquí no cabe: invítele en «Personas»",
    Problem.UNIT_UNKNOWN: "no hay ninguna unidad «{value}»",
    Problem.UNIT_WRONG: "la unidad «{value}» tiene problemas en su fila",
}
SHEET_REASONS: dict[Problem, str] = {
    Problem.NAME_MISSING: "Sin nombre",
    Problem.NAME_LONG: "Nombre demasiado largo",
    Problem.CODE_BAD: "Código que no sirve",
    Problem.CODE_TWICE: "Código repetido",
    Problem.UNIT_CLOSED: "Unidad cerrada",
    Problem.PARENT_UNKNOWN: "Unidad superior que no existe",
    Problem.PARENT_WRONG: "Unidad superior con problemas",
    Problem.PARENT_LOOPS: "Depende de sí misma",
    Problem.NAME_AMBIGUOUS: "Nombre de varias unidades",
    Problem.MAIL_MISSING: "Sin correo",
    Problem.MAIL_BAD: "Correo que no sirve",
    Problem.MAIL_TWICE: "Persona repetida",
    Problem.MAIL_OF_ANOTHER_NAME: "Un correo con dos nombres",
    Problem.ROLE_MISSING: "Sin rol",
    Problem.ROLE_UNKNOWN: "Rol que no existe",
    Problem.ROLE_UNDATED: "Rol sin su último día",
    Problem.UNIT_UNKNOWN: "Unidad que no existe",
    Problem.UNIT_WRONG: "Unidad con problemas",
}
SHEET_ACTS: dict[Act, str] = {
    Act.CREATE: "Se crea",
    Act.CHANGE: "Cambia",
    Act.INVITE: "Recibe una invitación",
    Act.GRANT: "Ya trabaja aquí: recibe el rol",
    Act.NOTHING: "Ya está así",
}
SHEET_BEFORE: dict[str, str] = {
    "name": "se llamaba «{value}»",
    "parent": "dependía de {value}",
    "email": "su correo era {value}",
}
RECORDED = (
    "organizations.institution_created",
    "organizations.institution_changed",
    "organizations.institution_exported",
    "organizations.institution_brought_in",
    "organizations.institution_closed",
    "organizations.institution_reopened",
    "organizations.comparison_decided",
    "organizations.unit_created",
    "organizations.unit_changed",
    "organizations.role_granted",
    "organizations.role_revoked",
    "organizations.invited",
    "organizations.invitation_withdrawn",
    "organizations.second_step_reset",
    "organizations.token_created",
    "organizations.token_revoked",
    "organizations.practice_begun",
    "organizations.practice_opened",
    "organizations.practice_closed",
    "organizations.start_marked",
    "organizations.text_saved",
    "organizations.text_published",
    "organizations.activity_saved",
    "organizations.translation_saved",
    "cases.absence_noted",  # as they were called when they were written first
    "cases.absence_ended",
)
"""Every kind of entry that this context writes in the journal."""

TRAITS_ACTIVITY = {
    "name": "Estadísticas de las personas atendidas",
    "purpose": (
        "Saber a quiénes se atiende y si todas las personas reciben el mismo trato, por edad, sexo, "
        "discapacidad, nacionalidad, pueblo originario, ingreso, estudios y comuna. "
        "Solo en cifras de muchas personas."
    ),
    "basis": (
        "El consentimiento de la persona, que lo da al contestar en una página aparte, después de enviar su "
        "solicitud; puede no contestar nada."
    ),
    "subjects": "Personas naturales que presentan una solicitud y quieren contestar.",
    "data": (
        "Tramo de edad, sexo, si tiene una discapacidad, si es del país, si pertenece a un pueblo "
        "originario, cómo le alcanza el ingreso, estudios, comuna donde vive. Algunos son datos sensibles."
    ),
    "recipients": "Nadie fuera de la institución; se publican solo cifras sin grupos pequeños.",
    "retention": "Se borran con la identidad de la persona.",
    "security": (
        "Quien atiende no ve lo contestado. Las cifras no abren filas y ocultan los grupos pequeños y los "
        "que permitirían deducirlos."
    ),
}
"""What the register of processing activities says of traits, once a body asks them."""
