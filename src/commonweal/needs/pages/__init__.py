"""What each page of an assessment shows: assessments turned into frozen values for templates."""
