"""The public database: `public.db` in the data folder, plain tables of what is public, to query with anything.

It is made from the store and holds nothing that the store does not, so it can be deleted at any time: the next crawl
makes it again. Every row is one of the types in `rows`, which have no place for a channel, a recipient or a subscriber;
`gather` makes them from records, letters and stories alone. docs/data.md describes each table and column.
"""
