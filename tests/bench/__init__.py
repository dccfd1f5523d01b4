"""`make bench`: what the program costs, each figure beside what it is measured against, in the same run."""
