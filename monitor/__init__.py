"""The core of ofsted-watch. The way of one publication, room by room:

    schedule    says that a source is due
    crawl       tells a child what to look at, and yields each target as it closes (spiders do the looking)
    watch       follows the crawl to its commit; it uses, in this order:
      store       one snapshot of what is known
      letters     what a letter says, read in a child of its own
      coverage    what any other page says
      diff        what is new beside what is known
      health      what of it may be believed
      stories     which inspection it belongs to
      events      what people are told, as values
      channels    who is told, and when; state, events and deliveries go into the store together
    deliver     sends what is owed, in the words of wording, through notifiers

`views` show how things stand; `service` runs all of it unattended, `cli` once. A room imports only rooms below it:
tests/test_layers.py holds the table.
"""
