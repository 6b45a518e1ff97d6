# SPDX-License-Identifier: EUPL-1.2
from django import forms

from siac.ui.forms import Form


class SiteForm(Form):
    """A site that shows the form."""

    address = forms.CharField(
        label="Dirección del sitio",
        max_length=500,
        help_text="Por ejemplo https://www.municipio.cl. Vale para todas las páginas de ese sitio.",
    )
