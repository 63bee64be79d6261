"""Pages of figures: public boards, scorecards, outside indices, the reform index."""
