"""What a crawl is told, and running it: the only room that starts children."""
