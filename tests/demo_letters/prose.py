"""Chooses the sentences of a letter. The same letter always gets the same ones; different ones differ."""

from __future__ import annotations

from typing import TypeVar
from zlib import crc32

from tests.demo_letters.findings import SUBJECTS

T = TypeVar("T")

TONES = {"outstanding": 0, "good": 0, "requires improvement": 1, "inadequate": 2}

SUMMARIES: tuple[tuple[str, ...], ...] = (
    (
        "Children and families in {name} are well served. Help comes early, social workers have the time to know the "
        "children they work with, and most children's lives get better as a result.",
        "Services for children in {name} are strong and steady. Leaders have kept the things that work, and have "
        "changed those that did not, with the people who use them.",
        "Much has moved forward for children in {name} since the last inspection. Staff stay, families are listened "
        "to, and partners pull in the same direction.",
    ),
    (
        "Some children in {name} get help that is good, and others wait too long for it. Leaders know this, and the "
        "changes that they have begun are the right ones, but they have not yet reached every team.",
        "Children in {name} are safe, but the help that they get depends too much on which team works with them. A "
        "new leadership has brought calm, and it is too early to see the effect everywhere.",
        "There has been progress in {name} since the last inspection, and there is more to do. The quality of "
        "practice varies, above all where managers have changed often.",
    ),
    (
        "Serious weaknesses in {name} leave some children at risk. Leaders had not understood how far practice had "
        "slipped, and what they have done since is too recent to have made children safer.",
        "Children in {name} wait too long for help and protection. Instability among staff and managers has led to "
        "drift, and too few people have asked what this means for children.",
    ),
)

CONTEXT = (
    "The director of children's services took up the post in the year before this inspection. Since then there have "
    "been changes to the way that teams are organised, and investment in the front door and in support for foster "
    "carers.",
    "The area has grown quickly, with new housing along the coast road, and demand for help has grown with it. The "
    "council has protected its spending on children's services.",
    "The leadership team has been the same for four years. Partners say that this has helped them to plan together, "
    "and that agreements made in one year still hold in the next.",
)

IMPROVEMENTS = (
    "How well the reasons for decisions are recorded, and shared with families.",
    "The quality of assessments, so that history and the part of fathers are understood.",
    "How quickly permanence plans are made for children in care.",
    "The grip of managers and chairs on plans that drift.",
    "The range of homes for older children and for brothers and sisters.",
    "The offer to care leavers over 21, and how well it is known.",
    "What is learnt from conversations with children who have been missing.",
    "The regularity and depth of supervision.",
    "The use of audits to put things right for the child in question.",
    "Personal education plans, so that they help teachers day by day.",
    "The timeliness of help from partners when children's needs change.",
    "Support for children who live with relatives or family friends.",
)

PRIORITY_ACTIONS = (
    "The oversight of contacts that wait for a decision, so that children at immediate risk are seen the same day.",
    "The timeliness of strategy discussions, and the attendance of health and police at them.",
    "Visits to children who are subject to protection plans, in line with the risk to them.",
)


def pick(pool: tuple[T, ...], *key: object) -> T:
    """One of the pool, always the same for the same key."""
    return shuffled(pool, *key)[0]


def shuffled(pool: tuple[T, ...], *key: object) -> list[T]:
    """The pool in an order that depends on nothing but the key."""
    numbers = sorted(range(len(pool)), key=lambda n: crc32(repr((n, *key)).encode()))
    return [pool[n] for n in numbers]


def findings(area: str, grade: str, name: str, key: object) -> list[str]:
    """The numbered paragraphs under one judgement. All but one of them have the tone of its grade."""
    tone = TONES.get(grade, 1)
    subjects = shuffled(SUBJECTS[area], area, key)
    tones = [tone] * len(subjects)
    tones[-1] = tone if grade == "outstanding" else 1
    return [subject[t].format(name=name) for subject, t in zip(subjects, tones, strict=True)]


def summary(grade: str, name: str, key: object) -> list[str]:
    """The paragraphs below the table of judgements."""
    words = pick(SUMMARIES[TONES.get(grade, 1)], "summary", key)
    return [words.format(name=name), pick(CONTEXT, "context", key)]


def improvements(count: int, key: object) -> tuple[str, ...]:
    """What made-up inspectors ask a council to improve."""
    return tuple(shuffled(IMPROVEMENTS, "improve", key)[:count])
