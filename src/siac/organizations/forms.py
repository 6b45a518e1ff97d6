# SPDX-License-Identifier: EUPL-1.2
"""Forms of the body's own configuration."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError

from siac.accounts.public import Role
from siac.countries.public import COUNTRIES
from siac.organizations.commands.staffing import BYTES
from siac.organizations.domain.public_texts import SECTION_LIMIT, SECTIONS
from siac.organizations.models import Institution, ProcessingActivity, Unit
from siac.organizations.place_book import place_groups
from siac.organizations.queries import colleagues, unit_options, unit_tree
from siac.organizations.texts import ROLE_HINTS, ROLE_NAMES
from siac.ui.forms import AutocompleteSelect, DateField, Form, ModelForm, SheetField
from siac.ui.languages.known import IN_SPANISH, NAMES


class InstitutionForm(ModelForm):
    """The data of the body."""

    place: forms.Field = forms.ChoiceField(
        label="Lugar para el calendario",
        widget=AutocompleteSelect,
        error_messages={"required": "Elija el lugar."},
        help_text="Región, comuna o municipio: decide los días inhábiles.",
    )

    languages = forms.MultipleChoiceField(
        label="Otros idiomas de sus páginas",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Además del castellano. Lo que falte en uno se muestra en castellano, y la página lo dice.",
    )

    class Meta:
        model = Institution
        fields: tuple[str, ...] = (
            "name",
            "short_name",
            "official_code",
            "email",
            "phone",
            "address",
            "time_zone",
            "place",
            "office_closes_at",
            "reporting_days",
            "asks_traits",
            "smallest_group",
            "is_compared",
            "languages",
            "brand_colour",
        )
        widgets = {"office_closes_at": forms.TimeInput(format="%H:%M")}
        help_texts = {
            "office_closes_at": (
                "Después de esta hora, donde la norma lo dice, lo "
                "enviado por internet cuenta desde el día siguiente."
            ),
            "reporting_days": (
                "Contados desde la atención, en el calendario de la unidad que atendió. En blanco: sin plazo."
            ),
            "asks_traits": (
                "Después de enviar, en una página aparte que se puede saltar. Se anota en el registro de "
                "actividades de tratamiento."
            ),
            "smallest_group": (
                "En lo que se publica, y en las cifras por rasgos, lo que cuenta menos solicitudes se oculta."
            ),
            "is_compared": (
                "El cumplimiento de sus cartas se muestra junto al de los otros organismos de esta "
                "instalación que también lo acepten. Sin marcar, en ninguna parte."
            ),
            "brand_colour": "Color de la cabecera, por ejemplo #0b4f6c.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_places(self.fields["place"], self.instance.jurisdiction, self.instance.place)
        country = COUNTRIES.get(self.instance.jurisdiction)
        offered = (
            [(code, f"{NAMES[code]} ({IN_SPANISH[code]})") for code in country.languages] if country else []
        )
        self.fields["languages"].choices = offered  # type: ignore[attr-defined]
        self.initial["languages"] = self.instance.languages.split()
        if not offered:
            del self.fields["languages"]

    def clean_languages(self) -> str:
        """Return the codes as they are kept."""
        return " ".join(self.cleaned_data["languages"])

    def clean_time_zone(self) -> str:
        """Check that the zone exists."""
        zone: str = self.cleaned_data["time_zone"]
        if zone not in available_timezones():
            raise ValidationError(
                "Esa zona horaria no existe. Ejemplos: America/Santiago, America/Lima, Europe/Madrid."
            )
        return zone

    def clean_smallest_group(self) -> int:
        """Return what was typed; blank leaves it as it is."""
        typed: int | None = self.cleaned_data["smallest_group"]
        return self.instance.smallest_group if typed is None else typed

    def clean_brand_colour(self) -> str:
        """Check that it is a colour."""
        colour: str = self.cleaned_data["brand_colour"].lower()
        if len(colour) != 7 or colour[0] != "#" or any(c not in "0123456789abcdef" for c in colour[1:]):
            raise ValidationError("Escriba el color con # y seis cifras hexadecimales, por ejemplo #0b4f6c.")
        return colour


def offer_places(field: forms.Field, country: str, current: str, empty: str = "Elija…") -> None:
    """Let a field choose among the places of a country; one that is no longer
    in the list stays as it is (1 SQL).
    """
    if not isinstance(field, forms.ChoiceField):
        return
    groups = place_groups(country) if country else []
    known = {value for _, options in groups for value, _ in options}
    kept = [("El actual", [(current, current)])] if current and current not in known else []
    field.choices = [("", empty), *kept, *groups]


class UnitForm(Form):
    """A unit."""

    name = forms.CharField(label="Nombre", max_length=150, error_messages={"required": "Escriba el nombre."})
    code = forms.SlugField(
        label="Código",
        max_length=40,
        help_text="Minúsculas, números y guiones.",
        error_messages={"required": "Escriba el código."},
    )
    parent_id = forms.TypedChoiceField(
        label="Depende de", required=False, coerce=int, empty_value=None, widget=AutocompleteSelect
    )
    email = forms.EmailField(label="Correo", required=False, max_length=254)
    place = forms.ChoiceField(
        label="Lugar para el calendario", required=False, widget=AutocompleteSelect,
        help_text="Solo si es distinto del lugar del organismo.",
    )  # fmt: skip
    is_active = forms.BooleanField(
        label="Activa",
        required=False,
        initial=True,
        help_text="Una unidad que no está activa no recibe solicitudes nuevas.",
    )
    successor_id = forms.TypedChoiceField(
        label="Unidad que la reemplaza",
        required=False,
        coerce=int,
        empty_value=None,
        widget=AutocompleteSelect,
        help_text="Solo al desactivarla: recibe sus solicitudes abiertas y las que lleguen después.",
    )

    def __init__(self, institution: Institution, unit: Unit | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tree = unit_tree(institution)
        below = tree.below(unit.pk) if unit else frozenset()
        options = [
            (node.pk, "\u2014 " * depth + node.name) for depth, node in tree.outline() if node.pk not in below
        ]
        self.fields["parent_id"].choices = [("", "Ninguna"), *options]  # type: ignore[attr-defined]
        heirs = [
            (node.pk, node.name)
            for _, node in tree.outline()
            if node.is_active and (unit is None or node.pk != unit.pk)
        ]
        self.fields["successor_id"].choices = [("", "Ninguna"), *heirs]  # type: ignore[attr-defined]
        offer_places(
            self.fields["place"], institution.jurisdiction, unit.place if unit else "", "El del organismo"
        )
        if unit is None:
            del self.fields["successor_id"]


class LeavingForm(Form):
    """To whom somebody who leaves hands over."""

    heir_id = forms.TypedChoiceField(
        label="¿Quién sigue con sus solicitudes abiertas?",
        required=False,
        coerce=int,
        empty_value=None,
        widget=AutocompleteSelect,
        help_text="Sin elegir a nadie quedan sin asignar en su unidad, y se avisa a su jefatura.",
    )
    leaves = forms.BooleanField(widget=forms.HiddenInput, initial=True)

    def __init__(self, institution: Institution, user_id: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [(pk, name) for pk, name in colleagues(institution) if pk != user_id]
        self.fields["heir_id"].choices = [("", "Sin asignar"), *others]  # type: ignore[attr-defined]


class NewAccountForm(Form):
    """The account of somebody who has none yet: whoever accepts an invitation, or administers a new body."""

    name = forms.CharField(
        label="Su nombre y apellidos", max_length=150, error_messages={"required": "Escriba su nombre."},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    password = forms.CharField(
        label="Una clave nueva",
        min_length=12,
        max_length=1000,
        strip=False,
        help_text="Al menos doce caracteres.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={
            "required": "Escriba una clave.",
            "min_length": "La clave necesita al menos doce caracteres.",
        },
    )


class RoleForm(Form):
    """A role for a person."""

    email = forms.EmailField(
        label="Correo electrónico", max_length=254, error_messages={"required": "Escriba el correo."}
    )
    name = forms.CharField(
        label="Nombre y apellidos", max_length=150, error_messages={"required": "Escriba el nombre."}
    )
    role = forms.TypedChoiceField(
        label="Rol", coerce=Role, widget=forms.RadioSelect, error_messages={"required": "Elija un rol."}
    )
    unit_id = forms.TypedChoiceField(
        label="Unidad",
        required=False,
        coerce=int,
        empty_value=None,
        widget=AutocompleteSelect,
        help_text=(
            "El rol vale en la unidad y en las que dependen de ella. Sin unidad, vale en todo el organismo."
        ),
    )

    until = DateField(
        label="Último día del rol", required=False,
        help_text="El último día en que el rol sirve: para una auditoría externa o un reemplazo.",
    )  # fmt: skip

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(role.value, f"{ROLE_NAMES[role]}. {ROLE_HINTS[role]}") for role in Role]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
        self.fields["unit_id"].choices = [("", "Todo el organismo"), *unit_options(institution)]  # type: ignore[attr-defined]


class SheetForm(Form):
    """The sheet of units and people."""

    sheet = SheetField(
        label="Su planilla",
        most=BYTES,
        help_text="CSV, XLSX u ODS, hasta 5 MB y 2.000 filas. Antes de guardar nada verá qué cambiaría.",
    )


class PublicTextForm(Form):
    """The sections of a public text; each may be empty until it is published."""

    def __init__(self, subject: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = subject
        for code, heading in SECTIONS[subject].items():
            self.fields[code] = forms.CharField(
                label=heading,
                required=False,
                max_length=SECTION_LIMIT,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
        self.fields["based_on"] = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def sections(self) -> dict[str, str]:
        """Return what was written, by code of section."""
        return {code: self.cleaned_data[code] for code in SECTIONS[self.subject]}


class PublishForm(Form):
    """From which day a version holds."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    from_day = DateField(label="Rige desde")


class ActivityForm(ModelForm):
    """One activity of the register of processing activities."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = ProcessingActivity
        fields = (
            "name",
            "purpose",
            "basis",
            "subjects",
            "data",
            "recipients",
            "transfers",
            "retention",
            "security",
            "responsible",
            "is_active",
        )
