"""The core of ofsted-watch: what changed, what a letter says, what is still owed to whom."""
