"""Captures of `ofsted-watch check --capture` as test cases: NAME/SOURCE/ with the answers and `expected.jsonl`."""
