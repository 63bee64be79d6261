"""Decision 766/QĐ-TTg (23/6/2022): how service is directed, measured in 100 points.

What stands here was read in secondary sources (the decision's annex was not seen): each
component says whether its formula is verified. What this house cannot measure is shown
as not measured, never as zero and never as full marks.
"""
