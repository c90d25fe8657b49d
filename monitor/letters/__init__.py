"""Reads Ofsted's letters and reports: what inspectors judged, when, and who led them, each with the words that say so.

`reading.read` takes a document's bytes and returns a `Letter`. `reader.Reader` reads in a child process, so a document
that hangs or crashes the reader does no harm. `reading` loads PDFium; importing this package does not.
"""

READER_VERSION = 2
"""Raise this number when the reader would read the same document differently. The store keeps it with every reading."""
