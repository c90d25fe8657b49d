"""Old against new: records, and two versions of one document."""
