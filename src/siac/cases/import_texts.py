# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for what can be wrong with an old register, as a whole and row by row."""

from siac.cases.domain.old_rows import Problem

REFUSALS: dict[str, str] = {
    "import_no_header": "La primera fila no es un encabezado: debe traer los nombres de las columnas.",
    "import_empty": "El archivo no tiene ninguna fila de datos.",
    "import_too_many_columns": "El archivo tiene {count} columnas; el máximo es {limit}. Deje solo las que hacen falta.",
    "import_not_text": "El archivo no se puede leer como texto. Guárdelo como CSV (UTF-8) o como XLSX.",
    "import_broken_csv": "El archivo CSV está roto cerca de la línea {line}: hay unas comillas sin cerrar o una celda sin fin.",
    "import_bad_workbook": "El archivo no es un libro de Excel (XLSX) que se pueda leer.",
    "import_too_large": "El archivo es demasiado grande: el máximo es {limit} MB.",
    "import_not_a_table": "Suba un archivo CSV o XLSX.",
    "import_bomb": "El archivo XLSX se expande a un tamaño desmedido y no se abre.",
    "import_file_gone": "El archivo ya no está guardado. Súbalo de nuevo.",
    "import_column_missing": "El archivo no tiene estas columnas: {columns}.",
    "import_fields_missing": "Falta decir qué columna trae: {fields}.",
    "import_kind_missing": "La institución no tiene un tipo de solicitud con el código «{kind}». Créelo en Configuración o cambie la correspondencia.",
    "import_has_rejected": "{count} filas tienen problemas y no se cargó ninguna. Corrija el archivo o cargue solo las correctas.",
    "import_not_ready": "Esta importación no está lista para eso: su estado es «{state}».",
    "mapping_without_fields": "La correspondencia no tiene la tabla «fields».",
    "mapping_incomplete": "La correspondencia no dice de dónde sale: {fields}.",
    "mapping_unknown_field": "La correspondencia nombra un campo que no existe: «{field}».",
    "mapping_unknown_option": "La correspondencia del campo «{field}» tiene una opción que no existe.",
    "mapping_unknown_format": "El formato de fecha «{format}» del campo «{field}» no existe: use dmy, mdy, ymd o serial.",
    "mapping_empty_field": "La correspondencia del campo «{field}» no dice columna ni valor.",
    "export_too_many": "La lista tiene más de {limit} solicitudes: use CSV o agregue filtros.",
}
ROW_PROBLEMS: dict[str, str] = {
    "row_ragged": "La fila tiene {found} columnas y el encabezado {expected}.",
    "row_no_number": "Falta el número original.",
    "row_number_too_long": "El número original pasa de {limit} caracteres.",
    "row_no_date": "Falta la fecha de ingreso.",
    "row_bad_date": "«{value}» no es una fecha que exista en el orden indicado.",
    "row_date_in_future": "Tiene una fecha posterior a hoy.",
    "row_ends_before_it_begins": "Se respondió o cerró antes de ingresar.",
    "row_no_text": "No tiene texto.",
    "row_text_too_long": "El texto pasa de {limit} caracteres.",
    "row_unknown_state": "El estado «{value}» no se reconoce: diga si es abierta, respondida o cerrada.",
    "row_unknown_outcome": "El resultado «{value}» no se reconoce: diga upheld, partly, denied o informed.",
    "row_unknown_kind": "El tipo «{value}» no existe en la institución.",
    "row_unknown_channel": "El canal «{value}» no se reconoce.",
    "row_repeated_in_file": "El número «{value}» ya aparece en la línea {line} del mismo archivo.",
    "row_no_clock": "Está abierta y su plazo legal no se puede calcular: {why}",
    "row_bad_person": "{why}",
}
FIELD_NAMES: dict[str, str] = {
    "original_number": "Número original",
    "filed_at": "Fecha de ingreso",
    "kind": "Tipo de solicitud",
    "topic": "Tema",
    "channel": "Canal",
    "subject": "Asunto",
    "body": "Texto",
    "place": "Lugar",
    "state": "Estado",
    "answered_at": "Fecha de respuesta",
    "closed_at": "Fecha de cierre",
    "restricted": "Reservada",
    "outcome": "Resultado",
    "answer": "Texto de la respuesta",
    "given_names": "Nombres",
    "family_names": "Apellidos",
    "email": "Correo electrónico",
    "phone": "Teléfono",
    "address": "Dirección postal",
    "document_type": "Tipo de documento",
    "document_number": "Número de documento",
}
DATE_ORDERS: dict[str, str] = {
    "dmy": "día/mes/año",
    "mdy": "mes/día/año",
    "ymd": "año-mes-día",
    "serial": "número de Excel",
}


def sentence(problem: Problem) -> str:
    """Return a problem of a row as people read it."""
    return ROW_PROBLEMS[problem.code].format(**problem.values)


def field_list(codes: list[str]) -> str:
    """Return the names of fields, a comma between."""
    return ", ".join(FIELD_NAMES.get(code, code) for code in codes)
