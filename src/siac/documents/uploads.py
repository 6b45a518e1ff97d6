# SPDX-License-Identifier: EUPL-1.2
"""The part of a form that takes files."""

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError

from siac.documents.inspection import CheckedFile, check_uploads
from siac.documents.texts import sentence
from siac.kernel.errors import Refused

FILES_HINT = "Hasta 20 archivos de 10 MB: PDF, imágenes, Word, Excel, OpenDocument, texto, audio o video."


class UploadMixin(forms.Form):
    """A form with a field `attachments` whose cleaned value is the checked files."""

    already = 0
    """How many files are kept from an earlier sending."""
    good_files: Sequence[CheckedFile] = ()
    """After checking: those that may be stored, also where others may not."""

    def clean_attachments(self) -> list[CheckedFile]:
        """Check every file before any is stored; all problems are told at once."""
        try:
            self.good_files = check_uploads(self.cleaned_data["attachments"], already=self.already)
        except Refused as refused:
            self.good_files = refused.context["checked"]
            raise ValidationError([sentence(problem) for problem in refused.context["problems"]]) from refused
        return list(self.good_files)
