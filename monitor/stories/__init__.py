"""Stories: what belongs to one inspection or visit, joined by rules that can be read. Pure."""
