# SPDX-License-Identifier: EUPL-1.2
"""What the address of a page of figures asks for: the period, what it is compared with, and the cut."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms

from siac.indicators.domain.windows import EARLIEST, Against, Length, Window, between, containing
from siac.indicators.texts import AGAINSTS, LENGTHS, STATISTICS
from siac.infra.metrics import LIMITED, Dimension, Metric, Statistic, source, sources
from siac.kernel.days import read_day
from siac.organizations.public import Institution
from siac.ui.forms import Form, PickedDay

NO_MEMBER = "-"
"""In addresses: the member whose code is empty."""
_LONGEST_LIMIT = 100_000
NamesOf = Callable[[Dimension], Mapping[str, str]]
"""From a dimension to its members in words."""


def names_read_once(institution: Institution) -> NamesOf:
    """Return what names the members of dimensions, asking the database once for each."""
    found: dict[object, Mapping[str, str]] = {}

    def names(of: Dimension) -> Mapping[str, str]:
        if of.names not in found:
            found[of.names] = of.names(institution)
        return found[of.names]

    return names


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `params`: the same as the query of an address, without what goes without saying."""

    window: Window
    against: Against
    where: Mapping[str, list[str]]
    statistic: Statistic
    within: int | None
    by: str
    params: Mapping[str, str]

    @property
    def before(self) -> tuple[date, date]:
        """The first and last day of what the period is compared with."""
        return self.window.against(self.against)

    def query(self, **changes: str | None) -> str:
        """Return the query of the address that asks the same with `changes`; None takes one out."""
        return urlencode({name: value for name, value in {**self.params, **changes}.items() if value})

    def of_window(self, window: Window) -> dict[str, str | None]:
        """Return the changes that ask the same of another period."""
        if window.length is Length.DAYS:
            return self.of_days(window.first, window.end)
        begins = window.first.isoformat()
        return {"periodo": window.length.value, "en": begins, "desde": None, "hasta": None}

    def of_days(self, first: date, last: date) -> dict[str, str | None]:
        """Return the changes that ask the same of the days from one to another."""
        days = {"desde": first.isoformat(), "hasta": last.isoformat()}
        return {"periodo": Length.DAYS.value, "en": None, **days}


def dimensions_of(metric: Metric | None, only: str = "") -> list[Dimension]:
    """Return by what a metric is told apart, without facts about persons; of None, all that any is, or any of
    the source `only`.
    """
    of = [source(metric.of.source)] if metric else [source(only)] if only else sources()
    found = {each.key: each for one in of for each in one.dimensions if not each.is_trait}
    return list(found.values())


def address_of(member: str) -> str:
    """Return how a member stands in addresses."""
    return member or NO_MEMBER


