"""The polite client: addresses, manners, robots.txt, whole answers, documents."""
