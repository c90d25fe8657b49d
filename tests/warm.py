"""Imported by the fork server of the tests: what each child would otherwise do for the first article that it reads.

A short article has trafilatura ask justext, which reads its stop words of a hundred languages: that costs eight times
what the rest of a crawl does.
"""

from spiders.articles.article import main_text

main_text("<html><body><p>A short article.</p></body></html>", None)
