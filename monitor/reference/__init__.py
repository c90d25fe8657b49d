"""Data of others about the councils: statistical neighbours, a tile map, figures of staff, children and spending.

They hold nothing that Ofsted judged. The tables lie beside this module as CSV, keyed by Ofsted's number of the council;
`sources.toml` says where each comes from. Every value that this room gives knows its source, year and row, so that a
reader can look it up. To refresh a table, replace its file, keep the columns, and run `ofsted-watch reference`.
"""
