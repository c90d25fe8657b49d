"""The colours of grades, the same wherever grades are coloured: charts, the workbook, the site."""

GRADES = {
    "outstanding": ("#0b4f8a", "#ffffff"),
    "good": ("#a6d0ee", "#0b0c0c"),
    "requires improvement": ("#fdc46c", "#0b0c0c"),
    "inadequate": ("#9c2f06", "#ffffff"),
}
"""Colours of a cell and of its letters. They go from blue to orange-brown, each with its own lightness, so that
everybody can tell them apart, whatever their colour vision, and in grey. Every cell also has its grade as text. Letters
on cells have a contrast of at least 4.5."""
