-- Whoever is not a member any more, or has declared an interest, stops reading the case.
GRANT DELETE ON council_seat TO app;
