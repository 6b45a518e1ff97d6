# SPDX-License-Identifier: EUPL-1.2
"""What is asked, in the browser or on the terminal, to open a body and to appoint whoever administers it."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from siac.countries.public import COUNTRIES
from siac.kernel.errors import Refused
from siac.kernel.text import fold
from siac.organizations.commands.setup import RESERVED_SLUGS
from siac.organizations.domain.zones import zone_of
from siac.organizations.forms import InstitutionForm, NewAccountForm
from siac.organizations.models import Institution
from siac.organizations.place_book import check_place, place_groups
from siac.ui.forms import AutocompleteSelect, Form, ModelForm
from siac.ui.public import refusal_text

EXPRESSION = re.compile(r"[A-Z]{2}([-+,]|$)")
"""How the expression of a place begins: CL, PE-LIM, ES-MD+28079."""
SLUG_WORDS = {
    "unique": "Ya hay un organismo en esa dirección. Elija otra.",
    "required": "Escriba la dirección en el portal.",
    "invalid": "Use minúsculas, números y guiones; empiece por una letra.",
}


class CodeForm(Form):
    """The code that the server prints."""

    code = forms.CharField(
        label="Código de la instalación",
        max_length=40,
        help_text="Lo muestra el servidor al arrancar y la orden «siac setup». Son doce letras y números.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "class": "govuk-input--width-20"}),
        error_messages={"required": "Escriba el código."},
    )


def every_place() -> list[tuple[str, Any]]:
    """Return the places of all countries, to be chosen from: «Chile: Coquimbo» above its communes."""
    return [
        (f"{country.name}: {title}", options)
        for country in COUNTRIES.values()
        for title, options in place_groups(country.code)
    ]


class NewInstitutionForm(ModelForm):
    """A body that is opened: country and time zone follow from its place."""

    place = forms.ChoiceField(
        label="¿Dónde está?",
        widget=AutocompleteSelect,
        help_text="Región, comuna o municipio. De ahí salen el "
        "país, sus normas, los días inhábiles y la hora. "
        "Si su comuna o municipio no está, elija la región: "
        "sus días propios se agregan después en «Calendarios».",
        error_messages={"required": "Elija dónde está el organismo."},
    )

    class Meta:
        model = Institution
        fields = ("name", "short_name", "slug", "email", "place")
        labels = {"slug": "Dirección en el portal", "email": "Correo de contacto"}
        help_texts = {
            "name": "Completo, por ejemplo: Municipalidad de Ovalle.",
            "short_name": "Sigla o nombre breve; sale en avisos y listas.",
            "slug": (
                "Minúsculas, números y guiones: el portal quedará "
                "en /ovalle/. Vacío: se arma con el nombre corto."
            ),
            "email": "Al que las personas pueden escribir.",
        }
        error_messages = {
            "name": {"required": "Escriba el nombre del organismo."},
            "short_name": {"required": "Escriba un nombre corto o sigla."},
            "slug": SLUG_WORDS,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", "Elija…"), *every_place()]  # type: ignore[attr-defined]
        self.fields["slug"].required = False

    def clean_slug(self) -> str:
        """Make the address out of the short name where none was typed; refuse those of the installation."""
        return made_slug(self.cleaned_data)

    def fields_for_command(self) -> dict[str, Any]:
        """Return what `create_institution` takes."""
        return {**self.cleaned_data, **whereabouts(self.cleaned_data["place"])}


def made_slug(typed: dict[str, Any]) -> str:
    """Return the address that was typed, else one made out of the short name.

    Raises:
        ValidationError: the installation has it for itself.
    """
    slug: str = typed["slug"] or slugify(typed.get("short_name", ""))[:40]
    if slug in RESERVED_SLUGS:
        raise ValidationError(refusal_text(Refused("reserved_slug", slug=slug)))
    return slug


def whereabouts(place: str) -> dict[str, str]:
    """Return country and time zone of a place that calendars know."""
    return {"jurisdiction": place[:2].upper(), "time_zone": zone_of(place)}


def read_place(typed: str) -> str:
    """Return the place expression of what was typed on a terminal: an
    expression, or a name if only one place has it.

    Raises:
        ValidationError: no calendar knows it, or several places have that name.
    """
    wanted = fold(typed.strip())
    named: set[str] = {
        value
        for _, options in every_place()
        for value, label in options
        if wanted in (fold(label), fold(label.split(" (")[0]))
    }
    if len(named) == 1:
        return named.pop()
    if len(named) > 1:
        raise ValidationError(
            f"Hay varios lugares con ese nombre. Escriba uno de estos: {', '.join(sorted(named))}."
        )
    expression = typed.strip().upper()
    if not EXPRESSION.match(expression):
        raise ValidationError(
            f"No se reconoce el lugar «{typed.strip()}». Si es una "
            "comuna o un municipio, escriba su región: sus días propios "
            "se agregan después en «Calendarios»."
        )
    try:
        check_place(expression)
    except Refused as refused:
        raise ValidationError(refusal_text(refused)) from refused
    return expression


class AdministratorForm(NewAccountForm):
    """Whoever administers the body."""

    email = forms.EmailField(
        label="Su correo", max_length=254, help_text="Con él entra al sistema.",
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={"required": "Escriba su correo."},
    )  # fmt: skip

    field_order = ("name", "email", "password")


class TypedInstitutionForm(InstitutionForm):
    """A body that is opened on the terminal: the same checks, with the place typed by its name or
    expression.
    """

    place = forms.CharField(
        label="¿Dónde está? (región, comuna o municipio, por ejemplo Coquimbo)", max_length=60
    )

    class Meta(InstitutionForm.Meta):
        fields = ("name", "short_name", "slug", *InstitutionForm.Meta.fields[2:])
        labels = {"slug": "Dirección en el portal (vacía: se arma con el nombre corto)"}
        error_messages = {"slug": SLUG_WORDS}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("slug", "time_zone", "brand_colour"):
            self.fields[name].required = False

    def clean_place(self) -> str:
        """Read a name or an expression."""
        return read_place(self.cleaned_data["place"])

    def clean_slug(self) -> str:
        """Make the address out of the short name where none was typed; refuse those of the installation."""
        return made_slug(self.cleaned_data)

    def clean_time_zone(self) -> str:
        """Check the zone, if one was given."""
        return super().clean_time_zone() if self.cleaned_data["time_zone"] else ""

    def clean_brand_colour(self) -> str:
        """Check the colour, if one was given."""
        return super().clean_brand_colour() if self.cleaned_data["brand_colour"] else ""

    def fields_for_command(self) -> dict[str, Any]:
        """Return what `create_institution` takes; what was left out follows
        from the place or has its default.
        """
        given = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        return {**whereabouts(given["place"]), **given}


class TypedAdministratorForm(AdministratorForm):
    """Whoever administers a body, asked on the terminal."""

    field_order = ("email", "name", "password")
