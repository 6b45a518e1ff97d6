# SPDX-License-Identifier: EUPL-1.2
"""The form of the style guide: one field of every sort."""

from django import forms

from siac.ui.forms import AutocompleteSelect, DateField, FilesField, Form

COMMUNES = [("", "Elija una comuna"), ("04102", "Coquimbo"), ("04103", "Andacollo"), ("04101", "La Serena")]
TOPICS = [("luz", "Alumbrado público"), ("agua", "Agua"), ("via", "Calles y veredas")]


class SampleForm(Form):
    """One field of every sort."""

    name = forms.CharField(label="Nombre", help_text="Como figura en su documento.", max_length=100)
    email = forms.EmailField(label="Correo electrónico", required=False)
    text = forms.CharField(label="Qué ocurrió", widget=forms.Textarea(attrs={"rows": 4}), max_length=500)
    topic = forms.ChoiceField(label="Tema", choices=TOPICS, widget=forms.RadioSelect)
    copies = forms.MultipleChoiceField(
        label="Avisar por", choices=TOPICS, widget=forms.CheckboxSelectMultiple, required=False
    )
    commune = forms.ChoiceField(label="Comuna", choices=COMMUNES, widget=AutocompleteSelect)
    day = DateField(label="Fecha de los hechos", help_text="Por ejemplo, 27 3 2025.")
    attachments = FilesField(
        label="Archivos", required=False, help_text="PDF o imágenes, hasta 10 MB cada uno."
    )
    agree = forms.BooleanField(label="Declaro que los datos son verdaderos")
