"""Partial dates in the database and in forms."""

import random
from datetime import date
from io import StringIO

import pytest
from django import forms
from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.db.models import Max, Min

from claims.domain.dates import DatePrecision, PartialDate
from claims.models import Evidence, Role
from claims.models.fields import PartialDateFormField
from tests.factories import EvidenceFactory, RoleFactory, SpeakerFactory

pytestmark = pytest.mark.django_db

# As editors write them, in the order in which readers see them.
IN_ORDER = [
    "2020-03/2021-10",
    "2021-01-01",
    "2021-01",
    "2021",
    "2021-07",
    "2021-07-09",
    "2021-10-13/2021-10-15",
]
PRECISIONS = {
    "2021": DatePrecision.YEAR,
    "2021-07": DatePrecision.MONTH,
    "2021-07-09": DatePrecision.DAY,
    "2020-03/2021-10": DatePrecision.RANGE,
}


@pytest.mark.parametrize("written", IN_ORDER)
def test_a_date_comes_back_as_precise_as_it_was_written(written):
    role = RoleFactory(start=written, end=None)
    role.refresh_from_db()
    assert str(role.start) == written
    assert role.start.precision == PRECISIONS.get(written, role.start.precision)


def test_a_record_holds_a_date_from_the_moment_it_is_set():
    role = Role(start="July 2021")
    assert role.start == PartialDate(date(2021, 7, 1), date(2021, 7, 31))
    role.start = date(2021, 7, 9)
    assert str(role.start) == "2021-07-09"


def test_the_database_sorts_dates_as_python_does():
    shuffled = random.Random(5).sample(IN_ORDER, len(IN_ORDER))
    speaker = SpeakerFactory()
    Role.objects.bulk_create(Role(speaker=speaker, title=written, start=written) for written in shuffled)
    assert [role.title for role in Role.objects.order_by("start")] == IN_ORDER
    assert [str(each) for each in sorted(map(PartialDate.parse, shuffled))] == IN_ORDER


def test_a_period_is_found_by_its_ends():
    EvidenceFactory(summary="in 2021", known="2021")
    EvidenceFactory(summary="in July", known="2021-07")

    def found(**lookup):
        return {evidence.summary for evidence in Evidence.objects.filter(**lookup)}

    assert found(known__first__lte="2021-01-01") == {"in 2021"}
    assert found(known__last__lte="2021-07-31") == {"in July"}
    assert found(known__last__lte="2021-07-30") == set()
    assert found(known="2021-07") == {"in July"}
    assert found(known=PartialDate.parse("2021")) == {"in 2021"}
    assert found(known__in=["2021", "2021-07-01"]) == {"in 2021"}


def test_what_is_known_by_a_day_was_out_on_its_last_day():
    july = EvidenceFactory(known="2021-07")
    assert list(Evidence.objects.known_by(date(2021, 7, 30))) == []
    assert list(Evidence.objects.known_by(date(2021, 7, 31))) == [july]


def test_columns_and_extremes_are_dates_as_well():
    RoleFactory(start="2021-07")
    RoleFactory(start="2020", end=None)
    assert list(Role.objects.order_by("start").values_list("start", "end")) == [
        (PartialDate.parse("2020"), None),
        (PartialDate.parse("2021-07"), None),
    ]
    ends = Role.objects.aggregate(Min("start"), Max("start"))
    assert [str(end) for end in ends.values()] == ["2020", "2021-07"]


def test_an_unknown_date_is_null_and_nothing_else():
    EvidenceFactory(event=None)
    EvidenceFactory(event="2021")
    assert Evidence.objects.filter(event__isnull=True).count() == 1
    assert list(Evidence.objects.filter(event=None).values_list("event", flat=True)) == [None]


def test_a_date_left_unread_is_read_when_it_is_asked_for():
    RoleFactory(start="2021-07")
    assert str(Role.objects.defer("start").get().start) == "2021-07"


def test_it_is_stored_as_an_interval_that_other_programs_read():
    RoleFactory(start="2021-07")
    with connection.cursor() as cursor:
        cursor.execute("SELECT start FROM claims_role")
        assert cursor.fetchone() == ("2021-07-01/2021-07-31",)


def test_a_dump_loads_again(tmp_path):
    RoleFactory(start="2021-07", end=None)
    file = tmp_path / "roles.json"
    dump = StringIO()
    call_command("dumpdata", "claims.speaker", "claims.role", natural_foreign=True, stdout=dump)
    file.write_text(dump.getvalue(), encoding="utf-8")
    Role.objects.all().delete()
    call_command("loaddata", str(file), verbosity=0)
    role = Role.objects.get()
    assert (str(role.start), role.end) == ("2021-07", None)


def test_a_period_is_read_from_xml_as_well():
    dump = serializers.serialize("xml", [RoleFactory(start="2021-07", end=None)])
    [role] = serializers.deserialize("xml", dump)
    assert (str(role.object.start), role.object.end) == ("2021-07", None)


def test_a_dump_says_it_as_an_editor_would():
    dump = serializers.serialize("json", [RoleFactory(start="2020-03/2021-10")])
    assert '"start": "2020-03/2021-10"' in dump


class RoleForm(forms.ModelForm):
    class Meta:
        model = Role
        fields = ("start", "end")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2021-02-30", "is not in the calendar"),
        ("last week", "is not a date. Write a day"),
        ("13.10.21", "is not a date. Write a day"),
        ("3/4/2021", "can be read in two ways. Write 2021-04-03 or 2021-03-04."),
        ("2021-10/2021-03", "ends (2021-03-31) before it starts (2021-10-01)"),
        ("2021/", "A date is missing"),
        ("२०२१", "is not a date"),
        ("0000", "is not in the calendar"),
        ("x" * 61, "at most 60 characters"),
        ("2021\x00", "Null characters are not allowed"),
    ],
)
def test_nonsense_is_refused_in_words(typed, words):
    form = RoleForm({"start": typed})
    assert not form.is_valid()
    assert words in form.errors["start"][0]


def test_a_form_takes_what_people_write():
    form = RoleForm({"start": " October 13, 2021 ", "end": ""})
    assert form.is_valid(), form.errors
    assert (str(form.instance.start), form.instance.end) == ("2021-10-13", None)


def test_a_form_shows_a_date_as_it_was_written():
    form = RoleForm(instance=RoleFactory(start="2021-07", end=None))
    assert 'value="2021-07"' in str(form["start"])
    assert "value" not in str(form["end"])


def test_the_same_date_in_other_words_is_no_change():
    field = PartialDateFormField(required=False)
    july = PartialDate.parse("2021-07")
    assert not field.has_changed(july, "July 2021")
    assert not field.has_changed(None, "")
    assert field.has_changed(july, "2021-07-01")
    assert field.has_changed(july, "")
    assert field.has_changed(july, "nonsense")


def test_a_date_that_must_be_given_is_asked_for():
    with pytest.raises(ValidationError, match="required"):
        PartialDateFormField().clean("")


def test_nonsense_set_in_code_is_refused_by_validation_and_by_saving():
    role = RoleFactory.build(speaker=SpeakerFactory(), start="soon")
    with pytest.raises(ValidationError, match="is not a date"):
        role.full_clean()
    with pytest.raises(ValidationError, match="is not a date"):
        role.save()
