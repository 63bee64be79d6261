"""Which questions a life opens: each condition shows in one case and hides in another.

The table was written by hand from the law and the papers, not from the definitions; a
test generated from the definitions says when it has forgotten one.
"""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gandan.forms import conditions, loading
from gandan.forms.parties import Party, parties
from gandan.forms.schema import Condition
from gandan.forms.schema import conditions as rules_of
from tests.forms.cases import (
    ALL,
    BIRTH,
    BUSINESS,
    CASES,
    LAND,
    ON,
    OWNER,
    PARCEL,
    without,
)

MARRIED = "married parents, the mother asks"
UNMARRIED = "unmarried parents, the father asks"
NO_FATHER = "child without father"
NO_MOTHER = "child without mother, a grandparent asks"
FOUNDLING = "foundling"
SURROGACY = "surrogacy, a stranger is authorised"
AUNT = "child without mother, an aunt is authorised"
COUPLE = "a couple and their house"
MANY = "two owners, two parcels, many papers"
HOUSEHOLD = "a household registers a bought field"
COMMUNITY = "a community holds the notice"
PERSON = "one person opens a shop"
FAMILY = "a family, two places, an authorised person"
SERVICE = "a service organisation files"
POST = "the public post files"

# (form, condition, what it decides): (a case where it holds, one where it does not)
TABLE: dict[tuple[str, str, str], tuple[str, str]] = {
    ("birth", "section:mother", "show_if"): (MARRIED, FOUNDLING),
    ("birth", "section:father", "show_if"): (MARRIED, NO_FATHER),
    ("birth", "section:family", "show_if"): (NO_FATHER, FOUNDLING),
    ("birth", "facility_name", "show_if"): (MARRIED, NO_FATHER),
    ("birth", "birth_address", "show_if"): (NO_FATHER, NO_MOTHER),
    ("birth", "birth_abroad", "show_if"): (NO_MOTHER, MARRIED),
    ("birth", "home_town", "required"): (MARRIED, FOUNDLING),
    ("birth", "relation=mother", "option"): (NO_FATHER, NO_MOTHER),
    ("birth", "relation=father", "option"): (NO_MOTHER, NO_FATHER),
    ("birth", "relation=grandparent", "option"): (NO_MOTHER, FOUNDLING),
    ("birth", "relation=relative", "option"): (MARRIED, FOUNDLING),
    ("birth", "relation=authorised", "option"): (SURROGACY, FOUNDLING),
    ("birth", "interpreter_language", "show_if"): (NO_FATHER, MARRIED),
    ("birth", "interpreter_name", "show_if"): (NO_FATHER, MARRIED),
    ("birth", "mother_name", "same_as"): (MARRIED, UNMARRIED),
    ("birth", "mother_birth", "same_as"): (MARRIED, UNMARRIED),
    ("birth", "mother_identity", "same_as"): (MARRIED, UNMARRIED),
    ("birth", "mother_address", "same_as"): (MARRIED, UNMARRIED),
    ("birth", "father_name", "same_as"): (UNMARRIED, MARRIED),
    ("birth", "father_birth", "same_as"): (UNMARRIED, MARRIED),
    ("birth", "father_identity", "same_as"): (UNMARRIED, MARRIED),
    ("birth", "father_address", "same_as"): (UNMARRIED, MARRIED),
    ("birth", "parents_married", "show_if"): (UNMARRIED, NO_FATHER),
    ("birth", "marriage_record", "show_if"): (MARRIED, UNMARRIED),
    ("birth", "wants_recognition", "show_if"): (NO_MOTHER, MARRIED),
    ("birth", "birth_evidence", "show_if"): (MARRIED, FOUNDLING),
    ("birth", "paper_certificate", "show_if"): (MARRIED, UNMARRIED),
    ("birth", "paper_witness", "show_if"): (NO_FATHER, MARRIED),
    ("birth", "paper_pledge", "show_if"): (NO_MOTHER, NO_FATHER),
    ("birth", "paper_foundling", "show_if"): (FOUNDLING, MARRIED),
    ("birth", "surrogacy", "show_if"): (MARRIED, NO_FATHER),
    ("birth", "paper_surrogacy", "show_if"): (SURROGACY, MARRIED),
    ("birth", "authorised_by_kin", "show_if"): (AUNT, MARRIED),
    ("birth", "paper_authorisation", "show_if"): (AUNT, NO_MOTHER),
    ("birth", "authorisation_certified", "show_if"): (SURROGACY, AUNT),
    ("birth", "copies", "show_if"): (NO_FATHER, MARRIED),
    ("birth", "result_address", "show_if"): (NO_FATHER, MARRIED),
    ("birth", "owner#0", "party"): (MARRIED, SURROGACY),
    ("birth", "representative#1", "party"): (SURROGACY, MARRIED),
    ("birth", "owner#2", "party"): (SURROGACY, AUNT),
    ("birth", "owner#3", "party"): (AUNT, SURROGACY),
    ("land", "paper_notice", "show_if"): (COMMUNITY, COUPLE),
    ("land", "community_name", "show_if"): (COMMUNITY, COUPLE),
    ("land", "owners", "show_if"): (COUPLE, COMMUNITY),
    ("land", "spouse_name", "show_if"): (COUPLE, HOUSEHOLD),
    ("land", "spouse_birth", "show_if"): (COUPLE, HOUSEHOLD),
    ("land", "spouse_identity", "show_if"): (COUPLE, HOUSEHOLD),
    ("land", "one_certificate", "show_if"): (MANY, COUPLE),
    ("land", "paper_joint", "show_if"): (MANY, COUPLE),
    ("land", "paper_household", "show_if"): (HOUSEHOLD, COUPLE),
    ("land", "has_representative=self", "option"): (COUPLE, COMMUNITY),
    ("land", "representative_name", "show_if"): (MANY, COUPLE),
    ("land", "representative_birth", "show_if"): (MANY, COUPLE),
    ("land", "representative_identity", "show_if"): (MANY, COUPLE),
    ("land", "representative_address", "show_if"): (COMMUNITY, COUPLE),
    ("land", "paper_representation", "show_if"): (COMMUNITY, COUPLE),
    ("land", "interpreter_language", "show_if"): (MANY, COUPLE),
    ("land", "interpreter_name", "show_if"): (MANY, COUPLE),
    ("land", "land_use_other", "show_if"): (MANY, HOUSEHOLD),
    ("land", "origin_other", "show_if"): (MANY, COUPLE),
    ("land", "building", "show_if"): (COUPLE, HOUSEHOLD),
    ("land", "building_area", "show_if"): (COUPLE, HOUSEHOLD),
    ("land", "same_place", "show_if"): (MANY, COUPLE),
    ("land", "has_land_papers", "show_if"): (COUPLE, COMMUNITY),
    ("land", "paper_land", "show_if"): (MANY, COUPLE),
    ("land", "paper_inheritance", "show_if"): (COUPLE, HOUSEHOLD),
    ("land", "paper_transfer", "show_if"): (HOUSEHOLD, COUPLE),
    ("land", "paper_irregular", "show_if"): (COMMUNITY, COUPLE),
    ("land", "paper_easement", "show_if"): (MANY, COUPLE),
    ("land", "was_fined", "show_if"): (COUPLE, COMMUNITY),
    ("land", "paper_fine", "show_if"): (MANY, COUPLE),
    ("land", "has_survey", "show_if"): (COUPLE, COMMUNITY),
    ("land", "paper_survey", "show_if"): (MANY, COUPLE),
    ("land", "paper_building", "show_if"): (COUPLE, HOUSEHOLD),
    ("land", "levy", "show_if"): (COUPLE, HOUSEHOLD),
    ("land", "spouse#1", "party"): (COUPLE, HOUSEHOLD),
    ("land", "owner#2", "party"): (COMMUNITY, COUPLE),
    ("land", "representative#3", "party"): (COMMUNITY, COUPLE),
    ("household_business", "contact_address", "show_if"): (FAMILY, PERSON),
    ("household_business", "places", "show_if"): (FAMILY, PERSON),
    ("household_business", "tax_address", "show_if"): (FAMILY, PERSON),
    ("household_business", "members", "show_if"): (FAMILY, PERSON),
    ("household_business", "paper_family", "show_if"): (FAMILY, PERSON),
    ("household_business", "agent_name", "show_if"): (POST, PERSON),
    ("household_business", "agent_identity", "show_if"): (POST, PERSON),
    ("household_business", "paper_authorisation", "show_if"): (FAMILY, POST),
    ("household_business", "paper_contract", "show_if"): (SERVICE, FAMILY),
    ("household_business", "paper_post", "show_if"): (POST, SERVICE),
    ("household_business", "owner_has_account", "show_if"): (SERVICE, PERSON),
    ("household_business", "paper_identity", "show_if"): (FAMILY, SERVICE),
    ("household_business", "representative#2", "party"): (POST, PERSON),
}

