"""Who is told what, when and in which batch. Pure."""
