# SPDX-License-Identifier: EUPL-1.2
"""What changed and why it matters, in plain sentences that rules put together from figures."""

from collections.abc import Sequence
from decimal import Decimal
from math import ceil

_NAMED = 3


def number(value: Decimal | int) -> str:
    """Return a number as people write it: «1.234», «91,3»."""
    text = f"{value:,}"
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def listed(names: Sequence[str], most: int = _NAMED) -> str:
    """Return names as a sentence lists them: «A, B y C», «A, B, C y 2 más»."""
    if len(names) > most:
        return f"{', '.join(names[:most])} y {len(names) - most} más"
    return " y ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def points(gap: Decimal) -> str:
    """Return a difference of shares: «3,4 puntos», «1 punto»."""
    size = abs(gap)
    return f"{number(size)} punto{'' if size == 1 else 's'}"


def volume(now: int, before: int) -> str:
    """Return how many came in, and how many more or fewer than before."""
    said = "Llegó 1 solicitud" if now == 1 else f"Llegaron {number(now)} solicitudes"
    if not before:
        return f"{said}; antes, ninguna."
    gap = now - before
    if not gap:
        return f"{said}, las mismas que antes."
    part = round(Decimal(100 * abs(gap)) / before)
    return f"{said}, {number(abs(gap))} {'más' if gap > 0 else 'menos'} que antes ({part} %)."


def timeliness(
    met: int, total: int, percent: Decimal | None, before: Decimal | None, target: Decimal | None
) -> str:
    """Return which part was on time, what changed, and how far the target is: in answers, not in points
    only.
    """
    if percent is None:
        return "No venció el plazo de ninguna solicitud."
    said = f"Salió a tiempo el {number(percent)} % ({number(met)} de {number(total)})"
    if before is not None:
        gap = percent - before
        said += f", {points(gap)} {'más' if gap > 0 else 'menos'} que antes" if gap else ", igual que antes"
    if target is None:
        return f"{said}."
    missing = ceil(target * total / 100) - met
    whole = number(int(target)) if target == target.to_integral_value() else number(target)
    if missing <= 0:
        return f"{said}. Se alcanza la meta de {whole} %."
    answers = "1 respuesta más saliera" if missing == 1 else f"{number(missing)} respuestas más salieran"
    return f"{said}. Para la meta de {whole} % faltó que {answers} a tiempo."


def affected(late: int, waiting: int) -> str:
    """Return whom that concerns: who got an answer late, and who still waits for one."""
    if not late and not waiting:
        return "Nadie recibió tarde su respuesta ni la espera con el plazo vencido."
    parts = []
    if late:
        one = "1 persona recibió tarde su respuesta"
        parts.append(one if late == 1 else f"{number(late)} personas recibieron tarde su respuesta")
    if waiting:
        one = "1 la espera todavía con el plazo vencido"
        parts.append(one if waiting == 1 else f"{number(waiting)} la esperan todavía con el plazo vencido")
    return f"{' y '.join(parts)}."


def speed(median: int | None, ninety: int | None, before: int | None) -> str:
    """Return how long half of the answers took, and nine in ten; nothing where none was given."""
    if median is None:
        return ""
    said = f"La mitad se respondió en {median} {'día hábil' if median == 1 else 'días hábiles'} o menos"
    if before is not None:
        said += f" (antes {before})" if before != median else ", como antes"
    return f"{said}; nueve de cada diez, en {ninety} o menos."


def rating(percent: Decimal | None, total: int, gap: Decimal | None, margin: Decimal | None) -> str:
    """Return which part of the answers was rated well; a change within the margin of error is called so."""
    if percent is None:
        return "Nadie calificó una respuesta."
    said = f"De {number(total)} respuestas calificadas, el {number(percent)} % recibió nota 4 o 5"
    if gap is None or margin is None:
        return f"{said}."
    if abs(gap) <= margin:
        return f"{said}; la diferencia con antes cabe en el margen de error de ±{number(margin)} puntos."
    return f"{said}, {points(gap)} {'más' if gap > 0 else 'menos'} que antes, más que el margen de error."


def net(value: Decimal | None, answers: int, gap: Decimal | None, margin: Decimal | None) -> str:
    """Return the net satisfaction of surveys; nothing of none. A change within the margin is called so."""
    if value is None or not answers:
        return ""
    said = f"La satisfacción neta de las encuestas es {'+' if value > 0 else ''}{number(round(value))}"
    said += f" ({number(answers)} respuestas)"
    if gap is None or margin is None:
        return f"{said}."
    if abs(gap) <= margin:
        return f"{said}; la diferencia con antes cabe en el margen de error."
    return f"{said}, {points(gap)} {'más' if gap > 0 else 'menos'} que antes, más que el margen de error."


def unit(name: str, met: int, total: int, waiting: int) -> str:
    """Return which unit had the lowest share on time, and what waits there."""
    said = f"La unidad con menor cumplimiento fue {name}: {met} de {total} a tiempo"
    return f"{said}, y tiene {number(waiting)} sin responder." if waiting else f"{said}."


def indicators(missed: Sequence[str], all_of_them: int) -> str:
    """Return how many indicators did not reach their target, and which; nothing where none is followed."""
    if not all_of_them:
        return ""
    if not missed:
        return f"Los {all_of_them} indicadores con resultado alcanzan su meta o están cerca."
    some = "1 no alcanza su meta" if len(missed) == 1 else f"{len(missed)} no alcanzan su meta"
    return f"De {all_of_them} indicadores con resultado, {some}: {listed(missed)}."


def promises(kept: int, measured: int, breaches: int, owed: int) -> str:
    """Return how the commitments were kept, how often broken, and what is owed; nothing without any."""
    if not measured:
        return ""
    of = f"{kept} de {measured} {'compromiso' if measured == 1 else 'compromisos'}"
    said = f"{'Alcanza' if kept == 1 else 'Alcanzan'} su meta {of}"
    if not breaches:
        return f"{said}, sin promesas incumplidas."
    broken = "1 promesa incumplida" if breaches == 1 else f"{number(breaches)} promesas incumplidas"
    if not owed:
        return f"{said}; {broken}, con sus medidas resueltas."
    one = "se debe 1 medida a una persona"
    return f"{said}; {broken}; {one if owed == 1 else f'se deben {number(owed)} medidas a las personas'}."