# A check stops one answer only: (form, check): (case, the answers that break it)
BROKEN: dict[tuple[str, str], tuple[str, dict[str, Any]]] = {
    ("birth", "child_birth#0"): (MARRIED, {"child_birth": "2025-04-30"}),
    ("birth", "requester_birth#0"): (MARRIED, {"requester_birth": "2026"}),
    ("birth", "mother_birth#0"): (UNMARRIED, {"mother_birth": "2025-05"}),
    ("birth", "father_birth#0"): (MARRIED, {"father_birth": "2030-01-01"}),
    ("birth", "authorisation_certified#0"): (
        SURROGACY,
        {"authorisation_certified": False},
    ),
    ("land", "owner_birth#0"): (COUPLE, {"owners": [OWNER | {"owner_birth": "2026"}]}),
    ("land", "spouse_birth#0"): (
        COUPLE,
        {"owners": [LAND[COUPLE]["owners"][0] | {"spouse_birth": "2025-06"}]},
    ),
    ("land", "representative_birth#0"): (MANY, {"representative_birth": "2199"}),
    ("land", "used_since#0"): (
        COUPLE,
        {"parcels": [PARCEL | {"used_since": "2025-05"}]},
    ),
    ("land", "same_place#0"): (MANY, {"same_place": False}),
    ("household_business", "member_birth#0"): (
        FAMILY,
        {"members": [BUSINESS[FAMILY]["members"][0] | {"member_birth": "2026"}]},
    ),
    ("household_business", "owner_birth#0"): (PERSON, {"owner_birth": "2025-04-30"}),
}

