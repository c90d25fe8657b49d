"""What made-up inspectors find: for each judgement a few subjects, each in three tones.

A subject is (strong, mixed, weak). The sentences are this project's own; nothing is taken from a report.
"""

from __future__ import annotations

Subject = tuple[str, str, str]

HELP: tuple[Subject, ...] = (
    (
        "When someone worries about a child in {name}, the call is answered by a worker who knows what to ask. "
        "Decisions are made the same day, the reasons are written down, and families are told what will happen next.",
        "Calls about children are answered quickly in {name}, but the reasons for decisions are not always written "
        "down. Some families hear what will happen next only when they ring again.",
        "Too many calls about children in {name} wait for a decision. On the days that inspectors looked at, more "
        "than forty contacts had not been read by a manager, and nobody could say which of them were urgent.",
    ),
    (
        "Early help is easy to find and well used. Schools, health visitors and the two family centres share one plan "
        "with the parents, and step it up or down without starting again.",
        "Early help is valued by the families who get it. In the north of the area there is a wait of several weeks, "
        "and plans there tend to list services, not what should change for the child.",
        "Early help has no shared plan. Families tell their story to each service in turn, and children whose needs "
        "grow are noticed late.",
    ),
    (
        "Assessments are thoughtful. They draw on what the family has lived through, they keep the child in view, and "
        "they are finished in a time that fits the child, not the calendar.",
        "Assessments are mostly finished in time. The better ones explain what life is like for each brother and "
        "sister; others repeat the referral and say little about fathers or about the past.",
        "Assessments are often out of date before they are signed off. They describe single events and miss the "
        "pattern of neglect that older records show plainly.",
    ),
    (
        "Child protection plans are short, clear and kept to. Core groups meet, parents know what has to change, and "
        "chairs do not let a plan drift between conferences.",
        "Child protection conferences are well run. Between them, core groups meet less regularly, and the plan does "
        "not always say how anyone would know that a child has become safer.",
        "Children stay on protection plans for a long time without things getting better. Contingency plans are "
        "missing, and step-down decisions are taken without hearing from partners.",
    ),
    (
        "Children who go missing or are at risk from adults outside the home are talked to soon afterwards by someone "
        "they know. What they say is put together and used to disrupt those who would harm them.",
        "Return conversations are offered to most children who go missing. What is learnt from them is not yet put "
        "together, so the same places come up again and again.",
        "The risk from exploitation is not understood well enough. Return conversations are rare, and the weekly "
        "meeting meant to follow these children had been cancelled three times in two months.",
    ),
)

CARE: tuple[Subject, ...] = (
    (
        "Children come into care when they need to, and rarely in a rush. Where a grandparent or family friend can "
        "offer a home, the checks are done early and the support agreed at the start is kept up.",
        "Most children come into care at the right time. A few had waited too long at home while options in the wider "
        "family were looked at one after another.",
        "Decisions that children should come into care are taken too late, often in the night and after a crisis. "
        "Relatives are thought of only when a place elsewhere has broken down.",
    ),
    (
        "Plans for a permanent home are made early and looked at often. Children know what is planned, and letters "
        "written to them for later life are kind and honest.",
        "Permanence is talked about at reviews, but not every child has a plan by the second one. Life story work is "
        "good where it happens and has not started for others.",
        "Many children do not know whether they will stay where they live. Reviews repeat the same actions, and "
        "matching with long-term carers is not formally agreed.",
    ),
    (
        "Children see the same social worker for years. They are visited at home, at school and on the football "
        "field, and the records read as if written for them.",
        "Children are visited regularly, although changes of worker mean that some have told their story more than "
        "once. Records of visits vary in how well the child can be heard in them.",
        "Children have had up to five social workers in a year. Visits are missed, and what children say they want "
        "has little effect on what is done.",
    ),
    (
        "The virtual school knows every pupil and acts before attendance slips. Carers praise its advice, and more "
        "young people take part in clubs and music than two years ago.",
        "The virtual school has a sound grip on attendance. Personal education plans set targets that are too general "
        "to help a teacher on a Monday morning.",
        "Personal education plans are late or empty for a third of pupils. The virtual school finds out about "
        "exclusions after they have happened.",
    ),
    (
        "Foster carers feel part of one team. Training is well attended, support at weekends is real, and few carers "
        "have left since the fostering hub opened.",
        "Foster carers are well supported by their own workers. There are too few of them, and brothers and sisters "
        "are sometimes placed apart for want of room.",
        "There are not enough homes for children. Two children under sixteen were living in places that are not "
        "registered, with staff who did not know them.",
    ),
)

