"""How officers and agencies are marked for their dossiers: TT 01/2018/TT-VPCP, art. 13.

An official reads the own marks a working day before the direct leader does; marks of
two people never stand on one page, and none is published.
"""
