"""Weighs a sentence as an editor would who may underline three of two hundred for a director of children's services.

What weighs: where it stands; harm and what is out of the ordinary; change since the last inspection; how many children
a weakness concerns and how far it reaches; the best that is said. What does not: history, what leaders plan, the grade
once more. The weights were fitted on 52 letters in which two readers had underlined three sentences each, then rounded.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from monitor.letters.dangling import dangles
from monitor.letters.places import Place, Placed

PLACES: dict[Place, float] = {"verdict": 2.5, "to get better": 2.0, "effective": 0.5, "care": -0.5}
"""What a place weighs; others nothing."""
FRONT_PAGE, FIRST, NEXT_TWO, FIRST_PARAGRAPH, OPENS, LATE = 1.0, 1.0, 0.5, 0.5, 0.5, -1.5
LATE_SENTENCES = 7
"""After so many sentences a verdict goes into detail."""
SHORT_CHARACTERS, LONG_CHARACTERS = 70, 260
TOO_SHORT, TOO_LONG, PRAISE_IN_DETAIL = -1.5, -1.0, -1.0
AFTER_CONCESSION = 0.5
WEAK_VERDICT, BEST_ANYWHERE, BEST_VERDICT = 1.0, 1.5, 0.5
EXTRAORDINARY, HARM, PRAISED = 4.5, 3.0, 1.0
"""`PRAISED` where the sentence only praises how it is avoided."""


@dataclass(frozen=True, slots=True)
class Words:
    """Phrases that make a sentence more or less telling, in lower case; "*" is any one word."""

    why: str
    phrases: tuple[str, ...]
    weight: float = 0.0


def _words(why: str, phrases: str, weight: float = 0.0) -> Words:
    return Words(why, tuple(phrase.strip() for phrase in phrases.split("/")), weight)


WEAK = _words(
    "criticism",
    "not/delay/delays/delayed/drift/lack/lacks/lacked/lacking/inconsistent/inconsistency/inconsistently"
    "/weak/weakness/weaknesses/weakened/poor/poorly/insufficient/insufficiently/limited/ineffective"
    "/underdeveloped/inadequate/fail/fails/failed/failure/failures/failing/more work/need to/needs to"
    "/variable/variability/variation/shortfall/shortfalls/should have/negative/concern/concerns/without"
    "/challenge/too many/too few/too long/too often/too slow/too late/too early",
)
GOOD = _words(
    "praise",
    "good/effective/well/benefit/supported/timely/responsive/strong/robust/skilled/strengthened/improved",
)
BEST = _words(
    "the best that is said",
    "outstanding/exceptional/exceptionally/transformed/transformational/transformative/impressive"
    "/particularly successful/one of the most/high-quality/consistently good/at the very centre"
    "/at the very heart/excellent/stable",
)
OUT_OF_ORDINARY = _words(
    "what is out of the ordinary",
    "unregistered/unapproved/unlawful/unlawfully/without legal/without any legal/police station"
    "/police stations/police cell/police cells/unallocated/death/deaths/died/bed and breakfast"
    "/held overnight/overnight in/detained overnight/sleeping in"
    "/statutory guidance is not",
)
IN_HARM = _words(
    "children in harm",
    "at risk of harm/at risk of significant harm/at risk of further harm/at risk of serious harm"
    "/not protected/not safe/not being protected/not safeguarded/not being safeguarded"
    "/not consistently protected/left in/left at/left too long in/left children/unsafe/harmed/harmful"
    "/unassessed/unacceptable/unacceptably/unsatisfactory/falls well short/fall well short"
    "/chronic neglect",
)
AVOIDED = _words(
    "what is avoided, or never happens", "no/nor/avoid/avoids/avoided/prevent/prevents/prevented/rarely/never", 1.5
)
WEIGHED = (
    _words(
        "what changed since the last inspection",
        "since the last/since the previous/since its last/since their last/since its previous/since * last"
        "/since the inspection/since the ilacs/since the sif/significantly improved/significantly improve"
        "/sustained improvements/sustained improvement/deteriorated/deterioration/deteriorating/declined"
        "/weakened/have improved/has improved/have been strengthened/has been strengthened/have strengthened"
        "/has strengthened/have been improved/not achieved enough/not made enough/significant progress"
        "/slower progress/further improvements/gradual improvements/gradual improvement"
        "/over the last * months",
        3.0,
    ),
    _words(
        "how many children it concerns",
        "number of children/number of care leavers/number of young people/number of care-experienced"
        "/minority of children/some children/some care leavers/some young people/some care-experienced"
        "/some older children/several children/many children/many young people/many care leavers"
        "/not all children/not all care leavers/most children/most care leavers/most young people"
        "/most care-experienced/a few children/a few care-experienced",
        1.5,
    ),
    _words(
        "what inspectors saw with their own eyes",
        "inspectors found/inspectors saw/inspectors identified/seen during/seen on/seen by"
        "/during the inspection/at the time of inspection/at the time of the inspection",
        1.5,
    ),
    _words(
        "how far a weakness reaches",
        "too many/too few/too long/too often/too slow/too late/too early/unacceptable/unacceptably/widespread"
        "/serious/seriously/systemic",
        3.0,
    ),
    _words(
        "what it means for children",
        "mean that/means that/result in/results in/resulted in/resulting in/leading to/lead to/leads to/leaving",
        1.0,
    ),
    _words(
        "what leaders know or plan",
        "recognise/recognises/recognised/acknowledge/acknowledges/acknowledged/aware/plan to/plans to/is planned"
        "/clear understanding/good understanding/an understanding of/know their services/knows the service",
        -1.0,
    ),
    _words(
        "history and background",
        "was judged/were judged/judged both/has been delivered by/have been delivered by/was established"
        "/launched/historical/historically/appointed/focused visit/jtai/monitoring visit/pandemic/covid-19"
        "/commissioned/statistical neighbours/there have been changes/there have been some changes"
        "/there have been significant changes",
        -1.0,
    ),
    _words(
        "what the last inspection found", "at the last/at the previous/judged to be good/judged to be outstanding", -2.0
    ),
    _words(
        "the grade again, which the headline tells",
        "is inadequate/are inadequate/is adequate/is good/are good/is outstanding/the overall effectiveness"
        "/there are widespread and serious failures/there are widespread or serious failures",
        -2.0,
    ),
    _words("the finding after a concession", "however/nevertheless", AFTER_CONCESSION),
    _words("an example", "for example/one child", -1.0),
)
PROCEDURE = _words(
    "how the inspection was made",
    "the purpose of this/in this visit/in this inspection/in this letter/in this report/this is the"
    "/inspectors looked/inspectors considered/inspectors reviewed/inspectors spoke/inspectors visited"
    "/remotely/next inspection/next full inspection/next full area/next area send/ofsted produces"
    "/carried out in line/power to/powers to/undertook a joint/carried out a joint/ask the local area"
    "/ask that the local area/chief inspector/arrangements lead to/arrangements typically lead to"
    "/should take the following/graded judgement/the inspectorates recognise"
    "/no widespread or serious failures/no widespread or serious concerns",
)
_APART = str.maketrans(dict.fromkeys(".,;:!?()\u2018\u201c\u201d\u2013/", " ") | {"\u2019": "'"})


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Finds which of some words a sentence has, by the first word of each phrase."""

    by_first: dict[str, list[tuple[Words, str, re.Pattern[str] | None]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    @classmethod
    def of(cls, every: Iterable[Words]) -> Lexicon:
        lexicon = cls()
        for words in every:
            for phrase in words.phrases:
                any_word = re.compile(rf" {phrase} ".replace("*", r"\S+")) if "*" in phrase else None
                lexicon.by_first[phrase.split()[0]].append((words, f" {phrase} ", any_word))
        return lexicon

    def found(self, said: list[str]) -> frozenset[str]:
        """What the words of a sentence are, by the `why` of each."""
        text = f" {' '.join(said)} "
        return frozenset(self._found(said, text))

    def _found(self, said: list[str], text: str) -> Iterator[str]:
        for word in self.by_first.keys() & said:
            for words, phrase, any_word in self.by_first[word]:
                if any_word.search(text) if any_word else phrase in text:
                    yield words.why


_LEXICON = Lexicon.of((WEAK, GOOD, BEST, OUT_OF_ORDINARY, IN_HARM, AVOIDED, *WEIGHED, PROCEDURE))


def weight(sentence: Placed) -> float | None:
    """How much a sentence weighs; None if it cannot stand alone."""
    said = _said(sentence.quote.text)
    if dangles(said):
        return None
    found = _LEXICON.found(said)
    if PROCEDURE.why in found:
        return None
    return (
        sum(words.weight for words in (*WEIGHED, AVOIDED) if words.why in found)
        + _tone(found, sentence)
        + _position(sentence)
    )


def criticises(sentence: Placed) -> bool:
    """Whether a sentence says what is not as it should be."""
    found = _LEXICON.found(_said(sentence.quote.text))
    return not found.isdisjoint((WEAK.why, OUT_OF_ORDINARY.why, IN_HARM.why))


def _said(text: str) -> list[str]:
    return text.lower().translate(_APART).split()


def _tone(found: frozenset[str], sentence: Placed) -> float:
    """The weight of praise and criticism: both tell most in the verdict; ordinary praise in detail tells little."""
    verdict = sentence.place == "verdict"
    weak, good, best = (words.why in found for words in (WEAK, GOOD, BEST))
    praised = (good and not weak) or AVOIDED.why in found
    told = WEAK_VERDICT * (weak and verdict) + (BEST_ANYWHERE + BEST_VERDICT * verdict) * best
    for words, grave in ((OUT_OF_ORDINARY, EXTRAORDINARY), (IN_HARM, HARM)):
        told += (PRAISED if praised else grave) * (words.why in found)
    return told + PRAISE_IN_DETAIL * (good and not (weak or best or verdict))


def _position(sentence: Placed) -> float:
    """The weight of the place: summing up tells most, and tells it first."""
    verdict, length = sentence.place == "verdict", len(sentence.quote.text)
    first = FIRST if sentence.number == 0 else NEXT_TWO if sentence.number < 3 else 0.0
    return (
        PLACES.get(sentence.place, 0.0)
        + first
        + FRONT_PAGE * (verdict and sentence.quote.page == 1)
        + LATE * (verdict and sentence.number >= LATE_SENTENCES)
        + FIRST_PARAGRAPH * sentence.first_paragraph
        + OPENS * sentence.opens
        + TOO_SHORT * (length < SHORT_CHARACTERS)
        + TOO_LONG * (length > LONG_CHARACTERS)
    )