LEAVERS: tuple[Subject, ...] = (
    (
        "Personal advisers start early and stay in touch. Young people described workers who turn up, answer "
        "messages, and remember birthdays and exam results.",
        "Personal advisers know most of their young people well. Those who turn eighteen this year met theirs only "
        "weeks before the birthday.",
        "One in six young people had not been seen by a personal adviser for three months or more. The service could "
        "not say where all of them were living.",
    ),
    (
        "Pathway plans are written with young people in words that they use themselves. They change when life does, "
        "and they say what happens if things go wrong.",
        "Pathway plans are kept up to date, but they read as forms. The part about health and keeping well is often "
        "left for later.",
        "Pathway plans are missing or old. Risks that everyone knows of are not written down, and there is no plan "
        "for the day when a tenancy fails.",
    ),
    (
        "Housing is a strength. A ring-fenced set of flats with a resident adviser lets young people try living "
        "alone, and come back if it is too soon.",
        "Most care leavers live somewhere suitable. The choice is narrow for young parents and for those who leave "
        "custody.",
        "Young people are placed in bed and breakfast rooms in an emergency and remain there for weeks. Nobody checks "
        "whether they are safe at night.",
    ),
    (
        "More than two thirds of care leavers are in work, training or education. The council offers its own "
        "apprenticeships first to them, and pays for the bus.",
        "The number of care leavers in work or training has begun to grow. For those over twenty-one the offer is not "
        "well known.",
        "Few care leavers are in work or training, and there is no plan to change this. The local offer on the web "
        "site describes help that ended last year.",
    ),
    (
        "The care leavers' forum meets with councillors every month, and can point to what it has changed: the grant "
        "for setting up home, the wording of letters, the end of the move at eighteen.",
        "The care leavers' forum is lively and listened to. Its members would like to hear more often what came of "
        "their ideas.",
        "Care leavers told inspectors that they had stopped coming to the forum because nothing followed from it.",
    ),
)

LEADERS: tuple[Subject, ...] = (
    (
        "Leaders in {name} know their services in detail and say the same about them as inspectors found. Where "
        "something is not good enough, they had started on it before being asked.",
        "Leaders in {name} have an honest picture of most of their services. They knew less about the ones that "
        "report to them rarely.",
        "Leaders in {name} did not know how poor practice had become. The figures that they rely on count tasks, not "
        "whether children are safer.",
    ),
    (
        "The chief executive and the lead member ask hard questions and follow the answers up. Money has been kept "
        "for children's services in each of the last three budgets.",
        "The lead member is well briefed and asks good questions. Scrutiny has been slower to follow up what it "
        "is told.",
        "Scrutiny by elected members is weak. Reports are noted, promises are not followed up, and the improvement "
        "board had not met since the spring.",
    ),
    (
        "Audits are done with the social worker in the room, and the learning reaches other teams within the month. "
        "Families are asked what it was like for them.",
        "Audits are regular and honest. What they find is not always put right for the child in question, nor shared "
        "with other teams.",
        "Audits are too few and too generous. In four of the cases that inspectors returned to, serious risks had "
        "been marked as managed.",
    ),
    (
        "Caseloads are manageable and supervision is reflective. Newly qualified workers say that they would choose "
        "to start here again.",
        "Caseloads have fallen, although two teams are still stretched. Supervision takes place on time but leaves "
        "little room to think.",
        "Caseloads are too high and a third of posts are filled by agency staff. Supervision is irregular, and "
        "workers carry hard decisions alone.",
    ),
    (
        "Partners describe a relationship in which it is normal to disagree and to settle it within days. The police, "
        "health and schools each lead a piece of the shared plan.",
        "Work with partners is friendly and getting more useful. Health colleagues do not yet take part in all the "
        "meetings where they are needed.",
        "Partners do not hold each other to account. Disagreements about thresholds have run for more than a year.",
    ),
)

SUBJECTS: dict[str, tuple[Subject, ...]] = {
    "help_and_protection": HELP,
    "in_care": CARE,
    "in_care_and_care_leavers": (*CARE[:3], *LEAVERS[:3]),
    "care_leavers": LEAVERS,
    "impact_of_leaders": LEADERS,
    "adoption_performance": (CARE[1], CARE[4]),
}
