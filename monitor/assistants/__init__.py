"""Answers for assistants, by the Model Context Protocol over standard input and output: the questions of `search`,
`council`, `moves` and `due`, and a letter's page. Everything is read-only, and every answer quotes its source.
"""
