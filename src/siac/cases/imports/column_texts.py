# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for what can be wrong with an old register, as a whole and row by row."""

from siac.cases.imports.old_rows import Problem

REFUSALS: dict[str, str] = {
    "import_no_header": "La primera fila no es un encabezado: debe traer los nombres de las columnas.",
    "import_empty": "El archivo no tiene ninguna fila de datos.",
    "import_too_many_columns": (
        "El archivo tiene {count} columnas; el máximo es {limit}. Deje solo las que hacen falta."
    ),
    "import_not_text": "El archivo no se puede leer como texto. Guárdelo como CSV (UTF-8) o como XLSX.",
    "import_broken_csv": (
        "El archivo CSV está roto cerca de la línea {line}: hay unas comillas sin cerrar o una celda sin fin."
    ),
    "import_bad_workbook": "El archivo no es un libro de Excel (XLSX) que se pueda leer.",
    "import_too_large": "El archivo es demasiado grande: el máximo es {limit} MB.",
    "import_not_a_table": "Suba un archivo CSV o XLSX.",
    "import_bomb": "El archivo XLSX se expande a un tamaño desmedido y no se abre.",
    "import_file_gone": "El archivo ya no está guardado. Súbalo de nuevo.",
    "import_column_missing": "El archivo no tiene estas columnas: {columns}.",
    "import_fields_missing": "Falta decir qué columna trae: {fields}.",
    "import_kind_missing": (
        "La institución no tiene un tipo de solicitud con el código "
        "«{kind}». Créelo en Configuración o cambie la correspondencia."
    ),
    "import_has_rejected": (
        "{count} filas tienen problemas y no se cargó ninguna. "
        "Corrija el archivo o cargue solo las correctas."
    ),
    "import_not_ready": "Esta importación no está lista para eso: su estado es «{state}».",
    "import_dates_ambiguous": (
        "Las fechas de «{column}» se pueden leer de dos maneras (¿día o mes primero?): diga su orden."
    ),
    "import_no_sheet": "El libro no tiene una hoja «{sheet}».",
    "import_no_row": (
        "El archivo no tiene tantas filas: no hay una fila {row} con los nombres de las columnas."
    ),
    "mapping_without_fields": "La correspondencia no tiene la tabla «fields».",
    "mapping_incomplete": "La correspondencia no dice de dónde sale: {fields}.",
    "mapping_unknown_field": "La correspondencia nombra un campo que no existe: «{field}».",
    "mapping_unknown_option": "La correspondencia del campo «{field}» tiene una opción que no existe.",
    "mapping_unknown_format": (
        "El formato de fecha «{format}» del campo «{field}» no existe: use dmy, mdy, ymd o serial."
    ),
    "mapping_empty_field": "La correspondencia del campo «{field}» no dice columna ni valor.",
    "export_too_many": "Son {count} solicitudes; una lista lleva como mucho {limit}: ponga filtros.",
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
    "row_totals": "Parece una fila de totales.",
    "row_unreadable": "Tiene un carácter que no se puede leer (�): corríjalo en el archivo.",
    "row_scientific": (
        "«{value}» es un número que Excel abrevió y perdió "
        "cifras: dé a la columna formato de texto en el registro."
    ),
    "row_unknown_unit": "La unidad «{value}» no existe en la institución.",
    "row_unknown_topic": "El tema «{value}» no existe en la institución.",
    "row_unknown_point": "El punto de atención «{value}» no existe en la institución.",
    "row_no_unit": "Falta la unidad.",
    "row_bad_number": "«{value}» no es un número entero.",
    "row_unknown_officer": "No hay una persona del equipo que se llame «{value}».",
    "row_unknown_document_type": "El tipo de documento «{value}» no se reconoce.",
    "row_no_clock": "Está abierta y su plazo legal no se puede calcular: {why}",
    "row_bad_person": "{why}",
    "row_bad_document_number": "{why}",
    "row_bad_email": "{why}",
    "row_bad_phone": "{why}",
}
REASONS: dict[str, str] = {
    "row_ragged": "No tienen las columnas del encabezado",
    "row_no_number": "Falta el número original",
    "row_number_too_long": "El número original es demasiado largo",
    "row_no_date": "Falta la fecha de ingreso",
    "row_bad_date": "Una fecha no existe en el orden indicado",
    "row_date_in_future": "Una fecha es posterior a hoy",
    "row_ends_before_it_begins": "Se respondió o cerró antes de ingresar",
    "row_no_text": "No tienen texto",
    "row_text_too_long": "El texto es demasiado largo",
    "row_unknown_state": "No se conoce su estado",
    "row_unknown_outcome": "No se conoce su resultado",
    "row_unknown_kind": "No se conoce su tipo",
    "row_unknown_channel": "No se conoce su canal",
    "row_unknown_unit": "No se conoce su unidad",
    "row_unknown_topic": "No se conoce su tema",
    "row_unknown_point": "No se conoce su punto de atención",
    "row_no_unit": "Falta la unidad",
    "row_bad_number": "Un número no es un entero",
    "row_unknown_officer": "No se conoce a su responsable",
    "row_unknown_document_type": "No se conoce su tipo de documento",
    "row_totals": "Son filas de totales",
    "row_unreadable": "Tienen un carácter que no se puede leer",
    "row_scientific": "Excel abrevió un número",
    "row_repeated_in_file": "Su número ya aparece en el archivo",
    "row_no_clock": "Están abiertas y su plazo no se puede calcular",
    "row_bad_person": "Los datos de la persona están mal",
    "row_bad_document_number": "El documento está mal escrito",
    "row_bad_email": "El correo está mal escrito",
    "row_bad_phone": "El teléfono está mal escrito",
}
"""The same problems, said of many rows."""
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
    "unit": "Unidad",
    "officer": "Responsable",
    "document_type": "Tipo de documento",
    "document_number": "Número de documento",
    "begun_at": "Cuándo se atendió",
    "point": "Punto de atención",
    "minutes": "Minutos",
    "waited": "Minutos de espera",
    "resolved": "Resuelta",
}
ENCODING_NAMES: dict[str, str] = {
    "utf-8": "UTF-8",
    "cp1252": "Windows (1252)",
    "latin-1": "ISO 8859-1",
    "cp850": "MS-DOS (850)",
    "mac_roman": "Mac antiguo",
    "utf-16": "UTF-16 (Unicode)",
}
ANSWERS: dict[str, str] = {"open": "Abierta", "answered": "Respondida", "closed": "Cerrada"}
DATE_ORDERS: dict[str, str] = {
    "": "Elija el orden",
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