ALL_RULES = [
    (form, rule)
    for form in loading.definitions()
    for rule in rules_of(loading.definition(form))
]


def asked(form: str, case: str) -> list[conditions.Asked]:
    return list(conditions.walk(loading.definition(form), CASES[form][case], on=ON))


def named_by(form: str, number: int, case: str) -> tuple[Party, ...]:
    """The parties that one rule of the definition finds in a case."""
    definition = loading.definition(form)
    only = replace(definition, parties=(definition.parties[number],))
    return parties(only, CASES[form][case])


def holds(form: str, rule: Condition, case: str) -> bool:
    """What the engine decides in this case, read from its result, not from the rule."""
    if rule.what == "party":
        return bool(named_by(form, int(rule.where.partition("#")[2]), case))
    found = asked(form, case)
    if rule.where.startswith("section:"):
        wanted = rule.where.removeprefix("section:")
        return any(one.shown for one in found if one.section.key == wanted)
    key, _sign, option = rule.where.partition("=")
    here = [one for one in found if one.question.key == key]
    match rule.what:
        case "show_if":
            return any(one.shown for one in here)
        case "required":
            return all(one.required for one in here)
        case "same_as":
            return all(one.copied for one in here)
        case "option":
            return any(option in {o.key for o in one.options} for one in here)
        case _:
            raise AssertionError(rule)


@pytest.mark.parametrize(
    ("form", "rule"), ALL_RULES, ids=lambda part: getattr(part, "where", part)
)
def test_no_condition_is_forgotten_in_the_tables(form: str, rule: Condition) -> None:
    if rule.what == "check":
        assert (form, rule.where) in BROKEN
    else:
        assert (form, rule.where, rule.what) in TABLE


def test_the_tables_name_only_conditions_that_exist() -> None:
    known = {(form, rule.where, rule.what) for form, rule in ALL_RULES}
    assert set(TABLE) <= known
    assert {(form, where, "check") for form, where in BROKEN} <= known


@pytest.mark.parametrize(
    ("form", "rule"),
    [(form, rule) for form, rule in ALL_RULES if rule.what != "check"],
    ids=lambda part: getattr(part, "where", part),
)
def test_each_condition_shows_in_one_case_and_hides_in_another(
    form: str, rule: Condition
) -> None:
    shows, hides = TABLE[form, rule.where, rule.what]
    assert holds(form, rule, shows)
    assert not holds(form, rule, hides)


@pytest.mark.parametrize(("form", "where"), list(BROKEN))
def test_each_check_stops_the_answer_that_breaks_it(form: str, where: str) -> None:
    definition = loading.definition(form)
    case, broken = BROKEN[form, where]
    answers = CASES[form][case]
    assert conditions.problems(definition, answers, on=ON) == ()
    found = conditions.problems(definition, answers | broken, on=ON)
    assert [(one.asked.question.key, one.code) for one in found] == [
        (where.partition("#")[0], "check")
    ]


@pytest.mark.parametrize(("form", "case"), ALL)
def test_a_complete_case_may_be_filed_and_keeps_every_answer(
    form: str, case: str
) -> None:
    definition = loading.definition(form)
    answers = CASES[form][case]
    assert conditions.keep(definition, answers, on=ON) == answers
    assert conditions.problems(definition, answers, on=ON) == ()
    assert conditions.accept(definition, answers, on=ON) == answers


