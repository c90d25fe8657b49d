"""What may be believed: one poll, one run, too much at once, too little for too long."""
