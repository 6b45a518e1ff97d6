# SPDX-License-Identifier: EUPL-1.2
from siac.documents.domain.files import Code, Problem, ScanState

ALLOWED = "PDF, imágenes, Word, Excel, OpenDocument, texto, CSV, correo (.eml), MP3 o MP4"
REFUSALS: dict[str, str] = {
    Code.TOO_MANY: "Puede adjuntar hasta {limit} archivos; quite {over}.",
    Code.TOO_LARGE: "«{file}» pesa más de {limit} MB. Redúzcalo o divídalo.",
    Code.TOTAL_TOO_LARGE: "Los archivos pesan juntos más de {limit} MB. Quite alguno.",
    Code.EMPTY: "«{file}» está vacío.",
    Code.TYPE: f"«{{file}}» no es de un tipo admitido. Use {ALLOWED}.",
    Code.CONTENT: (
        "El contenido de «{file}» no corresponde a su tipo. Guárdelo de nuevo con el programa que lo creó."
    ),
    Code.MACROS: "«{file}» contiene macros. Guárdelo sin macros y adjúntelo otra vez.",
    Code.FETCHES: "«{file}» trae de otra dirección una plantilla o un objeto que se abre sin preguntar. "
    "Guárdelo como PDF y adjúntelo otra vez.",
    Code.ENCRYPTED: "«{file}» está protegido con contraseña. Quítela y adjúntelo otra vez.",
    Code.DAMAGED: "«{file}» está dañado y no se puede abrir.",
    Code.BOMB: "«{file}» ocupa demasiado al descomprimirse y no se puede revisar.",
    Code.NOT_REACHED: "«{file}» no se alcanzó a revisar: los enviados con él tardaron demasiado. "
    "Envíelo sin ellos.",
    Code.PIXELS: "La imagen «{file}» tiene más de 250 millones de puntos. Redúzcala y adjúntela otra vez.",
    Code.VIRUS: "«{file}» contiene un virus y no se guardó.",
    Code.ERASED: "Este archivo fue borrado.",
    Code.WAITING: "«{file}» espera la revisión antivirus. Inténtelo más tarde.",
    Code.NOT_VIEWABLE: "«{file}» no se puede ver en el navegador: descárguelo.",
    Code.UNKNOWN: "No encontramos ese archivo.",
}
SCAN_STATES = {
    ScanState.OFF: "Sin antivirus configurado",
    ScanState.PENDING: "En espera de revisión antivirus",
    ScanState.CLEAN: "Revisado, sin virus",
    ScanState.INFECTED: "Con virus: no se puede descargar",
}


def sentence(problem: Problem) -> str:
    """Return the Spanish sentence of one problem."""
    return REFUSALS[problem.code].format(file=problem.file, **dict(problem.context))


RECORDED = ("documents.stored", "documents.erased", "documents.moved", "documents.annulled")
"""Every kind of entry that this context writes in the journal."""
