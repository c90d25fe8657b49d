"""THE SPINE: one crawl of one source, from what the crawl saw to the commit."""
