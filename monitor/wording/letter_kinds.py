"""Kinds of letter as a person reads them."""

from __future__ import annotations

KINDS = {
    "ilacs": "Inspection (ILACS)",
    "sif": "Inspection (SIF)",
    "focused_visit": "Focused visit",
    "monitoring_visit": "Monitoring visit",
    "jtai": "Joint targeted area inspection",
    "area_send": "Area SEND inspection",
    "looked_after": "Looked-after children inspection",
}
