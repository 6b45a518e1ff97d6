# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for the codes of this context."""

from siac.staff.domain.levels import Teller
from siac.staff.domain.seniority import BANDS
from siac.staff.domain.sheet import Act, Problem

TELLERS: dict[Teller, str] = {
    Teller.EVIDENCE: "Evidencia",
    Teller.HEAD: "Jefatura",
    Teller.SELF: "Autodiagnóstico",
}
LEVEL_NAMES: dict[int, str] = {1: "Inicial", 2: "Básico", 3: "Autónomo", 4: "Experto"}
BAND_NAMES: dict[str, str] = {code: words for code, _, words in BANDS}
SATISFACTION: dict[int, str] = {
    1: "Muy mala", 2: "Mala", 3: "Regular", 4: "Buena", 5: "Muy buena",
}  # fmt: skip
RULE = (
    "El nivel que cuenta es el que muestra la evidencia; si no hay, el que dice la jefatura; y si tampoco, "
    "el que dice la propia persona. De cada uno, el más reciente."
)
SHEET_ACTS: dict[Act, str] = {
    Act.CREATE: "Ficha nueva",
    Act.CHANGE: "Cambia",
    Act.NOTHING: "Ya está así",
}
SHEET_PROBLEMS: dict[Problem, str] = {
    Problem.NAME_MISSING: "Falta el nombre.",
    Problem.NAME_LONG: "El nombre pasa de 150 caracteres: {value}…",
    Problem.CODE_LONG: "El código pasa de 30 caracteres: {value}…",
    Problem.POST_LONG: "El cargo pasa de 120 caracteres: {value}…",
    Problem.TWICE: "Está dos veces en la planilla: {value}.",
    Problem.HIRED_MISSING: "Falta la fecha de ingreso.",
    Problem.DAY_BAD: "No es una fecha: «{value}». Escríbala como 27-03-2020.",
    Problem.DAYS_ORDER: "Es anterior al ingreso: {value}.",
    Problem.UNIT_UNKNOWN: "No hay una unidad «{value}».",
    Problem.POINT_UNKNOWN: "No hay un punto de atención «{value}».",
    Problem.PROFILE_UNKNOWN: "No hay un perfil «{value}».",
    Problem.GROUP_UNKNOWN: "No es un estamento: «{value}».",
    Problem.STUDIES_UNKNOWN: "No es un nivel de estudios: «{value}».",
    Problem.MAIL_UNKNOWN: "Nadie del organismo tiene cuenta con ese correo: {value}.",
    Problem.AMBIGUOUS: "Hay más de una ficha así: {value}. Use el código.",
}
REFUSALS: dict[str, str] = {
    "employee_days": "El ingreso va antes que el egreso y que la llegada al punto de atención.",
    "employee_code": "Otra ficha tiene ese código.",
    "employee_account": "Esa cuenta no es de este organismo, o ya tiene otra ficha.",
    "employee_unknown": "Esa ficha ya no existe.",
    "employee_elsewhere": "Esa unidad, ese punto o ese perfil no es de este organismo.",
    "employee_left": "{name} ya no trabaja aquí.",
    "competence_name": "Ya hay una competencia con ese nombre.",
    "competence_used": "Está en el perfil «{profile}»: sáquela antes de ahí.",
    "profile_name": "Ya hay un perfil con ese nombre.",
    "profile_levels": "Elija para cada competencia, una sola vez, un nivel de 1 a 4.",
    "assessment_profile": "Falta decir en la ficha qué perfil tiene: de él salen las competencias.",
    "assessment_empty": "Diga el nivel de al menos una competencia.",
    "assessment_level": "El nivel va de 1 a 4, y solo de las competencias de su perfil.",
    "assessment_evidence": "Escriba qué lo muestra: certificado, examen u observación.",
    "assessment_future": "El día del diagnóstico no puede ser posterior a hoy ni anterior al ingreso.",
    "assessment_meanwhile": (
        "Mientras usted respondía, otra persona guardó un diagnóstico de esta ficha. Revíselo y guarde otra "
        "vez si lo suyo sigue valiendo: los dos quedan y cuenta el más reciente."
    ),
    "training_year": "Ya hay un plan de ese año.",
    "training_moment": "El plan ya está aprobado: ábralo de nuevo para cambiar sus cursos.",
    "training_draft": "El plan todavía no está aprobado.",
    "training_empty": "Un plan sin cursos no se puede aprobar.",
    "course_days": "Los días del curso deben ser del año del plan, y el último no anterior al primero.",
    "course_sessions": "Cada sesión es un día del curso y dura entre 15 minutos y 12 horas.",
    "course_competences": "Elija al menos una competencia que el curso levanta.",
    "course_noted": "Ya se anotó asistencia a una sesión que quitó: déjela.",
    "course_unknown": "Ese curso ya no existe.",
    "course_full": "El curso no tiene más cupos.",
    "enrolled_already": "{name} ya está en el curso.",
    "enrolment_noted": "Ya se anotó su asistencia: la inscripción queda.",
    "session_future": "Esa sesión todavía no ha sido.",
    "marks_bounds": "Las notas van de 0 a 100.",
    "satisfaction_bounds": "Elija una de las cinco opciones.",
    "satisfaction_early": "El curso todavía no empieza.",
    "personnel_sheet_empty": "No se encontró ninguna tabla con las columnas «Nombre» e «Ingreso».",
    "personnel_sheet_long": "La planilla tiene más de {limit} filas.",
    "personnel_sheet_moving": "La planilla ya se está cargando o se cargó.",
}
CONFIGURED = ("staff.competence_saved", "staff.profile_saved")
HAPPENED = (
    "staff.employee_created", "staff.employee_changed", "staff.assessed", "staff.gaps_followed",
    "staff.enrolled", "staff.withdrawn", "staff.attendance_noted", "staff.evaluated",
)  # fmt: skip
"""Entries in the chain of a record: what they change is counted."""
PLANNED = (
    "staff.plan_created", "staff.plan_approved", "staff.plan_reopened", "staff.course_saved",
    "staff.sheet_loaded",
)  # fmt: skip
"""Entries in the chain of a plan, or of a sheet."""
