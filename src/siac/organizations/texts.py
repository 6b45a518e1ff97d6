# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for the codes of this context."""

from siac.accounts.public import Role, Scope

ROLE_NAMES: dict[str, str] = {
    Role.FRONT_DESK: "Atención de público",
    Role.UNIT_OFFICER: "Profesional de unidad",
    Role.HEAD_OF_UNIT: "Jefatura de unidad",
    Role.QUALITY_MANAGER: "Encargada o encargado de calidad",
    Role.AUTHORITY: "Autoridad",
    Role.COMMITTEE_MEMBER: "Integrante de comité",
    Role.AUDITOR: "Auditoría",
    Role.ADMINISTRATOR: "Administración del sistema",
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
}
REFUSALS: dict[str, str] = {
    "unit_would_loop": "Una unidad no puede depender de sí misma ni de una unidad que depende de ella.",
    "unit_in_use": "La unidad tiene {open_cases} solicitudes abiertas. Derívelas antes de desactivarla, o elija la unidad que la reemplaza.",
    "unit_successor": "La unidad que reemplaza a otra que se cierra debe estar activa y ser distinta.",
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
    "account_of_others": "La cuenta también trabaja en otro organismo: ayúdele quien administra la instalación.",
    "not_oneself": "Su propio segundo paso lo cambia usted en su cuenta.",
    "second_step_missing": "La persona no tiene un segundo paso.",
    "activity_unknown": "Esa actividad no está en el registro.",
    "activity_taken": "Ya hay una actividad que se llama «{name}».",
    "text_section": "Una sección pasa de {limit} caracteres o no existe.",
    "text_unknown": "Esa versión no existe: guárdela primero.",
    "text_published": "La versión {version} ya se publicó: para cambiar algo, guarde otra.",
    "text_incomplete": "Antes de publicar falta escribir: {sections}.",
    "text_day_past": "No se publica desde un día que ya pasó.",
    "role_ended": "El último día del rol ya pasó: elija hoy o un día posterior.",
    "administrator_undated": "El rol de administración no termina solo: quítelo cuando corresponda.",
    "role_held": "Esa persona ya tiene ese rol ahí.",
}
SCOPE_NAMES: dict[str, str] = {
    Scope.CASES_CREATE: "Ingresar solicitudes",
    Scope.CASES_READ: "Leer solicitudes",
    Scope.CASES_WRITE: "Agregar antecedentes",
}
