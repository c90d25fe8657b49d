"""London time: days, hours, schedules, quiet hours. Pure."""
