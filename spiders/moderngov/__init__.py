"""ModernGov committee systems (Civica): web service and feed."""
