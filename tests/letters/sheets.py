"""Letters written line by line for one test each, in the shapes that real ones have."""

from __future__ import annotations

from collections.abc import Sequence

from tests.demo_letters.pdf import Pdf

LEFT, MIDDLE, RIGHT = 72.0, 320.0, 524.0
ROW = 30.0

FOUR = (
    ("The impact of leaders on social work practice with children and families", "Good"),
    ("The experiences and progress of children who need help and protection", "Requires improvement to be good"),
    ("The experiences and progress of children in care", "Outstanding"),
    ("The experiences and progress of care leavers", "Good"),
)
FIVE = (*FOUR, ("Overall effectiveness", "Good"))
REPEATED = tuple(f"{label}: {grade.lower()}" for label, grade in FOUR)


class Sheet:
    """A page on which lines are written downwards."""

    def __init__(self) -> None:
        self._pdf = Pdf()
        self.new_page()

    def new_page(self) -> Sheet:
        self._pdf.new_page()
        self._y = 760.0
        return self

    def write(self, *lines: str, size: float = 12, bold: bool = False, x: float = LEFT, gap: float = 6) -> Sheet:
        for line in lines:
            self._pdf.text(x, self._y, line, "Helvetica-Bold" if bold else "Helvetica", size)
            self._y -= size * 1.2
        self._y -= gap
        return self

    def foot(self, text: str) -> Sheet:
        self._pdf.text(LEFT, 30.0, text, "Helvetica", 8)
        return self

    def table(self, rows: Sequence[tuple[str, str]], *, ruled: bool = True, size: float = 9) -> Sheet:
        """Two columns with a line around each cell."""
        for label, grade in rows:
            top = self._y + size
            self._pdf.text(LEFT + 4, self._y - 4, label, "Helvetica", size * 0.75)
            self._pdf.text(MIDDLE + 60, self._y - 4, grade, "Helvetica", size)
            if ruled:
                self._box(top, top - ROW)
            self._y -= ROW
        return self

    def columns(self, rows: Sequence[Sequence[str]], edges: Sequence[float], *, ruled: bool = True) -> Sheet:
        """Any number of columns between these edges; a newline breaks a cell's line."""
        for row in rows:
            for left, words in zip(edges, row, strict=False):
                for number, line in enumerate(words.split("\n")):
                    self._pdf.text(left + 3, self._y - 4 - 9 * number, line, "Helvetica", 7)
            if ruled:
                self._box(self._y + 9, self._y + 9 - ROW, edges)
            self._y -= ROW
        return self

    def _box(self, top: float, bottom: float, edges: Sequence[float] = (LEFT, MIDDLE + 50, RIGHT)) -> None:
        for y in (top, bottom):
            self._pdf.line([(edges[0], y), (edges[-1], y)])
        for x in edges:
            self._pdf.line([(x, bottom), (x, top)])

    def bytes(self) -> bytes:
        return self._pdf.finish()


def ilacs(
    rows: Sequence[tuple[str, str]] = FIVE,
    repeated: Sequence[str] = REPEATED,
    *,
    dates: str = "Inspection dates: 3 to 14 March 2025",
    ruled: bool = True,
) -> bytes:
    """An ILACS report of two pages."""
    sheet = Sheet().write("Inspection of Devon local authority children's services", size=18)
    sheet.write(dates, "Lead inspector: Mary Example, His Majesty's Inspector", bold=True)
    sheet.table([("Judgement", "Grade"), *rows], ruled=ruled)
    sheet.write("Services for children in Devon have improved since the last inspection.", "They are now good.")
    sheet.new_page().foot("Inspection of Devon local authority children's services")
    sheet.write("What needs to improve?", size=14, bold=True)
    sheet.write("\u2022 The quality of written plans.", "\u2022 How often children are seen alone.")
    for heading in repeated:
        sheet.write(heading, size=11, bold=True, x=LEFT / 2)
        sheet.write("Children are seen and heard.", "This is consistent practice.")
    return sheet.bytes()


def letter(title: str, *paragraphs: str, date: str = "9 November 2022") -> bytes:
    """A letter to a director of children's services; a paragraph in capitals is a heading."""
    sheet = Sheet().write(date).write("Director of Children's Services", "County Hall").write("Dear Ms Example")
    sheet.write(title, bold=True)
    for paragraph in paragraphs:
        sheet.write(*paragraph.split("\n"), bold=paragraph.startswith("#"))
    return sheet.bytes()
