"""From the official list to the list of one person."""

from datetime import date

import pytest

from gandan.procedures import queries, rules

ON = date(2026, 11, 20)
BOTH = {"and": [{"==": [{"var": "who"}, "other"]}, {"var": "late"}]}
EITHER = {"or": [{"==": [{"var": "who"}, "other"]}, {"var": "late"}]}
QUESTIONS = (
    rules.Question(
        "who",
        {"vi": "Ai?"},
        options=(rules.Option("self", {}), rules.Option("other", {})),
    ),
    rules.Question("late", {"vi": "Trễ?"}),
    rules.Question("why", {"vi": "Vì sao?"}, shown_if={"var": "late"}),
)


def content(condition: rules.facts.Condition | None) -> rules.Content:
    paper = rules.Paper(key="paper", name="Giấy", condition=condition)
    return rules.Content(papers=(paper,), questions=QUESTIONS)


@pytest.mark.parametrize(
    ("condition", "given", "where"),
    [
        (None, {}, "needed"),
        (BOTH, {}, "perhaps"),
        (BOTH, {"who": "self"}, "not_needed"),  # whatever the other answer
        (BOTH, {"who": "other"}, "perhaps"),
        (BOTH, {"who": "other", "late": "yes"}, "needed"),
        (BOTH, {"late": "no"}, "not_needed"),
        (EITHER, {"late": "yes"}, "needed"),
        (EITHER, {"who": "self"}, "perhaps"),
        (EITHER, {"who": "self", "late": "no"}, "not_needed"),
        ({"!": [BOTH]}, {"who": "self"}, "needed"),
        ({"!": [BOTH]}, {}, "perhaps"),
        # An answer nobody offered is no answer.
        (BOTH, {"who": "nobody", "late": "maybe"}, "perhaps"),
    ],
)
def test_a_paper_stands_where_the_answers_put_it(
    condition: rules.facts.Condition | None, given: dict[str, str], where: str
) -> None:
    mine = rules.my_list(content(condition), rules.read_answers(QUESTIONS, given))
    assert len(getattr(mine, where)) == 1


@pytest.mark.parametrize(
    ("given", "open_keys"),
    [
        ({}, ["who", "late", "why"]),
        ({"late": "no"}, ["who"]),
        ({"late": "yes", "who": "self"}, ["why"]),
    ],
)
def test_a_question_that_no_longer_matters_is_not_asked(
    given: dict[str, str], open_keys: list[str]
) -> None:
    mine = rules.my_list(content(None), rules.read_answers(QUESTIONS, given))
    assert [question.key for question in mine.open_questions] == open_keys


def keys(code: str, **given: str) -> set[str]:
    facts = queries.version_on(code, ON).facts()
    mine = rules.my_list(facts, rules.read_answers(facts.questions, given))
    return {paper.key for paper in mine.needed}


@pytest.mark.django_db
def test_a_mother_at_the_desk_brings_three_papers() -> None:
    assert keys(
        "1.001193",
        channel="counter",
        birth_paper="paper",
        situation="ordinary",
        filer="parent",
        wants_copies="no",
    ) == {"declaration", "birth_paper", "identity_document", "residence_proof"}


@pytest.mark.django_db
def test_a_foundling_needs_the_record_and_no_hospital_paper() -> None:
    found = keys(
        "1.001193", channel="counter", birth_paper="paper", situation="abandoned"
    )
    assert "abandoned_record" in found
    assert "birth_paper" not in found


@pytest.mark.django_db
def test_land_with_a_notice_asks_for_two_papers() -> None:
    assert keys("1.013978", want="after_notice", holder="person", represented="no") == {
        "application",
        "registration_notice",
    }


@pytest.mark.django_db
def test_a_household_with_old_papers_brings_both() -> None:
    found = keys(
        "1.013978",
        want="certificate",
        holder="household",
        origin="art137",
        building="no",
        fined="no",
        represented="no",
    )
    assert {"land_papers", "household_members"} <= found
    assert not {"fine", "one_certificate", "representative", "transfer"} & found


@pytest.mark.django_db
def test_a_service_company_brings_its_contract() -> None:
    found = keys(
        "1.001612",
        channel="counter",
        founder="family",
        filer="organisation",
        has_eid="no",
    )
    assert found == {
        "application",
        "family_authorisation",
        "authorisation_service",
        "authoriser_id",
    }


@pytest.mark.django_db
def test_every_condition_of_the_seeds_shows_once_and_hides_once() -> None:
    """Try every combination of answers: no paper is dead, none is always there."""
    for version in queries.search("", on=ON, most=5000):
        facts = version.facts()
        if not facts.questions:
            continue
        shown: dict[str, set[bool]] = {
            paper.key: set() for paper in facts.papers if paper.condition
        }
        for given in _combinations(facts.questions):
            answers = rules.read_answers(facts.questions, given)
            needed = {p.key for p in rules.my_list(facts, answers).needed}
            for key, seen in shown.items():
                seen.add(key in needed)
        assert all(seen == {True, False} for seen in shown.values()), version.code


def _combinations(questions: tuple[rules.Question, ...]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = [{}]
    for question in questions:
        values = [option.value for option in question.options] or ["yes", "no"]
        found = [given | {question.key: value} for given in found for value in values]
    return found


@pytest.mark.django_db
def test_the_first_land_certificate_takes_what_the_law_says() -> None:
    """17, 20, and ten more in a mountain commune; birth registration takes one day."""
    version = queries.version_on("1.013978", ON)
    mountain = frozenset({"mountain"})
    assert [
        version.limit_for(case, "counter", places).quantity
        for case in ("registration", "certificate")
        for places in (frozenset[str](), mountain)
    ] == [17, 27, 20, 30]
    assert str(queries.version_on("1.001193", ON).limit_for().allowance) == (
        "1 WORKING_DAY"
    )
    with pytest.raises(rules.LimitUnclear):
        version.limit_for()
