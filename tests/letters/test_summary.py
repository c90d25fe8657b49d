"""Which sentences of a letter are chosen, and which can stand alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.councils.registry import Registry
from monitor.letters.abbreviations import unexplained
from monitor.letters.dangling import dangles
from monitor.letters.likeness import likeness, stems
from monitor.letters.places import Place, Placed
from monitor.letters.reading import read
from monitor.letters.summary import MAX_OF_PRAISE, MAX_OF_VERDICT, SAID_AGAIN, ranked, weigh
from monitor.letters.telling import criticises, weight
from monitor.model import Quote


def sentence(text: str, place: Place = "findings", number: int = 20, page: int = 4) -> Placed:
    return Placed(Quote(text, page), place, None, number, first_paragraph=False, opens=False, front=page == 1)


def weighed(text: str, place: Place = "findings", number: int = 20) -> float:
    found = weight(sentence(text, place, number))
    assert found is not None
    return found


@pytest.mark.parametrize(
    "text",
    [
        "They are not visited often enough.",
        "However, it is not yet embedded.",
        "These challenges have delayed plans for children.",
        "Leaders have also invested in early help.",
        "For these children, plans drift for too long.",
        "A stable workforce is making a positive impact for these families.",
        "If their needs escalate, a timely response follows from social care.",
        "In practice, this means that there are gaps in provision.",
        "As a consequence, the risks reduce for many children.",
        "Since that time, a clearer focus has resulted in a more cohesive approach.",
        "For example, some young people have more than one assessment of their needs.",
        "Nor does the partnership have a clear view of waiting times.",
        "At the inspection, it was too early to see the impact of this work.",
        "Improvement activity since then has focused on visits and plans.",
        "Since that inspection, the progress of many children has declined.",
        "For other children, the right support can take too long.",
        "In fact, senior leaders are open to challenge.",
        "There were few children where this should have been swifter.",
        "Over the last year, leaders kept children safe when attending these provisions.",
    ],
)
def test_what_points_to_another_sentence_is_left_out(text: str) -> None:
    assert weight(sentence(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "Children wait too long, which means that these children drift in care.",
        "Those who leave care are not told of their rights.",
        "Since this inspection began, two homes have closed.",
        "It is impressive that 42 young people were diverted from care.",
        "Leaders act not only on what they see but also on what children say.",
        "However, inspectors also identified serious failures that leaders did not know about.",
        "Personal advisers plan how care leavers are housed and review this work each month.",
    ],
)
def test_what_can_stand_alone_stays(text: str) -> None:
    assert not dangles(text.lower().replace(",", "").rstrip(".").split())


@pytest.mark.parametrize(
    "text",
    [
        "Although partners meet often, not all children are adequately protected.",
        "Take-up of return home interviews is low.",
        "Leaders had no robust process for checking what agencies refer.",
        "Some children live in unregistered children's homes.",
        "Recording is too variable and there are gaps in supervision.",
    ],
)
def test_what_is_not_as_it_should_be_is_criticism(text: str) -> None:
    assert criticises(sentence(text))


@pytest.mark.parametrize(
    "text",
    [
        "While some children have had too many changes of worker, most trust their new ones.",
        "Carers offer effective challenge, and children achieve permanence without delay.",
        "When children are at risk of significant harm, strategy meetings are held promptly.",
        "The team ensures that children are not left in situations of unassessed risk.",
        "No care leavers have been placed in bed and breakfast accommodation.",
        "The council does not use bed and breakfast accommodation for care leavers.",
        "There is no sense of complacency among senior leaders.",
        "Strategy meetings set out what needs to happen next.",
    ],
)
def test_a_fault_that_is_denied_conceded_or_avoided_is_no_criticism(text: str) -> None:
    assert not criticises(sentence(text))


@pytest.mark.parametrize(
    "text",
    [
        "It concerns Achieving for Children, which delivers services for two councils.",
        "The visit concerned the front door and was carried out on site.",
        "Inspectors had no concerns about the safety of children.",
        "There are no serious concerns about practice, and no significant gaps or weaknesses were seen.",
        "When there is a concern that a child is bullied, carers act on it.",
        "Services are not inadequate.",
        "Neither service is inadequate.",
        "The service is no longer inadequate.",
        "There is little evidence of drift or delay.",
        "Inspectors did not identify any serious weaknesses.",
        "Children are not disadvantaged by distance and do not experience delay.",
        "No child waits too long.",
        "Shortfalls have been addressed.",
        "Leaders do not tolerate poor practice.",
        "Staff turnover is very low.",
        "A fail-safe system alerts managers before a visit is due.",
        "Plans enable children\u2019s needs to be met.",
        "Social workers understand their needs to ensure that plans are right.",
        "Managers know who needs to be seen.",
        "The trust is a not-for-profit company limited by guarantee.",
        "Services are accessible without the need for a referral.",
        "Advisers stay in touch with young people who are difficult to engage.",
    ],
)
def test_a_fault_that_is_denied_and_a_word_in_another_sense_are_no_criticism(text: str) -> None:
    assert not criticises(sentence(text))


@pytest.mark.parametrize(
    "text",
    [
        "Leaders have not addressed weaknesses.",
        "There is no challenge to poor practice.",
        "Managers do not challenge drift.",
        "Waits are compounded by limited access to support.",
        "The quality of assessments remains a concern.",
        "Inspectors identified serious concerns about practice.",
        "Services are not only inadequate but unsafe.",
        "Leaders have not prevented delay.",
        "Their needs are not met.",
        "Children need to be seen more often.",
        "There is no strategy and plans are weak.",
        "Too few improvements have been made without delay.",
    ],
)
def test_a_fault_beside_such_words_is_criticism(text: str) -> None:
    assert criticises(sentence(text))


@pytest.mark.parametrize(
    "text",
    [
        "Children\u2019s services in Devon are outstanding.",
        "Services for children who need help and protection are inadequate.",
        "The overall effectiveness of services for looked after children in Devon is adequate.",
    ],
)
def test_a_sentence_that_only_gives_the_grade_is_left_out(text: str) -> None:
    assert weight(sentence(text, "verdict")) is None
    assert weight(sentence(text.replace(".", " and reach more children than in 2019."), "verdict")) is not None


def test_an_abbreviation_that_only_the_letter_explains_weighs_less() -> None:
    assert not unexplained("The MASH, the IROs and CAMHS work well.")
    assert not unexplained("The first contact team (FCT) is slow, and the FCT is understaffed.")
    assert unexplained("Social workers in ASU are well supported.")
    assert unexplained("Leaders of BFfC and staff of iCART agree.")
    assert weighed("Checks by the ASU are delayed.", "verdict") < weighed("Checks by the IRO are delayed.", "verdict")


def test_how_the_inspection_was_made_is_no_finding() -> None:
    assert weight(sentence("Inspectors looked at the local authority's arrangements for care leavers.")) is None


def test_history_comes_last() -> None:
    finding = weighed("Care leavers are not visited often enough by their personal advisers.")
    assert weighed("The service was launched in 2018 and care leavers were judged to be well supported.") < finding


def test_the_extraordinary_outweighs_praise_in_the_verdict() -> None:
    held = weighed(
        "Two children were held overnight in a police station for want of a home, without an appropriate adult."
    )
    assert held > weighed("Leaders have a strong understanding of how well services support children.", "verdict", 3)


def test_praise_for_what_is_avoided_is_not_extraordinary() -> None:
    used = weighed("Some children live in unregistered children's homes for many months at a time.")
    assert weighed("No children live in unregistered children's homes in this part of the country.") < used


def test_not_all_of_the_first_four_sum_up() -> None:
    told = (
        "Children are not protected from harm where assessments are too slow.",
        "Strategy meetings are too often held late and without the police.",
        "Homeless teenagers are left in unsafe rooms for too many weeks.",
        "Chronic neglect is unassessed, and too many babies are harmed.",
        "Adoption drifts for too long because matching fails.",
    )
    summing_up = [sentence(text, "verdict") for text in told]
    other = sentence("Personal advisers know most care leavers well and see them often.")
    first = ranked(weigh([*summing_up, other]))[: MAX_OF_VERDICT + 1]
    assert [one.place for one in first] == ["verdict"] * MAX_OF_VERDICT + ["findings"]


PRAISE = (
    "Leaders have transformed services for disabled children with outstanding early help.",
    "Adopters receive exceptional and impressive preparation from skilled workers.",
    "Foster homes are stable, and brothers and sisters live together.",
    "Personal advisers have improved accommodation for young parents since the last inspection.",
)
FAULTS = ("Return interviews are sometimes missed by the police.", "Written chronologies vary from team to team.")


def test_a_good_letter_shows_its_weakness() -> None:
    first = ranked(weigh(sentence(text, "care") for text in (*PRAISE, *FAULTS)))[:4]
    assert sum(not criticises(one) for one in first) == MAX_OF_PRAISE
    assert {one.quote.text for one in first} > set(FAULTS)


def test_praise_fills_the_places_where_nothing_is_criticised() -> None:
    assert len(ranked(weigh(sentence(text, "care") for text in PRAISE))) == len(PRAISE)


def test_what_says_a_chosen_sentence_again_is_not_shown() -> None:
    told = [
        "Services for care leavers have significantly improved since the last inspection in 2019.",
        "Since the last inspection in 2019 services for care leavers have improved significantly in Devon.",
        "Since the last inspection waiting times for adoption have significantly improved.",
    ]
    shown = [one.quote.text for one in ranked(weigh(sentence(text) for text in told))]
    assert len(shown) == 2
    assert told[2] in shown


@pytest.mark.corpus
def test_a_judgement_s_own_sentence_does_not_say_the_summary_again(shared: Path) -> None:
    registry = Registry.load()
    for path in sorted(shared.glob("corpus/letters/ilacs/*/2024-07-*.pdf")):
        letter = read(path.read_bytes(), registry)
        for own in letter.by_judgement.values():
            others = [stems(quote.text) for quote in letter.summary if quote != own]
            assert all(likeness(stems(own.text), other) <= SAID_AGAIN for other in others), (path.name, own.text)
