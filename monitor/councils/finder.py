"""Finds councils in free text.

The finder goes through the text word by word and looks up whole names, the longest first. Its dictionary of first words
takes a few milliseconds to build and about one to read a page. A regular expression of 700 names takes longer to
compile than a short command runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from monitor.councils.names import plain

LOWER_CASE_WORDS = frozenset({"and", "of", "on", "the", "upon", "with", "for", "in"})
"""Words of a name that people may write in lower case: "Stockton-on-Tees", "Brighton and Hove"."""

COMPASS = frozenset({"north", "south", "east", "west", "mid", "greater"})
TITLES = frozenset({"cllr", "councillor", "mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady", "professor"})
BODIES = frozenset({"council", "city", "county", "borough", "metropolitan", "local", "children", "childrens"})
STREETS = frozenset({"road", "street", "avenue", "lane", "house", "university"})
"""After a council's name these words make it an address or another body: "Devon House", "York University"."""

ELSEWHERE = (
    "New York", "Bury St Edmunds", "Newcastle under Lyme", "Sutton Coldfield", "Sutton in Ashfield",
    "Derbyshire Dales", "Staffordshire Moorlands", "Suffolk Coastal", "Mount St Helens", "Palace of Westminster",
    "Westminster Hall", "Reading age", "Reading ages", "Reading skills", "Reading scheme", "Reading writing",
    "Reading the", "Reading this", "Reading these", "Reading a", "Reading their", "Reading about", "Reading through",
    "Reading between", "Reading it", "Reading that", "Reading out", "Reading from", "Reading on", "Reading Ofsted's",
    "Bury the", "Bury their", "Bury it", "Bury bad", "Redcar Road", "Stockton California", "Brighton Beach",
)  # fmt: skip
"""Phrases that have a council's name and mean something else: other places, verbs at a sentence's beginning."""

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[^\s\w'\"-]")
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\Z")


class Word(NamedTuple):
    """A word of the text: `key` in lower case, `owner` that without 's, whether it has a `capital`, and its place."""

    key: str
    owner: str
    capital: bool
    raw: str
    at: int


class Phrase(NamedTuple):
    """A name to look for. `shout` is True for an acronym, which counts only in capitals; `commas` allows commas in it.
    A phrase without `slugs` is no council: the finder passes over it, and only its first word needs a capital."""

    words: tuple[str, ...]
    slugs: tuple[str, ...]
    shout: bool
    commas: bool


class NameFinder:
    """Finds names in text. It is built from pairs: a name, and the slugs of the councils that the name means."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        slugs: dict[tuple[str, ...], tuple[str, ...]] = {words_of(name): () for name in ELSEWHERE}
        flags: dict[tuple[str, ...], tuple[bool, bool]] = {}
        for name, slug in names:
            words = words_of(name)
            slugs[words] = (*slugs.get(words, ()), slug)
            flags[words] = (name.isupper(), "," in name)
        for both, whose in _shared_endings(slugs).items():
            slugs.setdefault(both, whose)
        self._phrases = _by_first_word(Phrase(w, s, *flags.get(w, (False, False))) for w, s in slugs.items())

    def slugs_in(self, text: str) -> list[str]:
        """Return the slugs of all councils that the text names, each once, in order of first mention."""
        return list(dict.fromkeys(slug for _, _, slugs in self.mentions(text) for slug in slugs))

    def mentions(self, text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Return each name in order: its start and end in the text after `plain`, and the slugs of its councils."""
        words = words_in(text)
        at = 0
        while at < len(words):
            phrase, after = self._at(words, at)
            if phrase is not None and phrase.slugs and not _is_address(words, at, after):
                yield words[at].at, words[after - 1].at + len(words[after - 1].raw), phrase.slugs
            at = after

    def _at(self, words: list[Word], at: int) -> tuple[Phrase | None, int]:
        """The longest name that starts here, or None, and the place to go on."""
        if not words[at].capital:
            return None, at + 1
        phrase, after = self._longest(words, at)
        if phrase is None and words[at].key in COMPASS:
            return None, self._past_region(words, at + 1)
        if phrase is None and words[at].key in TITLES:
            return None, self._past_person(words, at + 1)
        return phrase, after

    def _longest(self, words: list[Word], at: int) -> tuple[Phrase | None, int]:
        for key in {words[at].key, words[at].owner}:
            for phrase in self._phrases.get(key, ()):
                if after := _match(phrase, words, at):
                    return phrase, after
        return None, at + 1

    def _past_region(self, words: list[Word], at: int) -> int:
        """Go past "Devon" in "North Devon", which is a district or a region and not the county council."""
        if at < len(words) and words[at].capital:
            phrase, after = self._longest(words, at)
            return after if phrase is not None and words[at].key not in COMPASS else at
        return at

    def _past_person(self, words: list[Word], at: int) -> int:
        """Go past "Bolton" in "Professor John Bolton"; "Dr Smith, Bolton Council" still names Bolton."""
        at += at < len(words) and words[at].raw == "."
        for start in (at, at + 1):
            phrase, after = self._longest(words, start) if start < len(words) else (None, at)
            if phrase is not None and len(phrase.words) == 1:
                return at if after < len(words) and words[after].key in BODIES else after
        return at


def words_in(text: str) -> list[Word]:
    """Cut a text into words and punctuation. "Children's" is the word "childrens" with the owner "children"."""
    return [_word(found[0], found.start()) for found in _WORD.finditer(plain(text))]


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name as keys, without punctuation."""
    return tuple(word.key for word in words_in(name) if word.key[0].isalnum())


def _word(raw: str, at: int) -> Word:
    key = raw.casefold()
    owner = key.removesuffix("'s")
    return Word(key.replace("'", ""), owner, raw[0].isupper(), raw, at)


def _match(phrase: Phrase, words: list[Word], at: int) -> int:
    """The end of the phrase if it stands at this word, otherwise 0."""
    last = len(phrase.words) - 1
    for place, wanted in enumerate(phrase.words):
        if phrase.commas and place and at < len(words) and words[at].raw == ",":
            at += 1
        loose = place > 0 and not phrase.slugs
        if at >= len(words) or not _is(words[at], wanted, place == last, phrase.shout, loose):
            return 0
        at += 1
    return at


def _is(word: Word, wanted: str, last: bool, shout: bool, loose: bool) -> bool:
    if word.key != wanted and not (last and word.owner == wanted):
        return False
    if shout and wanted not in LOWER_CASE_WORDS:
        return word.raw.isupper()
    return loose or word.capital or wanted in LOWER_CASE_WORDS or wanted in BODIES


def _is_address(words: list[Word], at: int, after: int) -> bool:
    """Return True if a postcode, a street or a university makes the name a place: "Manchester M1 2WD"."""
    if at >= 2 and words[at - 1].key == "of" and words[at - 2].key == "university":
        return True
    following = words[after] if after < len(words) else None
    if following is None or not following.capital:
        return False
    return following.key in STREETS or bool(_POSTCODE.match(following.raw))


def _by_first_word(phrases: Iterable[Phrase]) -> dict[str, list[Phrase]]:
    table: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        table.setdefault(phrase.words[0], []).append(phrase)
    for group in table.values():
        group.sort(key=lambda p: -len(p.words))
    return table


def _shared_endings(slugs: dict[tuple[str, ...], tuple[str, ...]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Add the short form for two neighbours: "North and West Northamptonshire", "East and West Sussex"."""
    ends: dict[str, list[tuple[str, ...]]] = {}
    for words in slugs:
        if len(words) > 1 and set(words[:-1]) <= COMPASS and slugs[words]:
            ends.setdefault(words[-1], []).append(words)
    return {
        (*one[:-1], "and", *two): (*slugs[one], *slugs[two])
        for group in ends.values()
        for one in group
        for two in group
        if one != two
    }