class QuestionForm(Form):
    """The form above figures; its fields are named as the address names them. What is not asked goes without
    saying, so it is always filled in.
    """

    periodo = forms.ChoiceField(
        label="Período",
        choices=[(each.value, words) for each, words in LENGTHS.items()],
        error_messages={"invalid_choice": "Elija un período de la lista."},
    )
    en = forms.CharField(required=False, widget=forms.HiddenInput)
    desde = PickedDay(required=False, label="Desde")
    hasta = PickedDay(required=False, label="Hasta")
    comparar = forms.ChoiceField(
        label="Comparar con",
        choices=[(each.value, words) for each, words in AGAINSTS.items()],
        error_messages={"invalid_choice": "Elija una comparación de la lista."},
    )

    def __init__(
        self,
        institution: Institution,
        metric: Metric | None,
        sent: Mapping[str, Any],
        *,
        today: date,
        begins: Mapping[str, str] | None = None,
        only: str = "",
        names: NamesOf | None = None,
    ) -> None:
        """`begins`: what a page asks where its address says nothing, if it is another period than usual;
        `only`: the one source whose figures it shows; `names`: shared by whoever asks several questions.
        """
        self.metric, self.today = metric, today
        self.dimensions = dimensions_of(metric, only)
        usual = {
            "periodo": Length.MONTH.value,
            "comparar": Against.BEFORE.value,
            "estadistica": metric.statistics[0].value if metric else "",
            "por": self.dimensions[0].address if self.dimensions else "",
        }
        typed = {name: str(value) for name, value in sent.items() if str(value).strip()}
        if metric and metric.is_yearly and not {"periodo", "en"} & typed.keys():
            # Of no other period is anything told.
            begins = {"periodo": Length.YEAR.value, "en": date(today.year - 1, 1, 1).isoformat()}
        known = {**usual, **(begins or {}), **typed}
        super().__init__(known)
        self.usual = {name: value for name, value in usual.items() if name not in (begins or {})}
        for name in ("desde", "hasta"):
            self.fields[name].always_asked = True  # type: ignore[attr-defined]
        names = names or names_read_once(institution)
        for each in self.dimensions:
            self.fields[each.address] = _member_field(each, names(each))
        if metric:
            self._add_of_metric(metric)

    def _add_of_metric(self, metric: Metric) -> None:
        self.fields["estadistica"] = forms.ChoiceField(
            label="Qué se dice",
            choices=[(each.value, STATISTICS[each]) for each in metric.statistics],
            error_messages={"invalid_choice": "Esta cifra no se dice así. Elija una forma de la lista."},
        )
        self.fields["n"] = limit = forms.IntegerField(
            label="N",
            required=False,
            min_value=0,
            max_value=_LONGEST_LIMIT,
            error_messages={
                "invalid": "Escriba un número entero, por ejemplo 10.",
                "min_value": "Escriba un número desde 0.",
                "max_value": f"Escriba un número hasta {_LONGEST_LIMIT}.",
            },
        )
        limit.widget.attrs["inputmode"] = "numeric"
        limit.always_asked = True  # type: ignore[attr-defined]
        if self.dimensions:  # one of which only facts about persons are told is told of the whole
            self.fields["por"] = forms.ChoiceField(
                label="Separar por",
                choices=[(each.address, each.title) for each in self.dimensions],
                error_messages={"invalid_choice": "Esta cifra no se separa por eso. Elija otra forma."},
            )

    def clean(self) -> dict[str, Any]:
        """Put the period together, and the limit with what it is a limit of."""
        data: dict[str, Any] = self.cleaned_data
        if not self.errors:
            data["window"] = self._window(data)
        chosen = data.get("estadistica")
        if chosen in LIMITED and data.get("n") is None and "n" not in self.errors:
            self.add_error(
                "n", f"Escriba hasta cuánto: «{STATISTICS[Statistic(chosen)]}» necesita un número."
            )
        return data

    def _window(self, data: Mapping[str, Any]) -> Window | None:
        length, today = Length(data["periodo"]), self.today
        if length is not Length.DAYS:
            on = read_day(data["en"]) if data["en"] else today
            if on is None or on < EARLIEST or containing(length, on, today=today).first > today:
                self.add_error("periodo", f"Elija un período desde {EARLIEST.year} y que ya haya empezado.")
                return None
            return containing(length, on, today=today)
        first, last = data.get("desde"), data.get("hasta")
        if first is None or last is None:
            for name, day, which in (("desde", first, "primer"), ("hasta", last, "último")):
                if day is None:
                    self.add_error(name, f"Escriba el {which} día.")
            return None
        if not EARLIEST <= first <= today:
            self.add_error("desde", f"Escriba un día desde {EARLIEST.year} y hasta hoy.")
        elif not first <= last <= today:
            self.add_error("hasta", "Escriba un día desde el primero y hasta hoy.")
        else:
            return between(first, last, today=today)
        return None

    @property
    def question(self) -> Question:
        """What is asked, once it is valid."""
        data = self.cleaned_data
        members = {each: data.get(each.address) for each in self.dimensions}
        where = {each.key: [_member(chosen)] for each, chosen in members.items() if chosen}
        by = {each.address: each.key for each in self.dimensions}
        window: Window = data["window"]
        said = {name: str(self.data[name]).strip() for name in self.fields if self.data.get(name)}
        params = {name: value for name, value in said.items() if value != self.usual.get(name)}
        for name in ("en",) if window.length is Length.DAYS else ("desde", "hasta"):
            params.pop(name, None)
        return Question(
            window, Against(data["comparar"]), where,
            Statistic(data["estadistica"]) if self.metric else Statistic.COUNT,
            data.get("n"), by[data["por"]] if self.metric and self.dimensions else "", params,
        )  # fmt: skip

    @property
    def cut(self) -> list[tuple[str, str, str]]:
        """The members that count, each with the address and the title of its dimension."""
        chosen = [(each, self.cleaned_data.get(each.address)) for each in self.dimensions]
        return [
            (each.address, each.title, dict(self.fields[each.address].choices)[member])  # type: ignore[attr-defined]
            for each, member in chosen
            if member
        ]

    @property
    def shown(self) -> list[Any]:
        """The fields that people see."""
        return [bound for bound in self.visible_fields() if bound.name not in self.left_out]

    @property
    def left_out(self) -> set[str]:
        """What there is nothing to choose of: the one way a metric is told, and its limit."""
        told = self.metric.statistics if self.metric else ()
        return set() if set(LIMITED) & set(told) else {"estadistica", "n"}


def _member(chosen: str) -> str:
    return "" if chosen == NO_MEMBER else chosen


def _member_field(dimension: Dimension, names: Mapping[str, str]) -> forms.ChoiceField:
    named = [(address_of(member), name) for member, name in names.items()]
    field = forms.ChoiceField(
        label=dimension.title,
        required=False,
        choices=[("", "Sin filtro"), *named],
        error_messages={"invalid_choice": f"{dimension.title}: elija de la lista."},
    )
    field.always_asked = True  # type: ignore[attr-defined]
    return field
