"""What somebody looks for in texts: read from a line of words, asked of a text or of SQLite's full-text index. Pure.

    agency staff            both words, anywhere in the paragraph
    "agency staff"          these words side by side, in this order
    agenc*                  every word that begins so; also at the end of a phrase
    agency -locum           the one without the other
    agency OR "locum staff" either; OR binds less than standing side by side, as in PostgreSQL's web search

Capitals, accents and punctuation do not matter. `parse` refuses only what looks for nothing or for too much; no other
text is a fault.
"""

from monitor.query.fts import expression
from monitor.query.match import matches
from monitor.query.parse import Alternative, Query, QueryError, Term, parse
from monitor.query.tokens import tokens

__all__ = ["Alternative", "Query", "QueryError", "Term", "expression", "matches", "parse", "tokens"]