def test_hidden_answers_are_not_kept() -> None:
    definition = loading.definition("birth")
    changed = BIRTH[MARRIED] | {"situation": "mother_only", "parents_married": True}
    kept = conditions.keep(definition, changed, on=ON)
    assert not [key for key in kept if key.startswith("father_")]
    assert "parents_married" not in kept
    assert "marriage_record" not in kept


def test_an_option_that_is_no_longer_offered_is_no_longer_chosen() -> None:
    definition = loading.definition("birth")
    changed = BIRTH[MARRIED] | {"situation": "father_only"}
    kept = conditions.keep(definition, changed, on=ON)
    assert "relation" not in kept
    assert "relation" in {
        one.asked.question.key for one in conditions.problems(definition, kept, on=ON)
    }


def test_a_parent_who_asks_is_not_asked_again_but_is_told_in_full() -> None:
    definition = loading.definition("birth")
    kept = conditions.keep(
        definition, without(BIRTH[MARRIED], "mother_name", "mother_birth"), on=ON
    )
    assert (kept["mother_name"], kept["mother_birth"]) == ("Nông Thị Ánh", "1998")


@pytest.mark.parametrize(
    ("form", "group", "least"),
    [
        ("land", "owners", 1),
        ("land", "parcels", 1),
        ("household_business", "activities", 1),
    ],
)
def test_a_group_has_at_least_one_item(form: str, group: str, least: int) -> None:
    definition = loading.definition(form)
    case = next(iter(CASES[form].values()))
    found = conditions.problems(definition, without(case, group), on=ON)
    assert ("too_few", {"least": least}) in [(one.code, one.detail) for one in found]


def test_a_group_has_at_most_the_items_it_says() -> None:
    definition = loading.definition("land")
    case = LAND[COUPLE] | {"parcels": [PARCEL] * 31, "same_place": True}
    found = conditions.problems(definition, case, on=ON)
    assert [(one.code, one.detail) for one in found] == [("too_many", {"most": 30})]


def test_conditions_of_an_item_read_that_item_only() -> None:
    definition = loading.definition("land")
    found = {
        (one.question.key, one.item): one.shown
        for one in conditions.walk(definition, LAND[MANY], on=ON)
        if one.question.key == "spouse_name"
    }
    assert found == {("spouse_name", 0): True, ("spouse_name", 1): False}


@pytest.mark.parametrize(
    ("changed", "where", "why"),
    [
        ({"father_mood": "happy"}, "answers", "additionalProperties"),
        ({"child_birth": "2025-02-30"}, "child_birth", "format"),
        ({"child_birth": "30/02/2025"}, "child_birth", "format"),
        ({"child_sex": "other"}, "child_sex", "enum"),
        ({"needs_interpreter": "yes"}, "needs_interpreter", "type"),
        ({"copies": 2.5}, "copies", "type"),
        ({"home_town": {"detail": "", "commune": "xã"}}, "home_town", "required"),
        (
            {"paper_certificate": {"files": ["x.pdf"]}},
            "paper_certificate.files.0",
            "format",
        ),
        ({"requester_identity": "12"}, "requester_identity", "pattern"),
        ({"child_name": "Hoàng \u00d0ức"}, "answers.child_name", "U\\+00D0"),
        ([], "answers", "type"),
    ],
)
def test_data_of_a_wrong_shape_are_refused_without_repeating_them(
    changed: Any, where: str, why: str
) -> None:
    definition = loading.definition("birth")
    answers = BIRTH[MARRIED] | changed if isinstance(changed, dict) else changed
    with pytest.raises(conditions.AnswersRefused, match=why) as refused:
        conditions.accept(definition, answers, on=ON)
    assert refused.value.where == where
    assert "Nông" not in str(refused.value)


def test_what_comes_from_outside_is_cleaned() -> None:
    definition = loading.definition("birth")
    decomposed = "  No\u0302ng Thi\u0323 A\u0301nh\u200b "
    kept = conditions.accept(
        definition, BIRTH[MARRIED] | {"requester_name": decomposed}, on=ON
    )
    assert kept["requester_name"] == "Nông Thị Ánh"


def test_an_answer_no_page_could_have_made_is_a_problem() -> None:
    definition = loading.definition("land")
    odd = LAND[COUPLE] | {"phone": "0206385123", "parcels": [PARCEL | {"area": "0.5"}]}
    found = conditions.problems(definition, odd, on=ON)
    assert [(one.asked.path, one.code) for one in found] == [
        ("parcels.0.area", "too_small")
    ]


def test_the_day_is_an_argument_of_every_condition() -> None:
    definition = loading.definition("birth")
    born = BIRTH[MARRIED] | {"child_birth": "2025-04-29"}
    assert conditions.problems(definition, born, on=ON) == ()
    assert conditions.problems(definition, born, on=date(2025, 4, 28)) != ()
