"""A plain Scrapy spider over the same pages: no state, no comparison, Scrapy's own settings. It tells what a
machine's CPU seconds are worth: 1.3 of them where the goal of 1.6 for a full sweep was set.

    python -m benchmarks.bare BASE_URL councils.csv
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response

SETTINGS = {"LOG_LEVEL": "ERROR", "DOWNLOAD_DELAY": 0, "TELNETCONSOLE_ENABLED": False}


class BareSpider(scrapy.Spider):
    """Every report on every council's page as a dictionary."""

    name = "bare"

    def parse(self, response: Response, **_: Any) -> Iterator[dict[str, Any]]:
        for entry in response.css("ol.timeline > li .event"):
            yield {
                "url": response.urljoin(entry.css("a.publication-link::attr(href)").get("")),
                "title": " ".join(entry.css("a.publication-link ::text").getall()),
                "inspected": entry.css(".timeline__date time::text").get(),
                "published": entry.css(".event__metadata time::text").get(),
            }


def main() -> None:
    """Crawl, and print how many reports were seen."""
    base_url, table = sys.argv[1], Path(sys.argv[2])
    with table.open(encoding="utf-8", newline="") as rows:
        urls = [f"{base_url}/provider/44/{row['ofsted_urn']}" for row in csv.DictReader(rows)]
    process = CrawlerProcess(SETTINGS)
    crawler = process.create_crawler(BareSpider)
    process.crawl(crawler, start_urls=urls)
    process.start()
    print(crawler.stats.get_value("item_scraped_count"))


if __name__ == "__main__":
    main()
